"""What a learner finds under Exams: the one that is open, those of the classes, one's own, and what can be begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chainrule.classes.holding import all_revealed
from chainrule.classes.records import Accommodation, Assignment, Classroom, Membership, Sitting
from chainrule.classes.rows import found
from chainrule.classes.sittings import exams_of
from chainrule.classes.terms import Terms, state, terms_of
from chainrule.exams.clock import left_text
from chainrule.pages import number_text
from chainrule.web.clocks import zone_of
from chainrule.web.exam_beginning import practice_blueprint, practice_blueprints
from chainrule.web.exam_clock import left_until
from chainrule.web.exam_outline import Outline, outline_of, outline_of_text
from chainrule.web.exam_seen import seen_exams
from chainrule.web.exam_times import told
from chainrule.web.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chainrule.web.exam_seen import Seen
    from chainrule.web.exam_standing import Phase
    from chainrule.web.people import Person
    from chainrule.web.site import Site


@dataclass(frozen=True)
class AssignedLine:
    """An assignment of a class. state: in words. may_begin: now. form, phase: '' where it was not begun.

    minutes: with the student's extra time. marks: once they are shown. broken: what it asks cannot be read any more;
    lost: nor can the exam that was begun.
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
    lost: bool = False


@dataclass(frozen=True)
class OwnLine:
    """An exam of one's own. left: of its time, where it is open. lost: it cannot be read any more."""

    form: str
    title: str
    begun: str
    phase: Phase
    left: str
    marks: str
    lost: bool = False


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
    forms = {one.assignment: one.exam for one in found(site.store, Sitting, account=person.id)}
    listed = [one for one in assignments if begun or one.id not in forms]
    terms = terms_now(site, person, listed, members)
    sat = {forms[one.id]: terms[one.id] for one in listed if one.id in forms}
    with site.store.reading() as connection:
        exams = exams_of(connection, list(sat))
    seen = seen_exams(site, list(exams.values()), sat)
    return tuple(
        _assigned(site, one, rooms[one.classroom], terms[one.id], seen.get(forms.get(one.id, "")))
        for one in sorted(listed, key=lambda one: one.due, reverse=True)
    )


def terms_now(
    site: Site, person: Person, assignments: Sequence[Assignment], members: Sequence[Membership]
) -> Mapping[str, Terms]:
    """The person's terms of each assignment as they stand now, by its id."""
    special = found(site.store, Accommodation, assignment=[one.id for one in assignments])
    terms = {one.id: terms_of(one, person.id, special, members) for one in assignments}
    return all_revealed(site.store, person.id, terms)


def _assigned(site: Site, one: Assignment, room: Classroom, terms: Terms, seen: Seen | None) -> AssignedLine:
    zone, outline, now = ZoneInfo(room.zone), outline_of_text(one.blueprint), site.clock()
    words = {"early": "not open yet", "open": "open", "late": "open, late", "closed": "closed"}
    begun = {"open": "begun", "grading": "being graded", "hidden": "handed in", "report": "graded"}
    at = "cannot be read" if seen and seen.broken else begun[seen.at.phase] if seen else words[state(terms, now)]
    return AssignedLine(
        id=one.id,
        title=one.title,
        classroom=room.title,
        outline=outline,
        minutes=f"{number_text(allowed(outline, terms))} minutes" if outline.minutes else "no time limit",
        state=at,
        may_begin=seen is None and not outline.fault and state(terms, now) in ("open", "late"),
        opens=told(terms.opens, zone),
        due=told(terms.due, zone),
        closes=told(terms.closes, zone),
        late=late_text(terms),
        reveals=told(terms.reveals, zone),
        form=seen.exam.id if seen else "",
        phase=seen.at.phase if seen else "",
        marks=seen.marks if seen else "",
        broken=bool(outline.fault),
        lost=seen is not None and seen.broken,
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
    exams = [exam for exam in reversed(site.store.exams(person.id)) if exam.id not in assigned]
    seen, zone = seen_exams(site, exams, {}).values(), zone_of(site, person)
    return tuple(
        OwnLine(
            form=one.exam.id,
            title=one.exam.title,
            begun=told(one.exam.at, zone),
            phase=one.at.phase,
            left=left_text(left_until(site, one.at.ends)) if one.at.phase == "open" else "",
            marks=one.marks,
            lost=one.broken,
        )
        for one in seen
    )


def offers(site: Site) -> Iterator[Offer]:
    """The blueprints that the bank can fill."""
    for name in sorted(practice_blueprints(site)):
        try:
            yield Offer(name, outline_of(practice_blueprint(site, name)))
        except Refused:
            continue
