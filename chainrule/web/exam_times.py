"""Times of exams as a learner reads them: in the class's zone, or in this machine's without classes."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chainrule.classes.records import Assignment, Classroom
from chainrule.classes.rows import first
from chainrule.web.clocks import zone_of
from chainrule.web.exam_records import sitting_of
from chainrule.web.once import once

if TYPE_CHECKING:
    from chainrule.store.records import Exam
    from chainrule.web.people import Person
    from chainrule.web.site import Site


def exam_zone(site: Site, person: Person, exam: Exam) -> tzinfo:
    """The zone of the class whose exam it is; for one of the person's own, the person's."""
    return once("zone", (exam.id, person.id), lambda: _exam_zone(site, person, exam))


def _exam_zone(site: Site, person: Person, exam: Exam) -> tzinfo:
    sitting = sitting_of(site.store, exam.id) if site.classes else None
    assignment = first(site.store, Assignment, id=sitting.assignment) if sitting else None
    return class_zone(site, assignment) if assignment else zone_of(site, person)


def class_zone(site: Site, assignment: Assignment) -> tzinfo:
    """The zone of an assignment's class."""
    room = first(site.store, Classroom, id=assignment.classroom)
    return ZoneInfo(room.zone if room else "UTC")


def told(at: datetime, zone: tzinfo) -> str:
    """The time with its day: `Mon 18 Jan 2027, 09:30 CET`."""
    there = at.astimezone(zone)
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M %Z}".strip()


def told_hour(at: datetime, zone: tzinfo) -> str:
    """The time of the day alone, with seconds: `09:30:05`."""
    return f"{at.astimezone(zone):%H:%M:%S}"
