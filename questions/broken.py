"""A promise that a family does not keep, with everything that is needed to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from questions.context import Context
from questions.document import Path
from questions.schema import PartSpec
from questions.variant import Part

PROMISES = {
    1: "the key equals the oracle",
    2: "the worked steps lead to the key",
    3: "each active mistake earns its own sentence",
    4: "the key as typed earns full marks",
    5: "the same seed gives the same complete variant",
    6: "the course-map ids that it covers are named",
}


@dataclass(frozen=True)
class Broken:
    """promise: its number. place: `file:line` of what is at fault. part: '' where it concerns the family."""

    promise: int
    family: str
    part: str
    seed: int
    place: str
    what: str
    expected: str = ""
    got: str = ""

    def __str__(self) -> str:
        return self.line(f"seed {self.seed}")

    def line(self, variants: str) -> str:
        """The broken promise in one line. variants: those in which it is broken, in words."""
        part = f", part {self.part}" if self.part else ""
        compared = f": expected {self.expected}, got {self.got}" if self.expected or self.got else ""
        return (
            f"{self.place}: {self.family}{part}, {variants}: promise {self.promise} "
            f"({PROMISES[self.promise]}): {self.what}{compared}"
        )


def grouped(broken: Sequence[Broken], seeds: int) -> list[str]:
    """One line for each promise and place: its first, and in how many of the `seeds` variants there is one."""
    groups: dict[tuple[str, str, str, int], list[Broken]] = {}
    for each in broken:
        groups.setdefault((each.place, each.family, each.part, each.promise), []).append(each)
    lines = []
    for group in groups.values():
        count = len({each.seed for each in group})
        first = group[0]
        seen = f"seed {first.seed}" if count == 1 else f"in {count} of {seeds} variants, first seed {first.seed}"
        lines.append(first.line(seen))
    return lines


@dataclass(frozen=True)
class Inspected:
    """One part of one variant, with its place in the file. path: of the part's specification."""

    family: str
    seed: int
    spec: PartSpec
    path: Path
    part: Part
    context: Context
    oracles_path: Path  # where its oracles stand: its own, or the family's

    def broken(
        self, promise: int, what: str, path: Path | None = None, *, expected: object = "", got: object = ""
    ) -> Broken:
        """A broken promise at `path`, by default at the key."""
        document = self.context.document
        place = document.place(path if path is not None else self.key_path)
        where = f"{document.file}:{place.line}"
        return Broken(promise, self.family, self.part.id, self.seed, where, what, _short(expected), _short(got))

    @property
    def key_path(self) -> Path:
        """The place of the key, or of the answer where it has no single key."""
        return (*self.path, "answer", self.spec.answer.kind, "key")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 200 else text[:197] + "..."
