"""Deciding about answers that students think are right."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule.store.queries import insert
from chainrule.store.records import Decision, Judged, Regrading
from chainrule.store.tables import DECISIONS
from questions.bank import files_of, shipped_folder

if TYPE_CHECKING:
    from chainrule.store.appealed import Appealed
    from chainrule.store.records import Item
    from chainrule.store.store import Store

TEXTS = frozenset({"formula", "derivation", "integer", "number", "shape"})  # what is read the same is the same


class Decided(Exception):
    """Somebody has decided about the appeal meanwhile."""


@dataclass(frozen=True)
class Reach:
    """Whose answers somebody may decide about: the learners', but for these exams, which others decide about."""

    learners: Collection[str]
    elsewhere: Collection[str] = ()

    def covers(self, item: Item) -> bool:
        """Whether answers to that item are among them."""
        return item.learner in self.learners and item.exam not in self.elsewhere


def appeals_of(store: Store, reach: Reach, *, open_only: bool = True) -> tuple[Appealed, ...]:
    """The appeals within reach, in the order of time."""
    return tuple(one for one in store.appeals(open_only=open_only) if reach.covers(one.judged.item))


def same_answers(store: Store, about: Judged, reach: Reach) -> tuple[Judged, ...]:
    """The other answers within reach that say the same to the same question with the same values."""
    item, attempt = about.item, about.attempt
    return tuple(
        one
        for one in store.judged(None, family=item.family)
        if one.attempt.id != attempt.id
        and reach.covers(one.item)
        and (one.item.values, one.attempt.part) == (item.values, attempt.part)
        and _same(one, about)
    )


def _same(one: Judged, other: Judged) -> bool:
    if one.attempt.answer.split() == other.attempt.answer.split():
        return True
    read = one.attempt.reading
    return one.attempt.kind in TEXTS and bool(read) and read == other.attempt.reading


def accept(store: Store, one: Appealed, says: str, *, score: float, others: Sequence[Judged] = ()) -> int:
    """How many answers are worth more now: the appealed one has that share of its marks, and so have the others.

    All is kept, or nothing. Raises Decided.
    """
    raised = [judged for judged in (one.judged, *others) if judged.score < score]
    _decide(store, Decision(one.appeal.id, True, says), [_regrading(judged, score, says) for judged in raised])
    return len(raised)


def decline(store: Store, one: Appealed, says: str) -> None:
    """The verdict stands. Raises Decided."""
    _decide(store, Decision(one.appeal.id, False, says), [])


def _decide(store: Store, decision: Decision, regradings: Sequence[Regrading]) -> None:
    with store.writing() as connection:
        before = DECISIONS.select().where(DECISIONS.c["appeal"] == decision.appeal)
        if connection.execute(before).first() is not None:
            raise Decided
        insert(connection, [decision, *regradings])


def _regrading(judged: Judged, score: float, says: str) -> Regrading:
    outcome = "right" if score >= 1.0 else "partial"
    return Regrading(judged.attempt.id, judged.item.version, outcome, score, reason=says)


def own_file(family: str, folders: Sequence[Path]) -> Path | None:
    """The question's file, where a further right answer may be written to it: in a bank of the server's own."""
    found = [path for path in files_of(family, folders) if not path.is_relative_to(shipped_folder())] if folders else []
    writable = len(found) == 1 and os.access(found[0], os.W_OK) and os.access(found[0].parent, os.W_OK)
    return found[0] if writable else None
