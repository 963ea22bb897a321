"""How long items take."""

from __future__ import annotations

import pytest
from schedule_samples import START, material, review

from chainrule.schedule.material import materials
from chainrule.schedule.times import expected_seconds, minutes_for, pace


def test_expected_seconds_grow_with_level_and_parts() -> None:
    assert expected_seconds(2, ["formula"]) == 120
    assert expected_seconds(3, ["choice", "code"]) == pytest.approx(210 * (2.5 + 0.6 * 0.5))
    assert expected_seconds(1, []) == 0
    levels = [expected_seconds(level, ["number"]) for level in (1, 2, 3, 4, 5)]
    assert levels == sorted(set(levels))


def test_pace_is_the_median_of_own_time_over_expected_from_three_items_on() -> None:
    timed = [review("a.b", START, seconds=seconds) for seconds in (60.0, 120.0, 600.0, 0.0)]
    assert pace(timed) == {0: 1.0, 2: 1.0}
    assert pace(timed[:2]) == {}


def test_minutes_are_by_the_pace_of_the_level_or_of_all_or_the_usual_one() -> None:
    one = material("a.b", level=3, seconds=300)
    assert [minutes_for(one, paces) for paces in ({3: 2.0, 0: 1.5}, {0: 1.5}, {})] == [10.0, 7.5, 5.0]


def test_every_family_of_the_bank_takes_some_time_and_has_marks() -> None:
    from questions.bank import load_bank

    found = materials(load_bank())
    assert len(found) > 500
    assert [one.family for one in found if not (10 <= one.seconds <= 3600 and one.marks > 0 and one.course)] == []
