"""The plan up to an exam: what to practise today so that the exam's day finds most, and how far behind one is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from chainrule.schedule.cards import Card
from chainrule.schedule.exam_day import days_left, last_day
from chainrule.schedule.maker import Maker
from chainrule.schedule.material import Material
from chainrule.schedule.planned import Planned, fill
from chainrule.schedule.queue import in_turn
from chainrule.schedule.reviews import Review
from chainrule.schedule.settings import Settings
from chainrule.schedule.times import minutes_for

NOTHING = Settings()


@dataclass(frozen=True)
class Day:
    """What a day before the exam asks for; the fields are those of `Plan`."""

    days: int
    target: float
    practised: float
    behind: float


@dataclass(frozen=True)
class Plan:
    """days: left, today counted. target: minutes for today, with what is behind spread over the days left.

    practised: minutes today. behind: minutes that the days from the plan's beginning up to today should have had and
    did not; negative: ahead. needed: minutes to see every unseen family once; fits: that they fit before the last day.
    today: what to practise in what is left of the target. last: the weakest families, as many as fit the last day.
    """

    days: int
    target: float
    practised: float
    behind: float
    needed: float
    fits: bool
    unseen: int
    today: tuple[Planned, ...]
    last: tuple[str, ...]


def plan(
    cards: Mapping[str, Card],
    families: Sequence[Material],
    at: datetime,
    exam: datetime,
    *,
    minutes_a_day: float,
    topics: Sequence[str] | None = None,
    settings: Settings = NOTHING,
    reviews: Sequence[Review] = (),
    began: datetime | None = None,
    seed: int = 0,
) -> Plan:
    """The plan at `at`: coverage first, then what adds most to the exam per minute; the last day is for the weakest.

    families: in the order of the course. topics: of the exam, None for those of the settings. reviews: the log; its
    minutes count from the day of `began` on, which is today where that is None, so that nothing is behind from before.
    Days are those of the zone of `at`. On the exam's day there is still something for today, after the exam nothing.
    """
    chosen = settings.topics if topics is None else tuple(topics)
    make = Maker(cards, at, replace(settings, topics=chosen, exam=exam), seed)
    over = at >= exam
    day = today(reviews, at, exam, minutes_a_day=minutes_a_day, began=began)
    left = max(0.0, day.target - day.practised)
    unseen = [one for one in make.wanted(families) if one.family not in cards]
    needed = sum(minutes_for(one, settings.pace) for one in unseen)
    room = left + minutes_a_day * (day.days - 2)  # up to the evening before the last day
    return Plan(
        **vars(day),
        needed=needed,
        fits=needed <= room,
        unseen=len(unseen),
        today=_today(make, families, exam, minutes=left, room=room),
        last=tuple(one.family for one in fill(_weakest(make, families, exam), 0.0 if over else minutes_a_day)),
    )


def today(
    reviews: Sequence[Review], at: datetime, exam: datetime, *, minutes_a_day: float, began: datetime | None = None
) -> Day:
    """The day of `at` in the plan, without what to practise on it."""
    days = days_left(at, exam)
    practised = minutes_by_day(reviews, at)
    done = practised.get(at.date(), 0.0)
    if at >= exam:
        return Day(days, 0.0, done, 0.0)
    missed = _missed(practised, at, began or at, minutes_a_day)
    return Day(days, max(0.0, minutes_a_day + missed / max(1, days)), done, missed + minutes_a_day - done)


def quick(
    cards: Mapping[str, Card],
    families: Sequence[Material],
    at: datetime,
    exam: datetime,
    *,
    minutes: float = 5.0,
    settings: Settings = NOTHING,
    seed: int = 0,
) -> tuple[Planned, ...]:
    """What adds most to the exam in a few minutes in between: seen families, and only whole items that fit."""
    make = Maker(cards, at, replace(settings, exam=exam), seed)
    chosen, left = list[Planned](), minutes
    for one in make.by_gain(families, exam):
        if one.minutes <= left:
            chosen.append(one)
            left -= one.minutes
    return in_turn(chosen, {})


def minutes_by_day(reviews: Iterable[Review], at: datetime) -> dict[date, float]:
    """The minutes of practice of each day, in the zone of `at`."""
    found: dict[date, float] = defaultdict(float)
    for review in reviews:
        found[review.at.astimezone(at.tzinfo).date()] += review.seconds / 60
    return dict(found)


def _missed(practised: Mapping[date, float], at: datetime, began: datetime, minutes_a_day: float) -> float:
    """Minutes that the days before today should have had and did not."""
    today, start = at.date(), began.astimezone(at.tzinfo).date()
    had = sum(minutes for day, minutes in practised.items() if start <= day < today)
    return minutes_a_day * max(0, (today - start).days) - had


def _today(
    make: Maker, families: Sequence[Material], exam: datetime, *, minutes: float, room: float
) -> tuple[Planned, ...]:
    """What to practise now, topics alternating."""
    gains = make.by_gain(families, exam)
    if days_left(make.at, exam) <= 1:  # the gain is then what is forgotten: the weakest, with most marks per minute
        last = (replace(one, reason="last day") for one in gains)
        return in_turn(fill(last, minutes), {})
    steps = make.steps(families)
    new = coverage([make.step(step) for step in steps], {one.family: one.marks for one in families}, room)
    first = list(fill(new, minutes))
    met = {one.family for one in first}
    others = (one for one in gains if one.family not in met)
    chosen = [*first, *fill(others, minutes - sum(one.minutes for one in first))]
    return in_turn(chosen, {step.material.family: step.after for step in steps})


def coverage(new: Sequence[Planned], marks: Mapping[str, float], room: float) -> list[Planned]:
    """The items to cover in `room` minutes, in their order: all, or those with most marks per minute."""
    if sum(one.minutes for one in new) <= room:
        return list(new)
    ranked = sorted(new, key=lambda one: (-marks[one.family] / max(one.minutes, 0.1), one.family))
    kept = {one.family for one in fill(ranked, room)}
    return [one for one in new if one.family in kept]


def _weakest(make: Maker, families: Sequence[Material], exam: datetime) -> list[Planned]:
    """The seen families, weakest on the exam's day first."""
    by_id = {one.family: one for one in make.wanted(families) if one.family in make.cards}
    known = {id: make.cards[id] for id in by_id}
    weakest = [by_id[id] for id in last_day(known, make.at, exam, len(known))]
    return [make.planned(one, "last day") for one in weakest]
