"""What a learner is told at the start: appeals that were decided, answers that were judged anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from string import ascii_lowercase
from typing import TYPE_CHECKING

from chainrule.store.records import ME, Setting, now
from chainrule.store.sizes import regraded
from chainrule.wording import counted

if TYPE_CHECKING:
    from chainrule.store.records import Judged
    from chainrule.store.store import Store
    from questions.bank import Bank

TOLD, JUDGED_ANEW = "told", "judged-anew"


@dataclass(frozen=True)
class News:
    """lines: what is new, in sentences. until: the time up to which that is so. anew: answers judged anew in all."""

    lines: tuple[str, ...]
    until: datetime
    anew: int
    first: bool = False


def news(store: Store, bank: Bank, learner: str = ME) -> tuple[str, ...]:
    """What is new since the learner was last told, in sentences; it counts as told from now on."""
    found = untold(store, bank, learner)
    if found.lines or found.first:
        told(store, found.until, found.anew, learner)
    return found.lines


def untold(store: Store, bank: Bank, learner: str = ME) -> News:
    """What is new since the learner was last told; it stays so until `told` is called.

    bank: gives questions their titles; one that is no longer in it is told of by its id.
    """
    at = now()  # before the store is read: what is decided meanwhile is told next time
    last = store.setting(TOLD, learner)
    since = datetime.fromisoformat(last) if last else None
    anew = regraded(store, learner)
    before = int(store.setting(JUDGED_ANEW, learner) or 0)
    lines = [*_decided(store, bank, learner, since)]
    if anew > before:
        were = "was" if anew - before == 1 else "were"
        says = f"{counted(anew - before, 'answer')} of yours {were} judged anew; your progress counts the new verdicts."
        lines.append(says)
    return News(tuple(lines), at, anew, first=last is None)


def told(store: Store, until: datetime, anew: int, learner: str = ME) -> None:
    """Keeps up to when, and up to how many answers judged anew, the learner was told."""
    store.add(Setting(TOLD, until.isoformat(), learner), Setting(JUDGED_ANEW, str(anew), learner))


def _decided(store: Store, bank: Bank, learner: str, since: datetime | None) -> Iterator[str]:
    for one in store.appeals(open_only=False, learner=learner):
        decision = one.decision
        if decision is None or (since is not None and decision.at <= since):
            continue
        what = "You were right" if decision.accepted else "The verdict stands"
        yield f"{what} about {_named(bank, one.judged)}: {decision.says}"


def _named(bank: Bank, judged: Judged) -> str:
    """What was asked, as pages call it: the question's title, and the letter of a part where there are several."""
    family, part = bank.families.get(judged.item.family), judged.attempt.part
    if family is None:
        return f"{judged.item.family}, part {part}"
    ids = [one.id for one, _ in family.parts()]
    return f"“{family.title}”" + (f", part {ascii_lowercase[ids.index(part)]}" if part in ids and len(ids) > 1 else "")
