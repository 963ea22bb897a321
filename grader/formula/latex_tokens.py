"""Tokens put together while LaTeX is translated: brackets, lists, the conditions of cases."""

from __future__ import annotations

from collections.abc import Iterator

from grader.formula import functions
from grader.formula.errors import Span
from grader.formula.lexer import Token


def condition(row: list[list[Token]], span: Span) -> list[Token]:
    """A case's condition; `True` for `otherwise` and for a case without one."""
    if len(row) < 2 or not row[1] or (row[1][0].kind == "name" and row[1][0].text in {"otherwise", "else"}):
        return [Token("name", "True", span)]
    words = {"if", "for", "when"}
    return compared([t for t in row[1] if t.text not in words])


def compared(inside: list[Token]) -> list[Token]:
    """The tokens with `=` as the comparison, except behind the name of an argument."""
    named = functions.AXIS_NAMES | functions.KEEP_NAMES
    before = ["", *(t.text for t in inside)]
    return [
        Token("op", "==", t.span) if t.text == "=" and b not in named else t
        for b, t in zip(before, inside, strict=False)
    ]


def bracketed(inside: list[Token], span: Span) -> list[Token]:
    """The tokens in round brackets."""
    return [Token("op", "(", span), *inside, Token("op", ")", span)]


def square(inside: list[Token], span: Span) -> list[Token]:
    """The tokens in square brackets."""
    return [Token("op", "[", span), *inside, Token("op", "]", span)]


def joined(pieces: list[list[Token]], comma: Token) -> list[Token]:
    """The pieces with commas between them."""
    return list(_with_commas(pieces, comma))


def _with_commas(pieces: list[list[Token]], comma: Token) -> Iterator[Token]:
    for i, piece in enumerate(pieces):
        if i:
            yield comma
        yield from piece
