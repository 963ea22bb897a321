"""Cards for Anki: what is asked in front, the worked solution behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.publishing.asked import lettered_html, question_html
from chainrule.publishing.prose import code_html, delimited, plain, prose_html, tex
from chainrule.publishing.solution import mistakes_html, solution_html
from chainrule.viewing import how_to_write, shape_text, used_symbols
from grader.formula.latex import name_latex

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from chainrule.publishing.svg_files import Pictures
    from questions.sheet_entries import Section, Sheet, SheetFormula


@dataclass(frozen=True)
class Card:
    """One card. key: the words that name it from one export to the next, whatever is written on it."""

    key: tuple[str, ...]
    front: Markup
    back: Markup
    source: str
    tags: tuple[str, ...]


def question_card(asked: Asked, pictures: Pictures) -> Card:
    """A part of a question. Raises AuthorError where its key cannot be made."""
    variant, part = asked.variant, asked.part
    front = Markup("<h3>{}</h3>\n").format(plain(asked.name)) + question_html(asked, how_to_write(part), pictures)
    front += lettered_html(part)
    if part.starter:
        front += code_html(part.starter)
    back = Markup("\n").join(filter(None, [solution_html(asked, pictures), mistakes_html(part)]))
    topic = variant.family.partition(".")[0]
    return Card(
        ("question", variant.family, str(variant.seed), part.id),
        front,
        back,
        f"{variant.family}@{variant.seed}; {variant.source}",
        ("chainrule", f"chainrule::{topic}", f"chainrule::level-{variant.level}", f"chainrule::{part.kind}"),
    )


def sheet_cards(sheet: Sheet) -> Iterator[Card]:
    """The formulas of a revision sheet."""
    for section in sheet.sections:
        for entry in section.formulas:
            yield _formula_card(sheet, section, entry)


def _formula_card(sheet: Sheet, section: Section, entry: SheetFormula) -> Card:
    front = [
        Markup("<h3>{}</h3>").format(plain(entry.name)),
        Markup("<p>{}: {}</p>").format(plain(sheet.title), plain(section.title)),
        *(_line(f"{name_latex(line.name)} = {line.formula.latex()}") for line in entry.given),
        _symbols(entry),
    ]
    wrong = [Markup("<li>{}: {}</li>").format(tex(one.formula), prose_html(one.says)) for one in entry.wrong]
    back = [
        Markup("<p>{}</p>").format(tex(entry.formula, display=True)),
        prose_html(entry.says),
        Markup("<p><strong>Wrong:</strong></p><ul>{}</ul>").format(Markup("").join(wrong)) if wrong else Markup(),
    ]
    return Card(
        ("sheet", sheet.topic, section.title, entry.name),
        Markup("\n").join(filter(None, front)),
        Markup("\n").join(filter(None, back)),
        f"{sheet.topic}; {entry.source}",
        ("chainrule", f"chainrule::{sheet.topic}", "chainrule::formulas"),
    )


def _line(latex: str) -> Markup:
    return Markup("<p>{}</p>").format(delimited(latex, display=True))


def _symbols(entry: SheetFormula) -> Markup:
    rows = [
        Markup("<li>{}: {}</li>").format(delimited(name_latex(symbol.name)), plain(shape_text(symbol.shape)))
        for symbol in used_symbols([entry.formula, *(line.formula for line in entry.given)])
    ]
    return Markup("<ul>{}</ul>").format(Markup("").join(rows)) if rows else Markup()
