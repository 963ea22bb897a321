"""Judging stored answers anew with the keys of today, and saying what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainrule.recording import regrading_of, variant_of
from chainrule.store.keeper import Keeper
from chainrule.store.records import Item, Judged
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.grading import Grader
    from questions.bank import Bank
    from questions.variant import Variant


@dataclass(frozen=True)
class Change:
    """An attempt whose verdict changed."""

    judged: Judged
    verdict: Verdict

    @property
    def gained(self) -> float:
        """The marks that it is worth more, less than 0 where it is worth less."""
        return (self.verdict.score - self.judged.score) * self.judged.attempt.marks


@dataclass(frozen=True)
class Regraded:
    """What came of it. same: unchanged. left: could not be drawn or judged again, so that they stay as they are."""

    changes: tuple[Change, ...]
    same: int
    left: int


def regrade(
    attempts: Sequence[Judged],
    bank: Bank,
    grader: Grader,
    store: Keeper | None,
    *,
    reason: str,
    each: Callable[[int, int], None] = lambda done, total: None,
) -> Regraded:
    """Judges the attempts anew and keeps what changed, one record for each; store: None to keep nothing.

    An attempt whose question is gone, draws other values by now or breaks is left as it is.
    """
    changes: list[Change] = []
    same = left = 0
    variants: dict[str, Variant | None] = {}
    for number, judged in enumerate(attempts, start=1):
        verdict, variant = _judged_anew(judged, bank, grader, variants)
        if verdict is None or variant is None:
            left += 1
        elif (verdict.outcome.value, verdict.score) == (judged.outcome, judged.score):
            same += 1
        else:
            changes.append(Change(judged, verdict))
            if store is not None:
                store.add(regrading_of(judged.attempt, variant, verdict, reason))
        each(number, len(attempts))
    return Regraded(tuple(changes), same, left)


def _judged_anew(
    judged: Judged, bank: Bank, grader: Grader, variants: dict[str, Variant | None]
) -> tuple[Verdict | None, Variant | None]:
    """The verdict of today; None where there is none that could take the old one's place."""
    item: Item = judged.item
    if item.id not in variants:
        variants[item.id] = variant_of(item, bank)
    variant = variants[item.id]
    if variant is None or judged.attempt.part not in {part.id for part in variant.parts}:
        return None, None
    verdict = grader.grade(variant.part(judged.attempt.part), judged.attempt.answer)
    settled = verdict.outcome not in {Outcome.FAULT, Outcome.UNDECIDED}
    return (verdict if settled else None), variant
