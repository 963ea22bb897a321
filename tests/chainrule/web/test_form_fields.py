"""Fields of forms: times in the zone of the class, numbers, and a sentence where something cannot be used."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainrule.web.form_fields import Typed, local_text, moment_of, told_moment

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("2027-01-18T09:30", datetime(2027, 1, 18, 8, 30, tzinfo=UTC)),
        ("2027-07-18T09:30", datetime(2027, 7, 18, 7, 30, tzinfo=UTC)),
        ("2027-10-31T02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # twice; the first
        ("2027-01-18T09:30:59", datetime(2027, 1, 18, 8, 30, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_the_zone(typed: str, there: datetime) -> None:
    assert moment_of(typed, BERLIN) == there


@pytest.mark.parametrize("typed", ["2027-03-28T02:30", "", "tomorrow", "2027-01-18T09:30+01:00", "0001-01-01T00:00"])
def test_what_is_no_time_there_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="write a"):
        moment_of(typed, BERLIN)


def test_a_time_that_was_left_alone_stays_the_second_of_two() -> None:
    second = datetime(2027, 10, 31, 1, 30, 17, tzinfo=UTC)
    typed = Typed({"due": local_text(second, BERLIN)})
    assert typed.moment("due", BERLIN, before=second) == second
    assert typed.moment("due", BERLIN) != second


def test_a_time_is_told_with_its_zone() -> None:
    assert told_moment(datetime(2027, 1, 18, 8, 30, tzinfo=UTC), BERLIN) == "Mon 18 Jan 2027, 09:30 CET"


@given(st.text())
def test_anything_typed_gives_a_value_or_a_sentence(text: str) -> None:
    typed = Typed({"a": text})
    assert (1 <= typed.number("a", 1, 10) <= 10) and isinstance(typed.whole("a", 1, 10), int)
    typed.moment("a", BERLIN)
    typed.text("a", "something")
    typed.choice("a", ("x",), "x")
    assert all(says.endswith(".") for says in typed.faults.values())


@pytest.mark.parametrize("typed", ["", "nan", "inf", "1e999", "0.9", "10.1", "1,5,2", "ten"])
def test_numbers_out_of_bounds_are_refused(typed: str) -> None:
    found = Typed({"a": typed})
    found.number("a", 1, 10)
    assert "a number from 1 to 10" in found.faults["a"]


def test_a_comma_is_a_point() -> None:
    found = Typed({"a": "1,25"})
    assert found.number("a", 1, 10) == 1.25 and not found.faults
