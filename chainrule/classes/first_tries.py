"""The answers that say what somebody knew: the first try at each part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from grader.verdict import Outcome

if TYPE_CHECKING:
    from chainrule.store.records import Judged

Key = tuple[str, str, str]  # learner, family, part


def is_try(one: Judged) -> bool:
    """Whether the answer was a try: judged, or unreadable where it could not be typed again.

    In practice what cannot be read costs nothing; what was not decided costs nothing anywhere.
    """
    outcome = Outcome(one.outcome)
    return outcome.costs_attempt or (outcome is Outcome.UNREADABLE and one.item.mode != "practice")


def first_tries(judged: Iterable[Judged]) -> dict[Key, Judged]:
    """The first try of each learner at each part; where there was none, the first answer. judged: in time's order."""
    found: dict[Key, Judged] = {}
    for one in judged:
        key = (one.item.learner, one.item.family, one.attempt.part)
        if key not in found or (is_try(one) and not is_try(found[key])):
            found[key] = one
    return found
