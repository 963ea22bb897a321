"""One part as a question that stands alone: with the parts before it told, since platforms ask each by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from markupsafe import Markup

from chainrule.publishing.prose import delimited, plain, prose_html
from chainrule.viewing import shape_text
from chainrule.wording import defined_names, domain_text, symbols_of
from grader.formula.latex import name_latex

if TYPE_CHECKING:
    from chainrule.publishing.svg_files import Pictures
    from questions.variant import Part, Variant


@dataclass(frozen=True)
class Asked:
    """A part of a question of the export. number: of the question, from 1; letter: '' for the only part."""

    number: int
    variant: Variant
    part: Part
    letter: str
    topic: str

    @property
    def id(self) -> str:
        """What it is called from one export to the next: `convolution.output-size@7.width`."""
        return f"{self.variant.family}@{self.variant.seed}.{self.part.id}"

    @property
    def name(self) -> str:
        """Its title for the instructor."""
        letter = f" ({self.letter})" if self.letter else ""
        return f"{self.variant.title}{letter}"

    @property
    def label(self) -> str:
        """Its number in the quiz: `3`, `3b`."""
        return f"{self.number}{self.letter}"


def ask(number: int, variant: Variant, topic: str) -> Iterator[Asked]:
    """The parts of the question, in order."""
    letters = ascii_lowercase if len(variant.parts) > 1 else " "
    for letter, part in zip(letters, variant.parts, strict=False):
        yield Asked(number, variant, part, letter.strip(), topic)


def question_html(asked: Asked, how: str, pictures: Pictures) -> Markup:
    """What is asked, with the parts before it, the symbols that an answer may use, and how to answer."""
    earlier = list(asked.variant.parts)[: _place(asked)]
    pieces = [_earlier(letter, part, pictures) for letter, part in zip(ascii_lowercase, earlier, strict=False)]
    return Markup("\n").join([*pieces, own_html(asked, how, pictures)])


def own_html(asked: Asked, how: str, pictures: Pictures) -> Markup:
    """What this part alone asks."""
    part = asked.part
    pieces = [prose_html(part.prompt)]
    if part.picture is not None:
        pieces.append(pictures.image(part.picture))
    if how:
        pieces.append(Markup("<p><em>{}</em></p>").format(plain(how)))
    pieces += symbols_html(part)  # which the sentence before calls those below
    return Markup("\n").join(pieces)


def _place(asked: Asked) -> int:
    return [part.id for part in asked.variant.parts].index(asked.part.id)


def _earlier(letter: str, part: Part, pictures: Pictures) -> Markup:
    """A part before, told and not asked."""
    picture = pictures.image(part.picture) if part.picture is not None else Markup()
    told = Markup("<p><em>Asked before, as part {}:</em></p>\n").format(letter)
    return Markup("<blockquote>{}{}{}{}</blockquote>").format(told, prose_html(part.prompt), _choices(part), picture)


def _choices(part: Part) -> Markup:
    from chainrule.publishing.prose import inline_html

    lines = [Markup("<li>{}) {}</li>").format(label, inline_html(text)) for label, text in part.choices]
    return Markup("<ul>{}</ul>").format(Markup("").join(lines)) if lines else Markup()


def lettered_html(part: Part) -> Markup:
    """The options with their letters."""
    return _choices(part)


def symbols_html(part: Part) -> Iterator[Markup]:
    """The symbols that an answer may use, where one is written in symbols."""
    if part.kind not in {"formula", "derivation"}:
        return
    rows = []
    for symbol in symbols_of(part):
        told = ", ".join(filter(None, [shape_text(symbol.shape), domain_text(symbol)]))
        rows.append(Markup("<li>{}: {}</li>").format(delimited(name_latex(symbol.name)), plain(told)))
    rows += [Markup("<li>{}, as above</li>").format(delimited(name_latex(name))) for name in defined_names(part)]
    if rows:
        yield Markup("<ul>{}</ul>").format(Markup("").join(rows))
