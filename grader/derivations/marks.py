"""The marks of a derivation: each step that it takes is worth the same, and counts as a human marker would count it.

A step is earned by a line that is right about it, by one that follows from an earlier slip, and by a later line that
is right without it: steps may be skipped. Steps that a wrong line skips count as one with it. A slip about something
else than an unearned step is one step more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.derivations.lines import Judged, Status
from grader.derivations.quantities import Quantities
from grader.derivations.signs import gradient_id

EARNS = frozenset({Status.RIGHT, Status.FOLLOWS})


@dataclass(frozen=True)
class Marks:
    """earned of the steps. missing: what was asked for and has no line. open: what was used and never derived."""

    earned: int
    steps: int
    missing: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of the marks."""
        return self.earned / self.steps


def marks(judged: Sequence[Judged], quantities: Quantities) -> Marks:
    """What the lines earn."""
    return _Count(judged, quantities).marks()


@dataclass(frozen=True)
class _Count:
    judged: Sequence[Judged]
    quantities: Quantities

    def marks(self) -> Marks:
        needed = self.quantities.needed
        own = {step: self.last(step) for step in needed}
        written = {step: line for step, line in own.items() if line is not None}
        earned = {step for step, line in written.items() if self.earns(line)}
        wrong = {step for step, line in written.items() if line.status is Status.WRONG}
        earned |= {below for step in earned for below in self.skipped(step, written[step], own)}
        merged = {below for step in wrong for below in self.skipped(step, written[step], own)} - earned
        unproved = {of for line in self.judged for of in self.named(line)} - earned
        unproved = {of for of in unproved if self.last(of) is None or of in needed}
        lost = set(own) - earned - merged
        slips = sum(line.status is Status.WRONG and self.place(line) not in lost for line in self.judged)
        unreadable = sum(line.status is Status.UNREADABLE for line in self.judged)
        steps = len(set(needed) - merged) + len(unproved - set(needed)) + slips + unreadable
        missing = tuple(name for name in self.quantities.key.wanted if own.get(name) is None)
        called = tuple(sorted(self.quantities.gradients[of].called for of in unproved))
        return Marks(len(earned), steps, missing, called)

    def place(self, line: Judged) -> str:
        """The step that the line is about; ''."""
        return next((step for step in self.quantities.needed if self.last(step) is line), "")

    def last(self, of: str) -> Judged | None:
        """The last line about the gradient at `of`: one that says so, or a name that says nothing and has its value."""
        group = self.quantities.gradients[of].group
        for line in reversed(self.judged):
            if line.quantity is not None and line.status is not Status.UNREADABLE:
                if line.quantity.of == of and not line.quantity.group.startswith("="):
                    return line
                if not line.claimed and line.quantity.group == group:
                    return line
        return None

    def earns(self, line: Judged) -> bool:
        """Whether the line is worth its step: not one that says only that a gradient is itself."""
        assert line.quantity is not None
        groups = {self.quantities.gradients[of].group for of in self.named(line)}
        return line.status in EARNS and line.quantity.group not in groups

    def skipped(self, step: str, line: Judged, own: dict[str, Judged | None]) -> set[str]:
        """The steps that the line shows to be known though no line has them."""
        named, found = self.named(line), set[str]()
        waiting = list(self.quantities.needed[step])
        while waiting:
            below = waiting.pop()
            if own[below] is None and below not in named and below not in found:
                found.add(below)
                waiting += self.quantities.needed[below]
        return found

    def named(self, line: Judged) -> set[str]:
        """The gradients that the line uses by name though none has derived them."""
        return {of for of in self.quantities.gradients if gradient_id(of) in line.uses}
