"""Prose: Markdown with formulas in it, and the templates that it is filled from.

A template is parsed once, when its family is loaded:

    {n}          a drawn value
    {forward}    the forward program, one equation a line
    $x @ w$      mathematics in the formula language; equations and dL/dx allowed, {f} a drawn value
    {{ }} \\$    literal braces and dollar
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from grader.formula.reading import Formula


class Prose(tuple["str | Formula", ...]):
    """Markdown source (str) and displayed mathematics (Formula), in reading order."""

    __slots__ = ()

    def text(self) -> str:
        """The whole as plain Unicode text, formulas in their Unicode spelling."""
        return "".join(piece if isinstance(piece, str) else piece.unicode() for piece in self)

    def __str__(self) -> str:
        return self.text()


def joined(first: Prose, second: Prose) -> Prose:
    """Two texts as one, the second in a paragraph of its own."""
    *pieces, last = first
    return Prose((*pieces, last.rstrip() if isinstance(last, str) else last, "\n\n", *second))


@dataclass(frozen=True)
class Words:
    """Markdown as it stands."""

    text: str


@dataclass(frozen=True)
class Value:
    """A place for a drawn value, or for the program."""

    name: str
    offset: int


@dataclass(frozen=True)
class Mathematics:
    """A formula's text; offset: where it begins in the template."""

    text: str
    offset: int


Segment: TypeAlias = Words | Value | Mathematics
Template: TypeAlias = tuple[Segment, ...]


class TemplateError(ValueError):
    """A template cannot be parsed or filled; offset: the place in its text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


_TOKEN = re.compile(
    r"(?P<braces>\{\{|\}\})|(?P<dollar>\\\$)|\{(?P<name>[^\W\d]\w*)\}"
    r"|\$(?P<formula>[^$\n]+)\$|(?P<stray>[{}$])"
)
_STRAY: Mapping[str, str] = {
    "{": "a brace opens here; write {name} for a drawn value, {{ for a brace",
    "}": "a brace closes here that was never opened; write }} for a brace",
    "$": "this dollar has no partner on its line; write \\$ for a dollar",
}


def parse_template(text: str) -> Template:
    """The segments of a template. Raises `TemplateError` for a brace or dollar without its partner."""
    segments: list[Segment] = []
    end = 0
    for found in _TOKEN.finditer(text):
        segments.append(Words(text[end : found.start()]))
        end = found.end()
        if found["stray"]:
            raise TemplateError(_STRAY[found["stray"]], found.start())
        if found["name"]:
            segments.append(Value(found["name"], found.start()))
        elif found["formula"]:
            segments.append(Mathematics(found["formula"], found.start("formula")))
        else:
            segments.append(Words((found["braces"] or "")[:1] or "$"))
    segments.append(Words(text[end:]))
    return tuple(s for s in segments if s != Words(""))


def fill(
    template: Template,
    values: Mapping[str, str],
    read: Callable[[str, int], Formula],
    program: Prose,
) -> Prose:
    """The template with its values. read: a formula's text and offset to the formula.

    Raises `TemplateError` for a name that has no value.
    """
    pieces: list[str | Formula] = []
    for segment in template:
        match segment:
            case Words(text=text):
                pieces.append(text)
            case Mathematics(text=text, offset=offset):
                pieces.append(read(text, offset))
            case Value(name="forward") if program:
                pieces.extend(program)
            case Value(name=name) if name in values:
                pieces.append(values[name])
            case Value(name=name, offset=offset):
                known = ", ".join(sorted(values)) or "none"
                raise TemplateError(f"{{{name}}} has no drawn value; the drawn names are {known}", offset)
    return Prose(_joined(pieces))


def _joined(pieces: list[str | Formula]) -> list[str | Formula]:
    """The same with neighbouring texts joined."""
    result: list[str | Formula] = []
    for piece in pieces:
        if isinstance(piece, str) and result and isinstance(result[-1], str):
            result[-1] += piece
        else:
            result.append(piece)
    return result
