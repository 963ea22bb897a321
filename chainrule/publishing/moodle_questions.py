"""Questions of Moodle's kinds, each as an element of its XML format."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markupsafe import Markup

from chainrule.publishing.asked import question_html
from chainrule.publishing.forms import NONE_OF_THEM, Form, Options, form_of, how_to, told_of_options
from chainrule.publishing.moodle_fractions import listed, of_statements
from chainrule.publishing.numbers import Range, other_ranges, right_range
from chainrule.publishing.prose import inline_html, plain, sentence_html
from chainrule.publishing.solution import key_html, mistakes_html, solution_html
from chainrule.publishing.spellings import spellings, wrong_spellings
from chainrule.publishing.svg_files import Pictures
from chainrule.publishing.xml_parts import add, element
from grader.keys import ChoiceKey, NumberKey, OrderingKey, StatementsKey

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked

MOST_ID = 100  # characters of an idnumber
LINES = {"formula": "5", "derivation": "15", "code": "25"}


def moodle_pictures() -> Pictures:
    """Pictures as Moodle addresses those beside a text."""
    return Pictures(lambda name: f"@@PLUGINFILE@@/{name}")


def moodle_question(asked: Asked, options: Options) -> Element:
    """The part as a question. Raises AuthorError where its key cannot be made."""
    form = form_of(asked.part, options)
    kind = {
        Form.NUMBER: "numerical",
        Form.CHOICE: "multichoice",
        Form.STATEMENTS: "multichoice",
        Form.ORDERING: "ordering",
        Form.TEXT: "shortanswer",
        Form.ESSAY: "essay",
        Form.CODE: "essay",
    }[form]
    pictures = moodle_pictures()
    text = question_html(asked, how_to(asked.part, form), pictures)
    made = begun(asked, kind, text, pictures, options)
    match form:
        case Form.NUMBER:
            _numerical(made, asked)
        case Form.CHOICE | Form.STATEMENTS:
            _multichoice(made, asked)
        case Form.ORDERING:
            _ordering(made, asked)
        case Form.TEXT:
            _shortanswer(made, asked)
        case _:
            _essay(made, asked)
    return made


def begun(asked: Asked, kind: str, text: Markup, pictures: Pictures, options: Options) -> Element:
    """A question with what all kinds have in common."""
    made = element("question", type=kind)
    add(add(made, "name"), "text", f"{asked.name}, seed {asked.variant.seed}")
    told(made, "questiontext", text, pictures.taken())
    solution = solution_html(asked, pictures) if options.solutions else Markup()
    told(made, "generalfeedback", solution, pictures.taken())
    add(made, "defaultgrade", f"{asked.part.marks:g}")
    add(made, "penalty", "0.3333333")
    add(made, "hidden", "0")
    add(made, "idnumber", asked.id if len(asked.id) <= MOST_ID else _short(asked.id))
    return made


def _short(id: str) -> str:
    import hashlib

    return f"{id[:80]}-{hashlib.sha256(id.encode()).hexdigest()[:16]}"


def told(parent: Element, tag: str, text: Markup | str, files: Mapping[str, bytes] | None = None) -> Element:
    """A text in HTML, with the files that it shows."""
    made = add(parent, tag, format="html")
    add(made, "text", str(text))
    for name, content in (files or {}).items():
        add(made, "file", base64.b64encode(content).decode(), name=name, path="/", encoding="base64")
    return made


def _answer(parent: Element, share: str, text: str, says: Markup | str = "", *, format: str = "") -> Element:
    made = add(parent, "answer", fraction=share, format=format or "moodle_auto_format")
    add(made, "text", text)
    told(made, "feedback", says)
    return made


def _numerical(made: Element, asked: Asked) -> None:
    """The first answer that fits counts in Moodle, so the right one stands first."""
    key = asked.part.key
    assert isinstance(key, NumberKey)
    ranges: Iterable[Range] = [right_range(key), *other_ranges(key)]
    for one in ranges:
        answer = _answer(made, listed(one.share), one.value_text, sentence_html(one.says))
        add(answer, "tolerance", one.tolerance_text)
    for tag, value in {"unitgradingtype": "0", "unitpenalty": "0.1", "showunits": "3", "unitsleft": "0"}.items():
        add(made, tag, value)


def _multichoice(made: Element, asked: Asked) -> None:
    key = asked.part.key
    assert isinstance(key, ChoiceKey | StatementsKey)
    single = isinstance(key, ChoiceKey)
    add(made, "single", "true" if single else "false")
    add(made, "shuffleanswers", "false")
    add(made, "answernumbering", "abc")
    _combined_feedback(made)
    right = {option.label: option.right for option in key.options}
    if not single:
        right[""] = not any(right.values())  # without it, nobody could say that none is true
    shares = {label: "100" if ok else "0" for label, ok in right.items()} if single else of_statements(right)
    says = told_of_options(key)
    for label, text in asked.part.choices:
        _answer(made, shares[label], str(inline_html(text)), sentence_html(says[label]), format="html")
    if not single:
        _answer(made, shares[""], NONE_OF_THEM, format="html")


def _combined_feedback(made: Element) -> None:
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        told(made, tag, "")


def _ordering(made: Element, asked: Asked) -> None:
    """Graded by how many lines are followed by the right one, as here."""
    key = asked.part.key
    assert isinstance(key, OrderingKey)
    add(made, "layouttype", "VERTICAL")
    add(made, "selecttype", "ALL")
    add(made, "selectcount", str(len(key.order)))
    add(made, "gradingtype", "RELATIVE_NEXT_EXCLUDE_LAST")
    add(made, "showgrading", "SHOW")
    add(made, "numberingstyle", "none")
    _combined_feedback(made)
    add(made, "shownumcorrect", "1")
    texts = dict(asked.part.choices)
    for place, label in enumerate(key.order, start=1):
        _answer(made, str(place), str(inline_html(texts[label])), format="html")


def _shortanswer(made: Element, asked: Asked) -> None:
    add(made, "usecase", "1" if asked.part.kind == "formula" else "0")
    accepted = spellings(asked.part)
    for text in accepted:
        _answer(made, "100", literal(text))
    for text, says, worth in wrong_spellings(asked.part):
        if text not in accepted:
            _answer(made, listed(worth), literal(text), sentence_html(says))


def literal(text: str) -> str:
    """The text where `*` stands for itself and not for anything."""
    return text.replace("*", r"\*")


def _essay(made: Element, asked: Asked) -> None:
    part = asked.part
    code = part.kind == "code"
    add(made, "responseformat", "monospaced" if part.kind in {"code", "derivation"} else "editor")
    add(made, "responserequired", "0" if code else "1")
    add(made, "responsefieldlines", LINES[part.kind])
    add(made, "minwordlimit")
    add(made, "maxwordlimit")
    add(made, "attachments", "1" if code else "0")
    add(made, "attachmentsrequired", "0")
    add(made, "maxbytes", "0")
    add(made, "filetypeslist", ".py,.ipynb" if code else "")
    where = Markup("<p>{}</p>").format(plain(f"{asked.variant.family}, seed {asked.variant.seed}, part {part.id}"))
    told(made, "graderinfo", Markup("\n").join([where, key_html(part), mistakes_html(part)]))
    template = add(made, "responsetemplate", format="plain_text")  # a field of plain text shows it as it stands
    add(template, "text", part.starter)
