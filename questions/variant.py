"""A variant: a family with values drawn, ready to be asked and judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from questions.prose import Prose

if TYPE_CHECKING:
    from grader.formula.reading import Line, Program
    from grader.keys import Key
    from solutions.drawings import Drawing


@dataclass(frozen=True)
class Derived:
    """Gradients of a scalar of a forward program, from which a key and its worked steps are derived."""

    program: Program
    of: str
    wanted: tuple[str, ...]
    seed: int


@dataclass(frozen=True)
class Part:
    """One thing asked.

    packages: what code may import, "numpy" or "torch"; empty for other kinds.
    entry: the function or class that code is to define; empty for other kinds.
    kind: formula (also a gradient), derivation, integer, number, choice, statements, shape, ordering or code.
    choices: label and text of each option, for display with its mathematics; empty for other kinds.
    picture: what is drawn beside the prompt.
    also: further right answers, as typed.
    active: names of the mistakes that differ from the key, and from each other, in this variant.
    make: builds the key when it is first asked for, since some keys take a run of a reference.
    """

    id: str
    prompt: Prose
    marks: float
    kind: str
    make: Callable[[], Key] = field(repr=False, compare=False)
    starter: str = ""
    choices: tuple[tuple[str, Prose], ...] = ()
    hints: tuple[Prose, ...] = ()
    steps: tuple[Line, ...] = ()
    active: tuple[str, ...] = ()
    after: str = ""
    also: tuple[str, ...] = ()
    model: str = field(default="", repr=False)  # a right submission, for code
    packages: str = ""
    entry: str = ""
    derived: Derived | None = field(default=None, repr=False, compare=False)
    picture: Drawing | None = None

    @cached_property
    def key(self) -> Key:
        """The key; raises AuthorError where a reference that it needs fails."""
        return self.make()

    @property
    def answer_text(self) -> str:
        """The key as a student would type it."""
        from questions.answer_text import answer_text

        return self.model or answer_text(self.key)


@dataclass(frozen=True)
class Variant:
    """A pure function of the family's file and the seed.

    values: the drawn values by name: Fractions, texts, nested tuples of Fractions.
    hints, steps: those of the family, then those of its parts. draw_worked: makes the picture of the worked solution.
    """

    family: str
    version: str
    seed: int
    values: Mapping[str, Any]
    title: str
    level: int
    source: str
    parts: tuple[Part, ...]
    hints: tuple[Prose, ...] = ()
    steps: tuple[Line, ...] = ()
    draw_worked: Callable[[], Drawing] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def worked_picture(self) -> Drawing | None:
        """What is drawn beside the worked solution; raises AuthorError where that fails."""
        return self.draw_worked() if self.draw_worked else None

    def part(self, id: str) -> Part:
        """The part of that id; raises KeyError."""
        return {part.id: part for part in self.parts}[id]
