"""What the pages of exams show. As in `chainrule/views.py`, Markup is HTML and str is text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from chainrule.views import WorkedView


@dataclass(frozen=True)
class SectionView:
    """One section of a paper. title: with its letter where there are several."""

    title: str
    anchor: str
    instructions: Markup
    items: tuple[WorkedView, ...]

    @property
    def marks(self) -> float:
        """Marks of its questions."""
        return sum(item.question.marks for item in self.items)


@dataclass(frozen=True)
class PaperView:
    """A form to be printed. minutes: '' without a limit. student: printed where it is known. grades: best first."""

    title: str
    form: str
    minutes: str
    student: str
    instructions: Markup
    grades: tuple[str, ...]
    sections: tuple[SectionView, ...]

    @property
    def items(self) -> tuple[WorkedView, ...]:
        """The questions of all sections."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def marks(self) -> float:
        """Marks of all questions."""
        return sum(section.marks for section in self.sections)


@dataclass(frozen=True)
class ShareRow:
    """One row of a table of marks: a section, or a topic."""

    name: str
    questions: int
    earned: float
    possible: float
    percent: int


@dataclass(frozen=True)
class TimeView:
    """The time that a question took, as `4:05`, '' where it was not opened, and the estimate, as `6 min`."""

    taken: str
    estimate: str


@dataclass(frozen=True)
class SatView:
    """What a report says beside the verdicts. taken, allowed: times in words, '' where unknown or without a limit.

    times: by the number of the question. sections: () where there is one. topics: in the order of the course.
    """

    form: str
    grade: str
    taken: str
    allowed: str
    sections: tuple[ShareRow, ...]
    topics: tuple[ShareRow, ...]
    times: Mapping[int, TimeView]
