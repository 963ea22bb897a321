"""The clock: what is left follows from the beginning alone, whoever leaves and comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from math import inf

import pytest

from chainrule.exams.clock import Clock, left_text, span_text, warning_text

BEGUN = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return BEGUN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("minutes", "extra", "after", "left"),
    [
        (90, 1.0, 0, 5400),
        (90, 1.0, 5399.5, 0.5),
        (90, 1.0, 5400, 0),
        (90, 1.0, 99999, 0),
        (90, 1.25, 5400, 1350),
        (90, 1.0, -600, 5400),  # the machine's clock was set back
        (0, 1.5, 99999, inf),
    ],
)
def test_what_is_left(minutes: float, extra: float, after: float, left: float) -> None:
    clock = Clock(BEGUN, minutes, extra)
    assert clock.left(at(after)) == pytest.approx(left)
    assert clock.is_over(at(after)) == (left == 0)


def test_time_away_counts() -> None:
    before, after = Clock(BEGUN, 60), Clock(BEGUN, 60)
    assert before.left(at(600)) - after.left(at(1800)) == 1200


def test_the_end_does_not_depend_on_the_zone_of_the_clock_on_the_wall() -> None:
    there = at(60).astimezone(timezone(timedelta(hours=5)))
    assert Clock(BEGUN, 2).left(there) == 60
    assert Clock(BEGUN, 2).ends == at(120)
    assert Clock(BEGUN, 0).ends is None


def test_time_used_is_never_more_than_what_was_allowed() -> None:
    assert [Clock(BEGUN, 10).used(at(after)) for after in (-5, 61, 9999)] == [0, 61, 600]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (5025, "1:23:45 left"), (3600, "1:00:00 left"), (3599.2, "1:00:00 left"), (245, "4:05 left"), (7, "0:07 left"),
        (0.2, "0:01 left"), (0, "no time left"), (-3, "no time left"), (inf, "no time limit"),
    ],
)  # fmt: skip
def test_what_is_left_in_words(seconds: float, text: str) -> None:
    assert left_text(seconds) == text


def test_spans() -> None:
    assert [span_text(seconds) for seconds in (0, 59.9, 60, 3661)] == ["0:00", "0:59", "1:00", "1:01:01"]


def test_each_warning_comes_once_however_often_the_clock_is_looked_at() -> None:
    clock = Clock(BEGUN, 90)
    told = [clock.warning(at(second), at(second + 1)) for second in range(5400)]
    assert [(second + 1, text) for second, text in enumerate(told) if text] == [
        (4800, "10 minutes left."), (5100, "5 minutes left."), (5340, "1 minute left."),
    ]  # fmt: skip


def test_warnings_that_were_slept_through_come_as_one_with_what_is_left_now() -> None:
    clock = Clock(BEGUN, 90)
    assert clock.warning(at(0), at(5390)) == "10 seconds left."
    assert clock.warning(at(0), at(5220)) == "3 minutes left."
    assert clock.warning(at(5220), at(5250)) == ""
    assert clock.warning(at(5000), at(6000)) == "The time is up."


def test_an_exam_of_ten_minutes_does_not_begin_with_a_warning() -> None:
    clock = Clock(BEGUN, 10)
    assert clock.warning(at(0), at(1)) == ""
    assert clock.warning(at(299), at(301)) == "5 minutes left."
    assert Clock(BEGUN, 0).warning(at(0), at(99999)) == ""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(60, "1 minute left."), (59, "59 seconds left."), (0.5, "1 second left."), (0, "The time is up.")],
)
def test_warnings_in_words(seconds: float, text: str) -> None:
    assert warning_text(seconds) == text


def test_what_makes_no_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        Clock(BEGUN.replace(tzinfo=None), 10)
    with pytest.raises(ValueError, match=r"time factor 0\.5, expected 1 to 10"):
        Clock(BEGUN, 10, 0.5)
    with pytest.raises(ValueError, match="came -1 minutes"):
        Clock(BEGUN, -1)
