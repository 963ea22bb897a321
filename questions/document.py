"""A YAML file as plain data that remembers where each value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from questions.faults import Fault

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """Where a value begins; line and column count from 1. block: a block scalar (`|` or `>`)."""

    line: int
    column: int
    quoted: bool = False
    block: bool = False


@dataclass(frozen=True)
class Document:
    """One file as plain data (dict, list, str, int, float, bool, None).

    places: of each value by its path, such as ("draw", "n", "integer", 0).
    keys: of each mapping's key by the path of its value.
    """

    file: str
    data: Any
    lines: tuple[str, ...] = ()
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def place(self, path: Path) -> Place:
        """Of the value at `path`, or of the nearest value around it."""
        while path not in self.places and path:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))

    def fault(self, path: Path, message: str, *, offset: int | None = None, at_key: bool = False) -> Fault:
        """A fault at the value of `path`, `offset` characters into its text, or at its key."""
        place = self.keys[path] if at_key and path in self.keys else self.place(path)
        line, column = (place.line, place.column) if offset is None else self._inside(path, place, offset)
        return Fault(self.file, line, column, message)

    def _inside(self, path: Path, place: Place, offset: int) -> tuple[int, int]:
        """Line and column of a character of a text. Quoted texts with escapes are off by those escapes."""
        if not place.block:
            return place.line, place.column + offset + place.quoted
        before = str(self.value(path))[:offset].split("\n")
        first = place.line  # the text of a block begins on the line after its `|`
        while first < len(self.lines) and not self.lines[first].strip():
            first += 1
        indent = len(self.lines[first]) - len(self.lines[first].lstrip()) if first < len(self.lines) else 0
        return place.line + len(before), indent + len(before[-1]) + 1

    def value(self, path: Path) -> Any:
        """The value at `path`, or around it where the path leads further than the file does."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                break
        return value
