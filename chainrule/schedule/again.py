"""Repetition within a session: what failed comes again a few places later, with fresh values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chainrule.schedule.planned import Planned, variant_seed
from chainrule.schedule.rating import PASS
from chainrule.schedule.reviews import Review

SLACK = 2  # places further back, to keep topics apart


def again_today(review: Review) -> bool:
    """True where the item failed, so that the family should come again in this session."""
    return review.score < PASS


def put_again(rest: Sequence[Planned], failed: Planned, *, places: int, seed: int) -> tuple[Planned, ...]:
    """What is left of a queue, with the family that failed after `places` others, or at the end of a shorter rest.

    Up to two places later where it would touch its own topic. A family that already waits in the rest stays there.
    """
    rest = tuple(rest)
    if any(one.family == failed.family for one in rest):
        return rest
    tries = range(min(places, len(rest)), min(places + SLACK, len(rest)) + 1)
    place = next((place for place in tries if not _touches(rest, place, failed.topic)), tries[0])
    fresh = replace(failed, reason="failed before", seed=variant_seed(failed.family, failed.seed + 1, seed))
    return (*rest[:place], fresh, *rest[place:])


def _touches(rest: Sequence[Planned], place: int, topic: str) -> bool:
    return any(one.topic == topic for one in rest[max(0, place - 1) : place + 1])
