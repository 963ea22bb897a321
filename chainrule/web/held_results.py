"""For whom the results of an assignment wait, as its instructor is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.classes.classrooms import Member, members_of
from chainrule.classes.holding import holders
from chainrule.classes.records import Accommodation
from chainrule.classes.rows import found
from chainrule.classes.terms import planned
from chainrule.web.site import site

if TYPE_CHECKING:
    from datetime import datetime

    from chainrule.classes.records import Assignment, Classroom


@dataclass(frozen=True)
class HeldResults:
    """planned: when results come unless they wait. until: when they come at the latest, as things stand.

    waits_for: students who may answer after `planned`, and for whom the others wait. more: who got how many minutes
    more while it was sat.
    """

    planned: datetime
    until: datetime
    waits_for: tuple[Member, ...]
    more: tuple[tuple[Member, float], ...]


def held_results(room: Classroom, given: Assignment) -> HeldResults:
    """How it stands now."""
    now, results = site().clock(), planned(given)
    waits = {one.account: one.until for one in holders(site().store, given) if one.held and one.until > now}
    special = {one.account: one.more for one in found(site().store, Accommodation, assignment=given.id) if one.more}
    students = members_of(site().store, room.id, "student") if waits or special else ()
    return HeldResults(
        results,
        max([results, *waits.values()]),
        tuple(one for one in students if one.account.id in waits),
        tuple((one, special[one.account.id]) for one in students if one.account.id in special),
    )
