"""Families, reviews and cards for the tests of the schedule, and strategies of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from chainrule.schedule.cards import Card
from chainrule.schedule.material import Material
from chainrule.schedule.reviews import Review

START = datetime(2026, 3, 2, 18, tzinfo=UTC)
TOPICS = ("layers", "convolution", "recurrent")


def day(days: float) -> datetime:
    """So many days after the start."""
    return START + timedelta(days=days)


def material(
    family: str, *, level: int = 2, marks: float = 1.0, seconds: float = 120.0, course: Sequence[str] = ()
) -> Material:
    """A family; its topic is the first word of its id."""
    return Material(family, family.partition(".")[0], level, marks, seconds, tuple(course))


def bank(count: int = 8, topics: Sequence[str] = TOPICS) -> tuple[Material, ...]:
    """So many families of each topic, of two to six minutes, in the order of the topics."""
    return tuple(material(f"{topic}.q{i}", seconds=120.0 * (1 + i % 3)) for topic in topics for i in range(count))


def review(family: str, at: datetime, score: float = 1.0, *, hints: int = 0, seconds: float = 100.0) -> Review:
    """A review of a family that is expected to take 120 seconds."""
    return Review(family, family.partition(".")[0], at, score, hints, seconds, expected=120.0)


def card(family: str, *, due: datetime, last: datetime, stability: float = 5.0, score: float = 1.0) -> Card:
    """A card that was reviewed twice and never forgotten."""
    return Card(family, due, stability, 5.0, last, reviews=2, lapses=0, streak=2, score=score)


@st.composite
def logs(draw: st.DrawFn, max_size: int = 40) -> list[Review]:
    """Reviews of the families of `bank()`, and of one that no bank has, over 30 days."""
    names = [one.family for one in bank()] + ["layers.gone"]
    return [
        review(
            draw(st.sampled_from(names)),
            day(draw(st.integers(0, 30 * 24)) / 24),
            draw(st.sampled_from((0.0, 0.25, 0.5, 0.75, 1.0))),
            hints=draw(st.integers(0, 1)),
            seconds=draw(st.sampled_from((0.0, 40.0, 100.0, 400.0))),
        )
        for _ in range(draw(st.integers(0, max_size)))
    ]
