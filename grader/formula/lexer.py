"""Text to tokens, for the NumPy-like and the Unicode spelling.

Token kinds: number, name, op, super (a raised integer), transpose, placeholder, end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from grader.formula import characters as ch
from grader.formula.errors import Span, Unreadable

MAX_LENGTH = 2000
MAX_DIGITS = 30

_NUMBER = re.compile(r"(\d+\.\d*|\.\d+|\d+)([eE][+-]?\d+)?(?![.\d])")
_NORM_MARK = re.compile(r"_2(?!\d)|₂|_F|_\{[2F]\}")
_CUT_OFF = re.compile(r"[eE]\s*[*/+-]")  # 1e*x: an exponent that was forgotten, or Euler's number
PLACEHOLDER = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")
_OPS = ("**", "//", "<=", ">=", "==", "!=")
_SINGLE_OPS = frozenset("+-*/@^()[]<>=,.:'|")


@dataclass(frozen=True)
class Token:
    """kind: see the table above; text: its normal spelling; glued: no space before it."""

    kind: str
    text: str
    span: Span
    glued: bool = False


def tokens(text: str) -> list[Token]:
    """The tokens of a formula, closed by an `end` token. Raises `Unreadable`."""
    if len(text) > MAX_LENGTH:
        raise Unreadable("too-long", (MAX_LENGTH, len(text)), limit=MAX_LENGTH, length=len(text))
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] in " \t":
            at += 1
            continue
        token = plain_token(text, at)
        glued = at > 0 and text[at - 1] not in " \t"
        found.append(Token(token.kind, token.text, token.span, glued))
        at = token.span[1]
    found.append(Token("end", "", (len(text), len(text))))
    return found


def plain_token(text: str, at: int) -> Token:
    """The token that begins at that place."""
    char = text[at]
    if not ch.is_allowed(char):
        raise Unreadable("character", (at, at + 1), name=_character_name(char))
    if (char.isascii() and char.isdigit()) or (char == "." and text[at + 1 : at + 2].isdigit()):
        return _number(text, at)
    if ch.is_letter(char):
        return _name(text, at)
    if char in ch.SUPERSCRIPTS:
        end = _run(text, at, ch.SUPERSCRIPTS)
        return Token("super", "".join(ch.SUPERSCRIPTS[c] for c in text[at:end]), (at, end))
    if char in ch.TRANSPOSE_MARKS:
        return Token("transpose", "T", (at, at + 1))
    if char == ch.ROOT:
        return Token("name", "sqrt", (at, at + 1))
    if char in ch.BRACKET_FUNCTIONS:
        return Token("op", char, (at, at + 1))
    if char in ch.FRACTIONS:
        return Token("number", ch.FRACTIONS[char], (at, at + 1))
    if char in ch.BIG:
        end = _run(text, at + 1, ch.SUBSCRIPTS)
        below = "".join(ch.SUBSCRIPTS[c] for c in text[at + 1 : end])
        return Token(
            "name",
            ch.BIG[char] + ("_" + below if below else _plain_below(text, end)),
            (at, _below_end(text, end, below)),
        )
    if char == ch.INDICATOR:
        return Token("name", "indicator", (at, at + 1))
    if char == "{" and (match := PLACEHOLDER.match(text, at)):
        return Token("placeholder", match[1], match.span())
    return _operator(text, at)


def _norm_end(text: str, at: int) -> int:
    """One past the 2 or F below a norm, which says nothing new."""
    found = _NORM_MARK.match(text, at)
    return found.end() if found else at


def _is_double_bar(text: str, at: int) -> bool:
    """True for the `||` of a norm: it opens where an operand is expected, and closes one opened so.

    In `|a||b|` the two bars in the middle close one value and open the next.
    """
    before = text[:at].rstrip()
    opens = not before or before[-1] in "+-*/@^(,=<>·⊙−"
    opens = opens or (text[at - 1] == " " and text[at + 2 : at + 3] not in {"", " ", ")"})
    return opens or text[:at].count("||") % 2 == 1


def _operator(text: str, at: int) -> Token:
    char = text[at]
    if char in ch.OPERATORS:
        return Token("op", ch.OPERATORS[char], (at, at + 1))
    if char == "‖":
        return Token("op", "‖", (at, _norm_end(text, at + 1)))
    if text[at : at + 2] == "||" and _is_double_bar(text, at):
        return Token("op", "‖", (at, _norm_end(text, at + 2)))
    if text[at : at + 2] in _OPS:
        return Token("op", text[at : at + 2], (at, at + 2))
    if char in _SINGLE_OPS:
        return Token("op", char, (at, at + 1))
    raise Unreadable("unexpected", (at, at + 1), got=char)


_BELOW = re.compile(r"_([A-Za-z])(?![A-Za-z0-9_])")


def _plain_below(text: str, at: int) -> str:
    """`_k` behind a sum sign, '' where nothing stands below it."""
    found = _BELOW.match(text, at)
    return found[0] if found else ""


def _below_end(text: str, end: int, below: str) -> int:
    return end if below else end + len(_plain_below(text, end))


def _number(text: str, at: int) -> Token:
    match = _NUMBER.match(text, at)
    if match is None:
        raise Unreadable("number", (at, _run_digits(text, at)))
    if _CUT_OFF.match(text, match.end()):
        raise Unreadable("number-cut", (at, match.end() + 1))
    if len(match[1].replace(".", "")) > MAX_DIGITS or len(match[2] or "") > 4:
        raise Unreadable("number-size", match.span(), limit=MAX_DIGITS)
    return Token("number", match[0], match.span())


def _run_digits(text: str, at: int) -> int:
    return _run(text, at, "0123456789.")


def _name(text: str, at: int) -> Token:
    """A name: letters, digits, underscores; Unicode subscripts become `_` and their letters."""
    end, spelled = at, ""
    while end < len(text) and (ch.is_letter(text[end]) or text[end] in "_0123456789"):
        spelled += ch.spelled(text[end])
        end += 1
        if end < len(text) and text[end] in ch.ACCENTS:
            spelled += "_" + ch.ACCENTS[text[end]]
            end += 1
    if end < len(text) and text[end] in ch.SUBSCRIPTS:
        below = _run(text, end, ch.SUBSCRIPTS)
        spelled += "_" + "".join(ch.SUBSCRIPTS[c] for c in text[end:below])
        end = below
    return Token("name", spelled, (at, end))


def _run(text: str, at: int, members: object) -> int:
    """One past the last character from `at` on that is a member."""
    while at < len(text) and text[at] in members:  # type: ignore[operator]
        at += 1
    return at


def _character_name(char: str) -> str:
    code = f"U+{ord(char):04X}"
    return f"{unicodedata.name(char, 'a control character').lower()} ({code})"
