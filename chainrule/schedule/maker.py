"""Planned items of families, for one learner at one time."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from chainrule.schedule.cards import Card, retrievability
from chainrule.schedule.course_order import Step, steps
from chainrule.schedule.exam_day import before_exam
from chainrule.schedule.gain import marks_gain
from chainrule.schedule.material import Material
from chainrule.schedule.planned import Planned, Reason, variant_seed
from chainrule.schedule.settings import Settings
from chainrule.schedule.times import minutes_for

ALIKE = 0.01  # recall that differs by less is taken as the same, and chance decides


class Maker:
    """Makes planned items, and ranks families for it. families: of the bank; cards of others are never looked at."""

    def __init__(self, cards: Mapping[str, Card], at: datetime, settings: Settings, seed: int) -> None:
        self.cards, self.at, self.settings, self.seed = cards, at, settings, seed

    def wanted(self, families: Iterable[Material]) -> list[Material]:
        """The families of the chosen topics."""
        return [one for one in families if not self.settings.topics or one.topic in self.settings.topics]

    def steps(self, families: Sequence[Material]) -> tuple[Step, ...]:
        """The unseen families of the chosen topics in their order, weak prerequisites before them."""
        needs, weak_below = self.settings.prerequisites, self.settings.weak_below
        wanted = self.wanted(families)
        return steps(families, self.cards, self.at, wanted=wanted, needs=needs, weak_below=weak_below)

    def due(self, families: Iterable[Material]) -> list[Material]:
        """The seen families that are due today, least recall first; chance decides between those alike."""
        rng = random.Random(f"queue:{self.seed}")
        found = [(one, self._recall(one), rng.random()) for one in self.wanted(families) if self._is_due(one)]
        return [one for one, _, _ in sorted(found, key=lambda entry: (entry[1] // ALIKE, entry[2]))]

    def by_gain(self, families: Iterable[Material], exam: datetime) -> list[Planned]:
        """The seen families of the chosen topics, not met today, that add to the exam; most marks per minute first."""
        rested = [one for one in self.wanted(families) if one.family in self.cards and not self.met_today(one)]
        gains = {one.family: marks_gain(one, self.cards[one.family], self.at, exam) for one in rested}
        planned = [self.planned(one, self.reason(one, "gain")) for one in rested if gains[one.family] > 0]
        return sorted(planned, key=lambda one: (-gains[one.family] / max(one.minutes, 0.1), one.family))

    def met_today(self, one: Material) -> bool:
        """True where the family was practised on the day of `at`."""
        card = self.cards.get(one.family)
        return card is not None and self._day(card.last) == self.at.date()

    def reason(self, one: Material, otherwise: Reason) -> Reason:
        """That it failed before, where it was forgotten last time."""
        return "failed before" if self.cards[one.family].streak == 0 else otherwise

    def step(self, step: Step) -> Planned:
        """A family that is new, or repeated as a weak prerequisite."""
        return self.planned(step.material, "weak prerequisite" if step.weak else "new")

    def planned(self, one: Material, reason: Reason) -> Planned:
        """The family with its minutes, its recall now, and the seed of a fresh variant."""
        card = self.cards.get(one.family)
        minutes = minutes_for(one, self.settings.pace)
        seed = variant_seed(one.family, card.reviews if card else 0, self.seed)
        return Planned(one.family, one.topic, reason, minutes, self._recall(one), seed)

    def _recall(self, one: Material) -> float:
        card = self.cards.get(one.family)
        return retrievability(card, self.at) if card else 0.0

    def _is_due(self, one: Material) -> bool:
        card = self.cards.get(one.family)
        return card is not None and self._day(before_exam(card, self.settings.exam, self.at).due) <= self.at.date()

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.at.tzinfo).date()
