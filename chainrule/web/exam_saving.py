"""Saving answers during an exam: the latest one of a part counts, and none after the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, func, select

from chainrule.classes.records import Job, Lane
from chainrule.store.queries import columns, in_time, insert, records
from chainrule.store.records import Draft
from chainrule.store.tables import DRAFTS, ITEMS
from chainrule.web.echo import echo_of
from chainrule.web.exam_clock import ends
from chainrule.web.exam_records import is_open_in
from chainrule.web.exam_times import exam_zone, told_hour
from chainrule.web.people import not_yours
from chainrule.web.refusals import Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from chainrule.exam_places import Place
    from chainrule.examining import Running
    from chainrule.store.records import Exam
    from chainrule.web.people import Person
    from chainrule.web.site import Site
    from questions.variant import Part

NOTHING = "none"  # in the place of a draft's id, where no draft was seen
WORTH_KEEPING = 1.0  # seconds on an answer that stayed as it was


@dataclass(frozen=True)
class Saved:
    """An answer that is kept. reading: how it is understood, or why it cannot be, from its text alone.

    draft: its id. answer: what counts now. elsewhere: what another window had saved since this one was filled, '' where
    nothing; the later of the two counts.
    """

    at: datetime
    reading: str = ""
    draft: str = ""
    answer: str = ""
    elsewhere: str = ""


class TooLate(Refused):
    """An answer that came after the end. answer: the text, to be given back."""

    def __init__(self, says: str, answer: str) -> None:
        super().__init__(says)
        self.answer = answer


def place_of(running: Running, number: int, part: str) -> Place:
    """A part of the exam. Raises NotFound."""
    for place in running.places:
        if place.item.number == number and place.part.id == part:
            return place
    raise not_yours()


def save(
    site: Site, person: Person, exam: Exam, number: int, part: str, answer: str, seconds: float = 0.0, seen: str = ""
) -> Saved:
    """The answer as kept, in the place of the one before; '' takes it back. Saved twice it is the same.

    seconds: since this part was shown or saved last. seen: the draft that the window was filled with, NOTHING for none,
    '' where it is not known. A window in which nothing was changed leaves what another one saved meanwhile.
    Raises NotFound, TooLate after the end, and Refused for an answer that is too long.
    """
    place = place_of(site.exams.of(site.store, site.variants, exam), number, part)
    if len(answer) > site.limits.answer:
        raise Refused(f"The answer has {len(answer)} letters; {site.limits.answer} are taken at most.", 413)
    now, over = site.clock(), ends(site, exam)
    if over is not None and over <= now:
        at = told_hour(over, exam_zone(site, person, exam))
        raise TooLate(f"The time was over at {at}. This came later and was not saved.", answer)
    with site.store.writing() as connection:
        if not is_open_in(connection, exam.id):
            raise TooLate("The exam is handed in. This came later and was not saved.", answer)
        before = _latest(connection, place)
        stale = before is not None and seen not in ("", before.id)
        if stale and before is not None and answer in (before.answer, _seen_answer(connection, place, seen)):
            answer, stale = before.answer, False
        draft = _draft(connection, exam, place, before, answer, seconds, now)
        if draft is not before:
            insert(connection, [draft])
    elsewhere = before.answer if before is not None and stale else ""
    return Saved(draft.at, reading(place.part, answer), draft.id, answer, elsewhere)


def _seen_answer(connection: Connection, place: Place, seen: str) -> str:
    """What a window was filled with."""
    if seen == NOTHING:
        return place.part.starter if place.part.kind == "code" else ""
    statement = select(DRAFTS.c["answer"]).where(DRAFTS.c["id"] == seen, DRAFTS.c["item"] == place.item.id)
    return connection.execute(statement).scalar() or ""


def _latest(connection: Connection, place: Place) -> Draft | None:
    found = records(Draft, connection.execute(_select_latest(), {"item": place.item.id, "part": place.part.id}))
    return found[0] if found else None


@cache
def _select_latest() -> Select[Any]:
    """The latest draft of `part` of `item`."""
    newest_first = [column.desc() for column in in_time(DRAFTS)]
    statement = select(*columns(Draft)).order_by(*newest_first).limit(1)
    return statement.where(DRAFTS.c["item"] == bindparam("item"), DRAFTS.c["part"] == bindparam("part"))


@cache
def _select_last_saved() -> Select[Any]:
    """When something of `exam` was saved last."""
    asked = select(ITEMS.c["id"]).where(ITEMS.c["exam"] == bindparam("exam"))
    return select(func.max(DRAFTS.c["at"])).where(DRAFTS.c["item"].in_(asked))


def _draft(
    connection: Connection, exam: Exam, place: Place, before: Draft | None, answer: str, seconds: float, now: datetime
) -> Draft:
    """The draft to keep; the one before where there is nothing new.

    The seconds of all parts together are never more than have passed: a request that is sent twice adds them once.
    """
    last: datetime | None = connection.execute(_select_last_saved(), {"exam": exam.id}).scalar()
    passed = (now - (last or exam.at)).total_seconds()
    spent = max(0.0, min(seconds, passed))
    if before is not None and before.answer == answer and spent < WORTH_KEEPING:
        return before
    total = (before.seconds if before else 0.0) + spent
    at = max(now, before.at) if before else now  # a clock that was set back must not bring back an older answer
    return Draft(place.item.id, place.part.id, answer, round(total, 1), at)


def judge(site: Site, person: Person, exam: Exam, place: Place, answer: str) -> Job | None:
    """An answer on its way to be judged, for exams that say at once what it is worth; None where too many wait."""
    if exam.feedback == "none" or not answer.strip() or site.judging.waiting(person.id) >= site.limits.waiting:
        return None
    lane: Lane = "code" if place.part.kind == "code" else "quick"
    job = Job(lane, person.id, place.item.id, place.part.id, answer, exam=exam.id, at=site.clock())
    site.judging.submit(job)
    return job


def reading(part: Part, answer: str) -> str:
    """How the answer is read, or why it cannot be: from its text alone, it tells nothing of the mark."""
    if part.kind in {"code", "derivation"}:
        return ""
    for echo in echo_of(part, answer):
        if echo.error:
            return f"It cannot be read, and would earn nothing: {echo.error}"
        return f"Read as: {echo.text}" if echo.text else ""
    return ""
