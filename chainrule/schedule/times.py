"""How long an item takes: expected by its level and kinds, and the learner's own pace against that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule.schedule.material import Material
    from chainrule.schedule.reviews import Review

LEVEL_SECONDS: Mapping[int, float] = {1: 60.0, 2: 120.0, 3: 210.0, 4: 360.0, 5: 540.0}
KIND_FACTOR: Mapping[str, float] = {"code": 2.5, "derivation": 2.0, "choice": 0.5, "statements": 0.8, "ordering": 0.8}
FURTHER_PART = 0.6  # of the time of a first part: the question is read by then
LEVEL = 2  # of a family that the bank no longer has
ENOUGH = 3  # timed items, from which on the learner's own pace counts
ANY = 0  # the key of a pace that holds for levels without one of their own


def expected_seconds(level: int, kinds: Sequence[str]) -> float:
    """Seconds for an item of that level with parts of these kinds; 0 without parts.

    The figures are a judgement, not measured: they hold until there are times of the learner's own.
    """
    factors = sorted((KIND_FACTOR.get(kind, 1.0) for kind in kinds), reverse=True)
    shares = (factor if place == 0 else factor * FURTHER_PART for place, factor in enumerate(factors))
    return LEVEL_SECONDS.get(level, LEVEL_SECONDS[LEVEL]) * sum(shares)


def pace(reviews: Sequence[Review]) -> dict[int, float]:
    """The learner's median time over the expected one by level, and of all levels under 0; 2 is twice as slow.

    A level with fewer than three timed items has none of its own.
    """
    ratios: dict[int, list[float]] = defaultdict(list)
    for review in reviews:
        if review.seconds > 0 and review.expected > 0:
            for level in (ANY, review.level):
                ratios[level].append(review.seconds / review.expected)
    return {level: median(found) for level, found in sorted(ratios.items()) if len(found) >= ENOUGH}


def minutes_for(material: Material, paces: Mapping[int, float]) -> float:
    """Minutes that an item of the family takes at that pace."""
    return material.seconds * paces.get(material.level, paces.get(ANY, 1.0)) / 60
