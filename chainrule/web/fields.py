"""Answer fields: what a part's answer is typed or chosen in, and how a form becomes the one text that is judged.

A page shows what is asked (`asked` in `templates/web/fields.html`) and then `field(f)`: symbols, options and starter
belong to the field. Everything works without JavaScript. (Other forms are read in `form_fields`.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.web.palette import entries_for
from chainrule.web.uploads import uploaded
from chainrule.wording import TYPED, defined_names, how_to_answer, symbols_of
from grader.answers.labels import read_labels
from grader.answers.statements import read_marked
from grader.errors import LearnerError
from grader.keys import Option

if TYPE_CHECKING:
    from markupsafe import Markup
    from werkzeug.datastructures import FileStorage, MultiDict

    from chainrule.views import PartView
    from chainrule.web.palette import Entry
    from questions.variant import Part

FILE = ".file"  # behind the name of a code field: the name of its upload
FORMULAS = frozenset({"formula", "derivation"})
READ = FORMULAS | {"number", "integer", "shape", "ordering"}  # kinds whose reading is worth showing while one types
ROWS = {"derivation": 8, "code": 16}
HOW = {
    "choice": "Choose one.",
    "statements": "Mark every true statement; it may be none.",
    "ordering": "Put the lines in order, or type their letters in that order, such as b, a, c.",
    "code": "Write the function here, or send a file. Tab indents; Escape, then Tab, leaves the field.",
}  # where a page has other means than a terminal


@dataclass(frozen=True)
class OptionField:
    """One line to choose or to order. text: HTML; chosen: by the answer so far."""

    label: str
    text: Markup
    chosen: bool = False


@dataclass(frozen=True)
class SymbolField:
    """A declared name: drawn, as it is typed, its shape and its values in words."""

    name: Markup
    typed: str
    shape: str
    domain: str = ""


@dataclass(frozen=True)
class AnswerField:
    """Everything that `field` in `templates/web/fields.html` shows.

    name: of the form's field, and `name.file` of an upload; it tells the parts of one page apart. value: as typed.
    item, part: what the echo reads it for. save_to: the address that keeps it while it is typed, in an exam; ''.
    saved: what is said of that at first.
    """

    name: str
    kind: str
    part: str
    label: str
    how: str
    value: str = ""
    item: str = ""
    save_to: str = ""
    saved: str = ""
    starter: str = ""
    symbols: tuple[SymbolField, ...] = ()
    defined: tuple[str, ...] = ()
    options: tuple[OptionField, ...] = ()
    none: bool = False
    palette: tuple[Entry, ...] = ()
    typed: tuple[str, ...] = ()
    rows: int = 1
    echoed: bool = False

    @property
    def shown(self) -> str:
        """What stands in the field at first."""
        return self.value or self.starter


def field_of(
    part: Part, view: PartView, *, name: str, value: str = "", item: str = "", save_to: str = ""
) -> AnswerField:
    """The field for a part. value: the answer so far, which it holds again."""
    chosen = _chosen(part, value) if part.choices else ()
    return AnswerField(
        name=name,
        kind=part.kind,
        part=part.id,
        label=f"Your answer to part {view.letter}" if view.letter else "Your answer",
        how=HOW.get(part.kind) or how_to_answer(part),
        value=", ".join(chosen) if part.kind == "ordering" and chosen else value,
        item=item,
        save_to=save_to,
        starter=part.starter if part.kind == "code" else "",
        symbols=_symbols(part, view),
        defined=tuple(defined_names(part)) if part.kind in FORMULAS else (),
        options=tuple(OptionField(o.label, o.text, o.label in chosen) for o in view.options),
        none=part.kind == "statements" and bool(value.strip()) and not chosen,
        palette=entries_for(part.kind),
        typed=TYPED if part.kind in FORMULAS else (),
        rows=ROWS.get(part.kind, 1),
        echoed=part.kind in READ,
    )


def answer_from(
    form: MultiDict[str, str], files: MultiDict[str, FileStorage], part: Part, *, name: str = "answer"
) -> str:
    """The one text that is judged: letters for what is chosen, the file where one was sent; '' for no answer.

    Code that is the starter as it was given is no answer. Raises Refused for a file that cannot be taken.
    """
    if part.kind == "statements":
        return ", ".join(letter.strip() for letter in form.getlist(name) if letter.strip())
    if part.kind == "code" and (file := files.get(name + FILE)) is not None and file.filename:
        return uploaded(file, part)
    typed = form.get(name, "").replace("\r\n", "\n")
    return "" if part.kind == "code" and typed.strip() == part.starter.strip() else typed


def _symbols(part: Part, view: PartView) -> tuple[SymbolField, ...]:
    """The declared names, for kinds of answers that use them."""
    if not view.symbols:
        return ()
    pairs = zip(symbols_of(part), view.symbols, strict=True)
    return tuple(SymbolField(shown.name, symbol.name, shown.shape, shown.domain) for symbol, shown in pairs)


def _chosen(part: Part, value: str) -> tuple[str, ...]:
    """The labels that an answer names, however it was typed; none for `none`, and where it cannot be read."""
    if not value.strip():
        return ()
    options = [Option(label, text.text(), right=False) for label, text in part.choices]
    try:
        if part.kind == "statements":
            return tuple(sorted(read_marked(value, options)))
        labels = read_labels(value, options)
    except LearnerError:
        return ()
    return labels if part.kind != "choice" or len(set(labels)) == 1 else ()
