"""The queue: what to practise today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from chainrule.schedule.cards import Card
from chainrule.schedule.interleaving import Entry, interleaved
from chainrule.schedule.maker import Maker
from chainrule.schedule.material import Material
from chainrule.schedule.planned import Planned, fill
from chainrule.schedule.settings import Settings


def queue(
    cards: Mapping[str, Card],
    families: Sequence[Material],
    at: datetime,
    *,
    minutes: float,
    settings: Settings,
    seed: int,
) -> tuple[Planned, ...]:
    """What to practise in about `minutes`: due families, least recall first, then new ones in the order of the course.

    families: in the order of the course; cards of others are left out. What is due on the day of `at`, in its own zone,
    counts as due. A share of the minutes is kept for new families, else reviews would crowd them out in a large bank.
    Topics alternate where they can, no family comes twice. The same for the same arguments.
    """
    make = Maker(cards, at, settings, seed)
    due = [make.planned(one, make.reason(one, "due")) for one in make.due(families)]
    is_due = {one.family for one in due}
    steps = make.steps(families)
    new = [make.step(step) for step in steps if step.material.family not in is_due]
    chosen = _shared(due, new, minutes, settings.new_share)
    return in_turn(chosen, {step.material.family: step.after for step in steps})


def in_turn(chosen: Iterable[Planned], after: Mapping[str, frozenset[str]]) -> tuple[Planned, ...]:
    """The items in an order in which topics alternate, each after the families that it needs."""
    entries = [Entry(one, one.family, one.topic, after.get(one.family, frozenset())) for one in chosen]
    return interleaved(entries)


def _shared(due: Sequence[Planned], new: Sequence[Planned], minutes: float, share: float) -> list[Planned]:
    """Due items, then new ones; each gets what the other leaves of the minutes."""
    kept = min(share * minutes, sum(one.minutes for one in new))
    first = list(fill(due, minutes - kept))
    second = list(fill(new, minutes - sum(one.minutes for one in first)))
    spent = sum(one.minutes for one in (*first, *second))
    return [*first, *fill(due[len(first) :], minutes - spent), *second]
