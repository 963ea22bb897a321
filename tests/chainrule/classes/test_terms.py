"""The terms of an assignment for one student: what is accommodated, how long it is open, what lateness costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chainrule.classes.records import Accommodation, Assignment, Membership
from chainrule.classes.terms import Terms, late_days, late_factor, state, terms_of

DUE = datetime(2027, 1, 18, 9, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
GIVEN = Assignment("room", "Midterm", "", DUE - 7 * DAY, DUE, DUE + DAY, "", late_percent=20.0, late_days=3)


def terms(assignment: Assignment = GIVEN, *accommodations: Accommodation, extra: float = 1.0) -> Terms:
    return terms_of(assignment, "sam", accommodations, [Membership("room", "sam", "student", extra)])


def accommodation(who: str, *, due: datetime | None = None, extra: float = 0.0) -> Accommodation:
    return Accommodation(GIVEN.id, who, due.isoformat() if due else "", extra)


def test_a_student_without_any_accommodation_has_the_assignments_terms() -> None:
    assert terms() == Terms(GIVEN.opens, DUE, DUE + 3 * DAY, DUE + 3 * DAY, 1.0, 20.0, DUE + 3 * DAY)


def test_an_own_due_time_moves_the_end_too() -> None:
    found = terms(GIVEN, accommodation("sam", due=DUE + 2 * DAY))
    assert (found.due, found.closes) == (DUE + 2 * DAY, DUE + 5 * DAY)


def test_an_earlier_due_time_of_ones_own_counts() -> None:
    assert terms(GIVEN, accommodation("sam", due=DUE - DAY)).closes == DUE + 2 * DAY


@pytest.mark.parametrize(("own", "of_class", "expected"), [(1.5, 1.25, 1.5), (0.0, 1.25, 1.25), (0.0, 1.0, 1.0)])
def test_extra_time_of_the_assignment_comes_before_that_of_the_class(
    own: float, of_class: float, expected: float
) -> None:
    assert terms(GIVEN, accommodation("sam", extra=own), extra=of_class).extra == expected


def test_what_is_accommodated_for_others_or_elsewhere_changes_nothing() -> None:
    elsewhere = replace(accommodation("sam", due=DUE + DAY, extra=2.0), assignment="another")
    found = terms(GIVEN, accommodation("tom", extra=2.0), elsewhere)
    assert (found.due, found.extra) == (DUE, 1.0)


def test_nothing_is_revealed_while_anybody_may_still_answer() -> None:
    early = replace(GIVEN, reveals=DUE)
    assert terms(early).reveals == DUE + 3 * DAY
    assert terms(early, accommodation("tom", due=DUE + 9 * DAY)).reveals == DUE + 12 * DAY
    assert terms(replace(GIVEN, reveals=DUE + 30 * DAY)).reveals == DUE + 30 * DAY


def test_the_others_need_not_wait_but_whoever_may_answer_longer_does() -> None:
    longer = replace(accommodation("tom", due=DUE + 9 * DAY), held=False)
    assert terms(GIVEN, longer).reveals == DUE + 3 * DAY
    assert terms(GIVEN, replace(longer, account="sam")).reveals == DUE + 12 * DAY


def test_minutes_that_were_given_meanwhile_move_the_due_time() -> None:
    found = terms(GIVEN, replace(accommodation("sam", due=DUE + DAY), more=10.0))
    assert (found.due, found.more) == (DUE + DAY + timedelta(minutes=10), 10.0)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (GIVEN.opens - SECOND, "early"), (GIVEN.opens, "open"), (DUE, "open"), (DUE + SECOND, "late"),
        (DUE + 3 * DAY - SECOND, "late"), (DUE + 3 * DAY, "closed"),
    ],
)  # fmt: skip
def test_states_follow_one_another(at: datetime, expected: str) -> None:
    assert state(terms(), at) == expected


def test_without_late_days_it_closes_when_it_is_due() -> None:
    assert state(terms(replace(GIVEN, late_days=0)), DUE) == "closed"


@pytest.mark.parametrize(
    ("after", "days", "factor"),
    [(-DAY, 0, 1.0), (timedelta(), 0, 1.0), (SECOND, 1, 0.8), (DAY, 1, 0.8), (DAY + SECOND, 2, 0.6), (3 * DAY, 3, 0.4)],
)
def test_each_day_begun_costs_its_share(after: timedelta, days: int, factor: float) -> None:
    assert late_days(terms(), DUE + after) == days
    assert late_factor(terms(), DUE + after) == pytest.approx(factor)


def test_lateness_never_costs_more_than_there_is() -> None:
    assert late_factor(terms(replace(GIVEN, late_percent=60.0)), DUE + 3 * DAY) == 0.0
