"""One question of an exam as a page: what is asked, and the fields with what was saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flask import url_for

from chainrule.web.exam_feedback import Told, told_of
from chainrule.web.exam_lines import Overview, QuestionLine, overview
from chainrule.web.exam_saving import NOTHING, Saved, reading
from chainrule.web.exam_times import exam_zone, told_hour
from chainrule.web.fields import AnswerField, field_of
from chainrule.web.people import not_yours

if TYPE_CHECKING:
    from datetime import tzinfo

    from chainrule.exam_places import Place
    from chainrule.examining import Running
    from chainrule.store.records import Draft
    from chainrule.views import PartView
    from chainrule.web.people import Person
    from chainrule.web.site import Site

NAMED = "answer-{}"  # of a part's field


@dataclass(frozen=True)
class Outcome:
    """What became of a form, by the part's id. typed: to be given back. late: why nothing is taken any more, or ''."""

    saved: Mapping[str, Saved] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    late: str = ""

    @property
    def plain(self) -> bool:
        """Whether there is nothing to say but that it is saved."""
        return not self.refused and not self.late and not any(one.elsewhere for one in self.saved.values())


@dataclass(frozen=True)
class PartPage:
    """One part. seen: the draft in the field. told: of the answer, None for nothing.

    refused: why what was typed is not kept. elsewhere: what another window had saved before.
    """

    id: str
    view: PartView
    field: AnswerField
    seen: str
    told: Told | None
    refused: str
    elsewhere: str


@dataclass(frozen=True)
class QuestionPage:
    """One question. section: its title, '' where there is one. previous, next: numbers, 0 where there is none."""

    line: QuestionLine
    section: str
    parts: tuple[PartPage, ...]
    all: Overview
    previous: int
    next: int

    @property
    def lines(self) -> tuple[QuestionLine, ...]:
        """All questions of the exam."""
        return self.all.questions

    @property
    def code(self) -> bool:
        """Whether its form may carry a file."""
        return any(part.view.kind == "code" for part in self.parts)


NEW = Outcome()


def question_page(site: Site, person: Person, running: Running, number: int, outcome: Outcome = NEW) -> QuestionPage:
    """The page of that question. Raises NotFound."""
    places = places_of(running, number)
    view = site.exams.view(site.store, site.variants, running.exam, number)
    drafts = site.store.drafts(running.exam.id)
    told = told_of(site, running, drafts, number)
    all = overview(site, running, drafts)
    lines = all.questions
    at = next(i for i, line in enumerate(lines) if line.number == number)
    zone, sections = exam_zone(site, person, running.exam), running.form.blueprint.sections
    return QuestionPage(
        line=lines[at],
        section=sections[lines[at].section].title if len(sections) > 1 else "",
        parts=tuple(
            _part(place, part, drafts.get(place.key), told.get(place.part.id), outcome, zone)
            for place, part in zip(places, view.parts, strict=True)
        ),
        all=all,
        previous=lines[at - 1].number if at else 0,
        next=lines[at + 1].number if at + 1 < len(lines) else 0,
    )


def places_of(running: Running, number: int) -> Sequence[Place]:
    """The parts of a question. Raises NotFound."""
    found = [place for place in running.places if place.item.number == number]
    if not found:
        raise not_yours()
    return found


def _part(
    place: Place, view: PartView, draft: Draft | None, told: Told | None, outcome: Outcome, zone: tzinfo
) -> PartPage:
    id = place.part.id
    return PartPage(
        id=id,
        view=view,
        field=replace(
            _field(place, view, outcome.typed.get(id, draft.answer if draft else "")), saved=_saved(place, draft, zone)
        ),
        seen=draft.id if draft else NOTHING,
        told=told,
        refused=outcome.refused.get(id, ""),
        elsewhere=outcome.saved[id].elsewhere if id in outcome.saved else "",
    )


def _field(place: Place, view: PartView, value: str) -> AnswerField:
    address = url_for("exams.save", form=place.item.exam, number=place.item.number, part=place.part.id)
    name = NAMED.format(place.part.id)
    return field_of(place.part, view, name=name, value=value, item=place.item.id, save_to=address)


def _saved(place: Place, draft: Draft | None, zone: tzinfo) -> str:
    if draft is None or not draft.answer.strip():
        return ""
    return f"Saved at {told_hour(draft.at, zone)}. {reading(place.part, draft.answer)}".strip()
