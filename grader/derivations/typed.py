"""A typed derivation, taken apart: lines, the names on their left, and the links of `a = b = c`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.formula.wrapping import unwrapped

MOST_LINES = 60
_BREAK = re.compile(r"\n|;|\\\\(?:\[\w*\])?")  # \\ ends a line in LaTeX
_INSIDE = re.compile(r"\\begin\{(cases|[bpvV]?matrix)\}.*?\\end\{\1\}", re.DOTALL)  # has lines and columns itself
_HELD = {"&": "\ue000", "\\\\": "\ue001", ";": "\ue002"}
_AROUND = re.compile(
    r"\\(?:begin|end)\s*\{(?!cases|[bpvV]?matrix)[a-z]+\*?\}|\\\[|\\\]|\$\$?|\\(?:nonumber|notag|quad|qquad)\b|&"
)
_BULLET = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-*•–])\s+(?=[^=]*=)")
_SO = re.compile(r"^\s*(?:\\(?:Rightarrow|implies|therefore|Longrightarrow)|[⇒→∴]|=>)\s*")
_OPEN, _CLOSE = "([{", ")]}"


@dataclass(frozen=True)
class Typed:
    """One line: `left = link = link`. left: '' where only a formula was typed. number: counted from 1 as typed."""

    number: int
    text: str
    left: str
    links: tuple[str, ...]


def typed_lines(answer: str) -> tuple[Typed, ...]:
    """The lines of a derivation, MOST_LINES at most; a line that begins with `=` goes on with the one before it."""
    found: list[Typed] = []
    for number, text in _numbered(answer):
        first, *rest = (unwrapped(piece) for piece in _pieces(text))
        if not first and rest and found:
            before = found[-1]
            found[-1] = Typed(before.number, f"{before.text} = {' = '.join(rest)}", before.left, (*before.links, *rest))
        elif rest:
            found.append(Typed(number, text, first, tuple(rest)))
        else:
            found.append(Typed(number, text, "", (first,)))
    return tuple(found[:MOST_LINES])


def _numbered(answer: str) -> Iterator[tuple[int, str]]:
    text = _INSIDE.sub(_held, answer.replace("\r\n", "\n"))
    text = _AROUND.sub(" ", text)
    number = 0
    for raw in map(_released, _BREAK.split(text)):
        line = _SO.sub("", _BULLET.sub("", raw.partition("#")[0])).strip().rstrip(",.").strip()
        if line:
            number += 1
            yield number, line


def _held(found: re.Match[str]) -> str:
    """The piece with its own line breaks as signs that break nothing."""
    text = found[0].replace("\n", " ")
    for sign, held in _HELD.items():
        text = text.replace(sign, held)
    return text


def _released(text: str) -> str:
    for sign, held in _HELD.items():
        text = text.replace(held, sign)
    return text


def _pieces(text: str) -> list[str]:
    """The text between its equals signs; those of comparisons and of `axis=0` do not count."""
    pieces, depth, start = [], 0, 0
    for i, sign in enumerate(text):
        depth += (sign in _OPEN) - (sign in _CLOSE)
        single = sign == "=" and text[i + 1 : i + 2] != "=" and text[i - 1 : i] not in {"=", "<", ">", "!"}
        if single and depth <= 0:
            pieces.append(text[start:i].rstrip(":"))
            start = i + 1
    return [*(piece.strip() for piece in pieces), text[start:].strip()]
