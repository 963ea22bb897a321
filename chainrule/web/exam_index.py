"""What a learner finds under Exams: the one that is open, those of the classes, one's own, and what can be begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.classes.holding import revealed
from chainrule.classes.records import Accommodation, Assignment, Classroom, Membership, Sitting
from chainrule.classes.rows import found
from chainrule.classes.terms import Terms, late_factor, state, terms_of
from chainrule.exams.clock import left_text
from chainrule.pages import marks_text, number_text
from chainrule.web.exam_beginning import practice_blueprint, practice_blueprints
from chainrule.web.exam_clock import left
from chainrule.web.exam_outline import Outline, outline_of, outline_of_text
from chainrule.web.exam_standing import standing
from chainrule.web.exam_times import class_zone, exam_zone, told
from chainrule.web.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chainrule.store.records import Exam
    from chainrule.web.exam_standing import Phase
    from chainrule.web.people import Person
    from chainrule.web.site import Site


@dataclass(frozen=True)
class AssignedLine:
    """An assignment of a class. state: in words. may_begin: now. form, phase: '' where it was not begun.

    minutes: with the student's extra time. marks: once they are shown. broken: whether it cannot be read any more.
    """

    id: str
    title: str
    classroom: str
    outline: Outline
    minutes: str
    state: str
    may_begin: bool
    opens: str
    due: str
    closes: str
    late: str
    reveals: str
    form: str = ""
    phase: Phase | str = ""
    marks: str = ""
    broken: bool = False


@dataclass(frozen=True)
class OwnLine:
    """An exam of one's own. left: of its time, where it is open."""

    form: str
    title: str
    begun: str
    phase: Phase
    left: str
    marks: str


@dataclass(frozen=True)
class Offer:
    """A blueprint that can be begun."""

    name: str
    outline: Outline


def to_begin(site: Site, person: Person) -> tuple[AssignedLine, ...]:
    """The assignments that the person may begin now, and did not yet."""
    return tuple(line for line in assigned_lines(site, person, begun=False) if line.may_begin)


def assigned_lines(site: Site, person: Person, *, begun: bool = True) -> tuple[AssignedLine, ...]:
    """The assignments of the classes whose student the person is, the latest due first; also those that were begun."""
    if not site.classes:
        return ()
    members = found(site.store, Membership, account=person.id, role="student")
    rooms = {room.id: room for room in found(site.store, Classroom, id=[one.classroom for one in members])}
    assignments = found(site.store, Assignment, classroom=list(rooms))
    accommodations = found(site.store, Accommodation, assignment=[one.id for one in assignments])
    sittings = {one.assignment: one for one in found(site.store, Sitting, account=person.id)}
    lines = []
    for one in sorted(assignments, key=lambda one: one.due, reverse=True):
        if one.id in sittings and not begun:
            continue
        terms = revealed(site.store, one.id, person.id, terms_of(one, person.id, accommodations, members))
        exam = site.store.exam(sittings[one.id].exam) if one.id in sittings else None
        lines.append(_assigned(site, one, rooms[one.classroom], terms, exam))
    return tuple(lines)


def _assigned(site: Site, one: Assignment, room: Classroom, terms: Terms, exam: Exam | None) -> AssignedLine:
    zone, outline, now = class_zone(site, one), outline_of_text(one.blueprint), site.clock()
    at = standing(site, exam) if exam else None
    phase = at.phase if at else ""
    words = {"early": "not open yet", "open": "open", "late": "open, late", "closed": "closed"}
    begun = {"open": "begun", "grading": "being graded", "hidden": "handed in", "report": "graded"}
    return AssignedLine(
        id=one.id,
        title=one.title,
        classroom=room.title,
        outline=outline,
        minutes=f"{number_text(allowed(outline, terms))} minutes" if outline.minutes else "no time limit",
        state=begun[at.phase] if at else words[state(terms, now)],
        may_begin=exam is None and not outline.fault and state(terms, now) in ("open", "late"),
        opens=told(terms.opens, zone),
        due=told(terms.due, zone),
        closes=told(terms.closes, zone),
        late=late_text(terms),
        reveals=told(terms.reveals, zone),
        form=exam.id if exam else "",
        phase=phase,
        marks=_marks(site, exam, terms) if exam and phase == "report" else "",
        broken=bool(outline.fault),
    )


def allowed(outline: Outline, terms: Terms) -> float:
    """The student's minutes; 0 without a limit."""
    return outline.minutes * terms.extra + terms.more if outline.minutes else 0.0


def late_text(terms: Terms) -> str:
    """What lateness costs, in a sentence; '' where nothing is taken late."""
    if terms.closes <= terms.due:
        return ""
    if not terms.late_percent:
        return "Being late costs nothing."
    return f"Each day begun after the due time costs {number_text(terms.late_percent)} % of the marks."


def own_lines(site: Site, person: Person) -> tuple[OwnLine, ...]:
    """The exams that the person began for no class, the latest first."""
    assigned = {one.exam for one in found(site.store, Sitting, account=person.id)} if site.classes else set()
    lines = []
    for exam in reversed(site.store.exams(person.id)):
        if exam.id in assigned:
            continue
        phase = standing(site, exam).phase
        open_for = left_text(left(site, exam)) if phase == "open" else ""
        marks = _marks(site, exam) if phase == "report" else ""
        lines.append(OwnLine(exam.id, exam.title, told(exam.at, exam_zone(site, person, exam)), phase, open_for, marks))
    return tuple(lines)


def _marks(site: Site, exam: Exam, terms: Terms | None = None) -> str:
    """The marks as they count by now, after repairs and lateness."""
    ending = site.store.ending(exam.id)
    if ending is None:
        return ""
    earned = sum(one.score * one.attempt.marks for one in site.store.judged(exam.learner, exam=exam.id))
    counted = earned * (late_factor(terms, ending.at) if terms else 1.0)
    return f"{number_text(counted)} of {marks_text(ending.possible)}"


def offers(site: Site) -> Iterator[Offer]:
    """The blueprints that the bank can fill."""
    for name in sorted(practice_blueprints(site)):
        try:
            yield Offer(name, outline_of(practice_blueprint(site, name)))
        except Refused:
            continue
