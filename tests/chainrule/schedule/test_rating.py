"""The rating of a review: its table, and that it never falls as the score rises."""

from __future__ import annotations

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st
from schedule_samples import START, review

from chainrule.schedule.rating import rating

TABLE = [  # score, hints, seconds of 120 expected, rating
    (0.0, 0, 60, Rating.Again),
    (0.49, 0, 60, Rating.Again),
    (0.5, 0, 60, Rating.Hard),
    (0.9, 0, 60, Rating.Hard),
    (1.0, 1, 60, Rating.Hard),
    (1.0, 0, 241, Rating.Hard),
    (1.0, 0, 240, Rating.Good),
    (1.0, 0, 73, Rating.Good),
    (1.0, 0, 72, Rating.Easy),
    (1.0, 0, 0, Rating.Good),  # no time was taken
    (1 / 3 + 1 / 3 + 1 / 3, 0, 100, Rating.Good),
]


@pytest.mark.parametrize(("score", "hints", "seconds", "expected"), TABLE)
def test_rating_is_that_of_the_table(score: float, hints: int, seconds: float, expected: Rating) -> None:
    assert rating(review("layers.a", START, score, hints=hints, seconds=seconds)) == expected


@given(scores=st.tuples(st.floats(0, 1), st.floats(0, 1)), hints=st.integers(0, 3), seconds=st.floats(0, 1000))
def test_rating_never_falls_as_the_score_rises(scores: tuple[float, float], hints: int, seconds: float) -> None:
    low, high = (rating(review("layers.a", START, score, hints=hints, seconds=seconds)) for score in sorted(scores))
    assert low <= high
