"""Where a learner stands: the log of the store as reviews and cards, with the settings that were made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from chainrule.dates import date_of
from chainrule.schedule.cards import Card, cards_of
from chainrule.schedule.course_order import shipped_order
from chainrule.schedule.material import Material, materials
from chainrule.schedule.plan import Day, Plan, plan, today
from chainrule.schedule.planned import Planned
from chainrule.schedule.queue import queue
from chainrule.schedule.reviews import Review, reviews_of
from chainrule.schedule.settings import Settings
from chainrule.schedule.times import pace
from chainrule.store.records import ME, Judged
from questions.prerequisites import shipped_prerequisites

if TYPE_CHECKING:
    from chainrule.store.store import Store
    from questions.bank import Bank

EXAM, TOPICS, MINUTES, BEGAN = "exam", "topics", "minutes-a-day", "began"
"""Names of settings: the day of the exam, its topics, minutes a day, and the day when the date was set."""
USUAL_MINUTES = 40.0
NINE = time(9)  # when an exam begins, as far as a plan is concerned


@dataclass(frozen=True)
class Standing:
    """at: now, in the learner's own zone. families: in the order of the course. exam: its time, None without one."""

    at: datetime
    judged: tuple[Judged, ...]
    reviews: tuple[Review, ...]
    cards: Mapping[str, Card]
    families: tuple[Material, ...]
    exam: datetime | None
    topics: tuple[str, ...]
    minutes_a_day: float
    began: datetime | None

    @property
    def settings(self) -> Settings:
        """What queue and plan need to know of the learner."""
        return Settings(
            topics=self.topics, exam=self.exam, pace=pace(self.reviews), prerequisites=shipped_prerequisites()
        )

    def today(self) -> Day | None:
        """Today in the plan up to the exam, for less work than the whole plan; None without an exam ahead."""
        if self.exam is None or self.exam <= self.at:
            return None
        return today(self.reviews, self.at, self.exam, minutes_a_day=self.minutes_a_day, began=self.began)

    def plan(self, seed: int = 0) -> Plan | None:
        """The plan up to the exam; None without one ahead."""
        if self.exam is None or self.exam <= self.at:
            return None
        return plan(
            self.cards, self.families, self.at, self.exam, minutes_a_day=self.minutes_a_day,
            topics=self.topics or None, settings=self.settings, reviews=self.reviews, began=self.began, seed=seed,
        )  # fmt: skip

    def queue(self, minutes: float, topics: Sequence[str] = (), seed: int = 0) -> tuple[Planned, ...]:
        """What to practise in about so many minutes, by what is due and new."""
        settings = replace(self.settings, topics=tuple(topics) or self.topics)
        return queue(self.cards, self.families, self.at, minutes=minutes, settings=settings, seed=seed)


def standing(store: Store, bank: Bank, at: datetime, learner: str = ME, *, hidden: Collection[str] = ()) -> Standing:
    """Where the learner stands at `at`, which has the learner's own zone. hidden: exams that are left out."""
    families = course(bank)
    judged = tuple(one for one in store.judged(learner) if one.item.exam not in hidden)
    reviews = reviews_of(judged, levels(families))
    return with_settings(store, at, learner, judged=judged, reviews=reviews, cards=cards_of(reviews), families=families)


def course(bank: Bank) -> tuple[Material, ...]:
    """The families of the bank, in the order of the course."""
    return shipped_order(materials(bank))


def levels(families: Sequence[Material]) -> dict[str, int]:
    """The level of each family."""
    return {one.family: one.level for one in families}


def with_settings(
    store: Store,
    at: datetime,
    learner: str,
    *,
    judged: tuple[Judged, ...],
    reviews: tuple[Review, ...],
    cards: Mapping[str, Card],
    families: tuple[Material, ...],
) -> Standing:
    """A standing of what is known already, with the learner's settings of now."""
    exam, began = store.setting(EXAM, learner), store.setting(BEGAN, learner)
    topics, minutes = store.setting(TOPICS, learner), store.setting(MINUTES, learner)
    return Standing(
        at=at,
        judged=judged,
        reviews=reviews,
        cards=cards,
        families=families,
        exam=datetime.combine(date_of(exam), NINE, at.tzinfo) if exam else None,
        topics=tuple(topics.split()) if topics else (),
        minutes_a_day=float(minutes) if minutes else USUAL_MINUTES,
        began=datetime.combine(date_of(began), time(0), at.tzinfo) if began else None,
    )
