"""Faults of authors: what is wrong in a YAML file, with the place where it stands."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.errors import AuthorError


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. line and column count from 1; 0 where the fault concerns the file as a whole."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        if self.line == 0:
            return f"{self.file}: {self.message}"
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class FaultError(AuthorError):
    """One or more faults of one file, in the order of their places."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def nearest(word: str, words: Iterable[str], count: int = 3) -> list[str]:
    """The words most like `word`, best first; empty where none is close."""
    known = {known.lower(): known for known in words}
    return [known[near] for near in difflib.get_close_matches(word.lower(), known, n=count, cutoff=0.6)]


def suggestion(word: str, words: Iterable[str]) -> str:
    """` Did you mean 'x'?` for the nearest of `words`, or nothing where none is near."""
    near = nearest(word, words, count=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def listed(words: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def shown(value: Any) -> str:
    """A value as an author wrote it, shortened."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return f"a mapping with {', '.join(map(str, value))}" if value else "an empty mapping"
        case list() | tuple():
            return f"a list of {len(value)}"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
