"""Why a part may be at fault itself, rather than the class: what an instructor looks at first."""

from __future__ import annotations

from collections.abc import Iterator

from chainrule.statistics.answers import NOT_JUDGED
from chainrule.statistics.items import ItemFigures
from chainrule.statistics.reliability import Reliability

SILENT_SHARE = 0.1  # of those asked, left without a verdict
UNREAD_SHARE = 0.2  # of those who answered, whose answer could not be read
FEWEST = 5  # answers, from which shares of them are told
RISE = 0.05  # of alpha without the part


def doubts(one: ItemFigures, found: Reliability) -> tuple[str, ...]:
    """Sentences, what weighs most first; () where nothing speaks against the part. found: of the whole test."""
    return tuple(_doubts(one, found))


def _doubts(one: ItemFigures, found: Reliability) -> Iterator[str]:
    if one.discrimination is not None and one.discrimination.high < 0:
        yield "Who did well elsewhere did worse here: look at the key, and at what the question says."
    elif one.discrimination is not None and one.discrimination.value <= 0:
        yield "Who did well elsewhere did no better here."
    right, most = one.outcomes.get("right", 0), next(iter(one.mistakes), None)
    if most is not None and most.times >= FEWEST and most.times > right:
        yield f"More made one mistake ({most.times}) than were right ({right})."
    without = sum(one.outcomes.get(outcome, 0) for outcome in NOT_JUDGED)
    if without and without >= SILENT_SHARE * one.asked:
        yield f"{without} of {one.asked} have no verdict, which is nothing of theirs."
    unread = one.outcomes.get("unreadable", 0)
    if one.answered >= FEWEST and unread >= UNREAD_SHARE * one.answered:
        yield f"{unread} of {one.answered} answers could not be read: look at what came, and at how it is asked for."
    rest = dict(found.without).get(one.item)
    if found.alpha is not None and rest is not None and rest > found.alpha.value + RISE:
        yield f"Without it α would rise from {_decimals(found.alpha.value)} to {_decimals(rest)}."


def _decimals(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
