"""The parts of an exam with what is answered: for its overview, its navigator, and the page that hands it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.web.exam_flags import flags

if TYPE_CHECKING:
    from chainrule.examining import Running
    from chainrule.store.records import Draft
    from chainrule.web.site import Site


@dataclass(frozen=True)
class PlaceLine:
    """One part. name: `3b`. letter: '' where its question has one part."""

    name: str
    letter: str
    marks: float
    answered: bool


@dataclass(frozen=True)
class QuestionLine:
    """One question with its parts."""

    number: int
    title: str
    section: int
    marks: float
    flagged: bool
    parts: tuple[PlaceLine, ...]

    @property
    def state(self) -> str:
        """What is answered of it: all, some or none."""
        done = sum(part.answered for part in self.parts)
        return "answered" if done == len(self.parts) else "partly answered" if done else "open"


@dataclass(frozen=True)
class Overview:
    """All questions, and the parts without an answer."""

    questions: tuple[QuestionLine, ...]

    @property
    def missing(self) -> tuple[PlaceLine, ...]:
        """The parts that are open."""
        return tuple(part for question in self.questions for part in question.parts if not part.answered)

    @property
    def parts(self) -> int:
        """How many there are."""
        return sum(len(question.parts) for question in self.questions)


def overview(site: Site, running: Running, drafts: Mapping[tuple[str, str], Draft]) -> Overview:
    """The parts as they stand."""
    flagged = flags(site.store, running.exam)
    lines: dict[int, list[PlaceLine]] = {}
    for place in running.places:
        draft = drafts.get(place.key)
        letter = place.name.removeprefix(str(place.item.number))
        line = PlaceLine(place.name, letter, place.part.marks, bool(draft and draft.answer.strip()))
        lines.setdefault(place.item.number, []).append(line)
    return Overview(
        tuple(
            QuestionLine(
                one.number, one.variant.title, one.section, one.marks, one.number in flagged, tuple(lines[one.number])
            )
            for one in running.form.items
        )
    )
