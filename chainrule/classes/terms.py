"""The terms of an assignment for one student: when it can be begun, when it ends, and what lateness costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.classes.records import Accommodation, Assignment, Membership
from chainrule.classes.rows import found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chainrule.store.store import Store

State: TypeAlias = Literal["early", "open", "late", "closed"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """closes: nothing counts after it. extra: factor for the minutes; more: minutes on top, for clock and due time.

    late_percent: of what was earned, for each day begun after `due`. planned: when marks and keys are shown unless
    they wait for somebody with own times; reveals: when at the latest, see `chainrule.classes.holding`.
    """

    opens: datetime
    due: datetime
    closes: datetime
    reveals: datetime
    extra: float
    late_percent: float
    planned: datetime
    more: float = 0.0


def terms_for(store: Store, assignment: Assignment, account: str) -> Terms:
    """The terms for that account; what was accommodated comes before what the assignment and the membership say."""
    accommodations = found(store, Accommodation, assignment=assignment.id)
    members = found(store, Membership, classroom=assignment.classroom, account=account)
    return terms_of(assignment, account, accommodations, members)


def terms_of(
    assignment: Assignment, account: str, accommodations: Iterable[Accommodation], members: Iterable[Membership]
) -> Terms:
    """The same from records that were read before: all accommodations of the assignment, memberships of its class.

    Nobody is shown a key while somebody of the class may still answer, so the latest end of all holds back `reveals`,
    unless the instructor has said of that student that the others need not wait.
    """
    listed = [one for one in accommodations if one.assignment == assignment.id]
    dues = {one.account: own_due(assignment, one) for one in listed}
    holding = [own_due(assignment, one) for one in listed if one.held or one.account == account]
    extras = {one.account: one.extra for one in members if one.classroom == assignment.classroom}
    extras |= {one.account: one.extra for one in listed if one.extra}
    late = assignment.late_days * DAY
    due = dues.get(account, assignment.due)
    results = planned(assignment)
    return Terms(
        opens=assignment.opens,
        due=due,
        closes=due + late,
        reveals=max([results, *(one + late for one in holding)]),
        extra=extras.get(account, 1.0),
        late_percent=assignment.late_percent,
        planned=results,
        more=next((one.more for one in listed if one.account == account), 0.0),
    )


def own_due(assignment: Assignment, one: Accommodation) -> datetime:
    """When it is due for the student of an accommodation."""
    return (datetime.fromisoformat(one.due) if one.due else assignment.due) + timedelta(minutes=one.more)


def planned(assignment: Assignment) -> datetime:
    """When results come where nobody has times of their own: never while somebody may hand in late."""
    return max(assignment.reveals, assignment.due + assignment.late_days * DAY)


def state(terms: Terms, now: datetime) -> State:
    """Whether it can be begun, and in time: until `due` it is open, then late, from `closes` on closed."""
    if now < terms.opens:
        return "early"
    if now >= terms.closes:
        return "closed"
    return "open" if now <= terms.due else "late"


def late_days(terms: Terms, ended_at: datetime) -> int:
    """How many days after `due` were begun; 0 for whoever ended in time."""
    return max(0, ceil((ended_at - terms.due) / DAY))


def late_factor(terms: Terms, ended_at: datetime) -> float:
    """What of the marks counts for whoever ended then: 1.0 in time, less for each day begun after, never below 0."""
    return max(0.0, 1.0 - terms.late_percent / 100 * late_days(terms, ended_at))
