"""What a learner is told at the start: appeals that were decided, answers that were judged anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from chainrule.store.records import ME, Setting, now
from chainrule.wording import counted

if TYPE_CHECKING:
    from chainrule.store.store import Store

TOLD, JUDGED_ANEW = "told", "judged-anew"


def news(store: Store, learner: str = ME) -> tuple[str, ...]:
    """What is new since the learner was last told, in sentences; it counts as told from now on."""
    at = now()  # before the store is read: what is decided meanwhile is told next time
    last = store.setting(TOLD, learner)
    since = datetime.fromisoformat(last) if last else None
    anew = sum(judged.regraded for judged in store.judged(learner))
    before = int(store.setting(JUDGED_ANEW, learner) or 0)
    lines = [*_decided(store, learner, since)]
    if anew > before:
        lines.append(
            f"{counted(anew - before, 'answer')} of yours were judged anew; your progress counts the new verdicts."
        )
    if lines or last is None:
        store.add(Setting(TOLD, at.isoformat(), learner), Setting(JUDGED_ANEW, str(anew), learner))
    return tuple(lines)


def _decided(store: Store, learner: str, since: datetime | None) -> Iterator[str]:
    for one in store.appeals(open_only=False):
        decision, item = one.decision, one.judged.item
        if decision is None or item.learner != learner or (since is not None and decision.at <= since):
            continue
        what = "You were right" if decision.accepted else "The verdict stands"
        yield f"{what} about {item.family}, part {one.judged.attempt.part}: {decision.says}"
