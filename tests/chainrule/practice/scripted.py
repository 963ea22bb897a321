"""A learner who types what a test wants, and a store in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from chainrule.store.records import Record


@dataclass
class Scripted:
    """A `Dialogue` that types these lines; an exception among them is raised. Where they end, the input ends."""

    lines: Iterable[str | BaseException | type[BaseException]]
    edits: list[str | None] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = iter(self.lines)

    def read(self) -> str:
        line = next(self._lines, EOFError)
        if isinstance(line, str):
            return line
        raise line

    def edit(self, text: str) -> str | None:
        return self.edits.pop(0) if self.edits else None

    def say(self, text: str, style: str = "") -> None:
        self.said.append(text)

    def heard(self, text: str) -> bool:
        return any(text in said for said in self.said)


@dataclass
class Kept:
    """A store that keeps records in a list."""

    records: list[Record] = field(default_factory=list)

    def add(self, *records: Record) -> None:
        self.records += records

    def of(self, kind: type) -> list[Record]:
        return [record for record in self.records if isinstance(record, kind)]
