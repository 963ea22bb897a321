"""Simulated learners, whose memory is known: for tests of the schedule and for `benchmarks/schedule.py`.

Their curve is not the scheduler's: recall after `days` is (1 + days/strength)**(-decay), with a decay between 0.3 and
0.7 (FSRS's is 0.15), and strength grows by the share that was forgotten. They slip, guess, take their own time, and
learn a topic as a whole: what was seen of it helps with what was not.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chainrule.schedule.material import Material
from chainrule.schedule.reviews import Review

AT_SIGHT = {1: 0.6, 2: 0.45, 3: 0.3, 4: 0.2, 5: 0.1}  # level -> chance to master an unseen family from the lectures
LONGEST = 120.0  # days of strength
READ = 0.5  # of the strength, where the solution was read and not found


@dataclass(frozen=True)
class Learner:
    """What a learner is like. talent: added to the chance at first sight; transfer: of a topic wholly seen."""

    decay: float
    first: float  # days of strength after the first meeting
    growth: float  # of strength, by a repetition at which all was forgotten
    slip: float
    guess: float
    half: float  # the chance of half the marks where the method is not known
    talent: float
    transfer: float
    speed: float


@dataclass(frozen=True)
class Trace:
    """A family in memory. strength: in days."""

    strength: float
    last: datetime


Memory = Mapping[str, Trace]


def learner(seed: int) -> Learner:
    """A learner of the usual range, the same for the same seed."""
    rng = random.Random(f"learner:{seed}")
    return Learner(
        decay=rng.uniform(0.3, 0.7),
        first=rng.uniform(1.5, 5.0),
        growth=rng.uniform(2.0, 5.0),
        slip=rng.uniform(0.03, 0.12),
        guess=rng.uniform(0.05, 0.15),
        half=rng.uniform(0.15, 0.35),
        talent=rng.uniform(-0.15, 0.15),
        transfer=rng.uniform(0.05, 0.25),
        speed=rng.uniform(0.7, 1.4),
    )


def recall(who: Learner, trace: Trace, at: datetime) -> float:
    """The true chance that the family is remembered."""
    days = max(0.0, (at - trace.last).total_seconds() / 86400)
    return float((1 + days / trace.strength) ** -who.decay)


def mastery(who: Learner, memory: Memory, one: Material, at: datetime, topic_seen: float) -> float:
    """The chance that the method is known: remembered, or found at sight. topic_seen: share of the topic's families."""
    found = min(max(AT_SIGHT.get(one.level, 0.1) + who.talent + who.transfer * topic_seen, 0.02), 0.95)
    trace = memory.get(one.family)
    if trace is None:
        return found
    remembered = recall(who, trace, at)
    return remembered + (1 - remembered) * found


def expected_score(who: Learner, known: float) -> float:
    """The mean score where the method is known with that chance."""
    return known * (1 - who.slip) + (1 - known) * (who.guess + (1 - who.guess) * who.half / 2)


def score(who: Learner, *, knows: bool, rng: random.Random) -> float:
    """The score of one answer: 1, 0.5 or 0."""
    if knows:
        return 1.0 if rng.random() >= who.slip else 0.0
    if rng.random() < who.guess:
        return 1.0
    return 0.5 if rng.random() < who.half else 0.0


def practised(
    who: Learner, memory: Memory, one: Material, at: datetime, *, topic_seen: float, rng: random.Random
) -> tuple[Review, Trace]:
    """What the log says of an item that is asked at `at`, and the trace it leaves; the solution is read after it."""
    knows = rng.random() < mastery(who, memory, one, at, topic_seen)
    seconds = one.seconds * who.speed * rng.lognormvariate(0.0, 0.35) * (1.0 if knows else 1.4)
    earned = score(who, knows=knows, rng=rng)
    review = Review(one.family, one.topic, at, earned, 0, seconds, one.seconds, level=one.level)
    return review, _trace(who, memory.get(one.family), at, knows=knows)


def exam_score(
    who: Learner, memory: Memory, asked: Sequence[Material], at: datetime, seen: Mapping[str, float], rng: random.Random
) -> float:
    """The share of the marks in an exam. seen: topic -> share of its families that were seen."""
    earned = 0.0
    for one in asked:
        knows = rng.random() < mastery(who, memory, one, at, seen.get(one.topic, 0.0))
        earned += one.marks * score(who, knows=knows, rng=rng)
    return earned / sum(one.marks for one in asked)


def _trace(who: Learner, trace: Trace | None, at: datetime, *, knows: bool) -> Trace:
    """What the item leaves. A solution that was only read leaves less than an answer that was found."""
    if not knows:
        read = who.first * READ
        return Trace(max(read, trace.strength * READ) if trace else read, at)
    if trace is None:
        return Trace(who.first, at)
    grown = trace.strength * (1 + who.growth * (1 - recall(who, trace, at)))
    return Trace(min(LONGEST, max(who.first, grown)), at)
