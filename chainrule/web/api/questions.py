"""Questions as JSON: what is asked and how to answer it, never a key or a drawn value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainrule.markdown import inline_html, prose_html
from chainrule.picture_text import picture_text
from chainrule.pictures import picture_svg
from chainrule.viewing import key_of
from chainrule.web.api.base import Said
from chainrule.wording import defined_names, domain_text, how_to_answer, plain_prose, symbols_of
from grader.errors import AuthorError

if TYPE_CHECKING:
    from grader.formula import Symbol
    from questions.prose import Prose
    from questions.variant import Part

NAMED = {"formula", "derivation"}  # kinds of answers that are written in declared names


class Prompt(Said):
    """The same words twice. html: with MathML; text: with formulas as they are typed."""

    html: str
    text: str


class Picture(Said):
    """A picture as SVG, and what it shows in words and numbers."""

    svg: str
    text: str


class SymbolSaid(Said):
    """A name that an answer may use. shape: the names of its dimensions. domain: its values in words, '' for any."""

    name: str
    shape: tuple[str, ...]
    domain: str


class OptionSaid(Said):
    """One line to choose or to put in order, under its letter."""

    label: str
    html: str
    text: str


class QuestionPart(Said):
    """One thing asked. letter: '' where the question has one part.

    ask: how to answer. symbols: names with shapes; defined: names of the program that an answer may use too.
    starter: the code to start from.
    """

    id: str
    letter: str
    kind: str
    marks: float
    prompt: Prompt
    ask: str
    symbols: tuple[SymbolSaid, ...] = ()
    defined: tuple[str, ...] = ()
    options: tuple[OptionSaid, ...] = ()
    starter: str = ""
    picture: Picture | None = None


def question_part(part: Part, letter: str) -> QuestionPart:
    """The part as it is asked."""
    named = part.kind in NAMED and key_of(part) is not None
    return QuestionPart(
        id=part.id,
        letter=letter,
        kind=part.kind,
        marks=part.marks,
        prompt=Prompt(html=prose_html(part.prompt), text=plain_prose(part.prompt).rstrip()),
        ask=_ask(part),
        symbols=tuple(map(_symbol, symbols_of(part))) if named else (),
        defined=tuple(defined_names(part)) if named else (),
        options=tuple(_option(label, text) for label, text in part.choices),
        starter=part.starter,
        picture=Picture(svg=picture_svg(part.picture), text=picture_text(part.picture)) if part.picture else None,
    )


def _ask(part: Part) -> str:
    try:
        return how_to_answer(part)
    except AuthorError:  # the rest is shown all the same, as on the page
        return ""


def _symbol(symbol: Symbol) -> SymbolSaid:
    return SymbolSaid(name=symbol.name, shape=tuple(map(str, symbol.shape)), domain=domain_text(symbol))


def _option(label: str, text: Prose) -> OptionSaid:
    return OptionSaid(label=label, html=inline_html(text), text=plain_prose(text))
