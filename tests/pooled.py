"""Judging in the background for tests: a small bank, answers to it, and pools that start at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from worker_tricks import TrickedWorker, begun

from chainrule.classes.records import Job
from chainrule.classes.records import Lane as LaneName
from chainrule.recording import item_of
from chainrule.store.records import Item
from chainrule.store.store import Store
from chainrule.web.judged import verdict_of_job
from chainrule.web.lanes import Lane
from chainrule.web.local_worker import LocalWorker
from chainrule.web.pool import PoolJudging
from chainrule.web.variants import Variants
from questions.bank import Bank, load_bank

TWICE = """
title: Twice
course: [supervised.gradient-descent]
level: 2
source: "nobody"
draw: {n: {integer: [3, 90]}}
prompt: What is twice {n}?
answer: {integer: "2*n"}
"""
SECONDS = 30.0  # more than anything here takes; a wait for so long is a failure


def small_bank(folder: Path) -> Bank:
    """A bank of one question, whose answer is twice a number."""
    (folder / "bank" / "up").mkdir(parents=True, exist_ok=True)
    (folder / "bank" / "up" / "twice.yaml").write_text(TWICE)
    return load_bank([folder / "bank"])


@contextmanager
def pool(store: Store, bank: Bank, *, limit: float = SECONDS, patience: float = 0.0) -> Iterator[PoolJudging]:
    """A pool of one worker for each kind, which know the answers of `worker_tricks`."""
    names: tuple[LaneName, ...] = ("quick", "code")
    lanes = {name: Lane(TrickedWorker, workers=1, limit=limit) for name in names}
    judging = PoolJudging(store, bank, Variants(bank), lanes, patience)
    try:
        yield judging
    finally:
        judging.close()


@dataclass(frozen=True)
class Question:
    """A question that was asked. right: its answer."""

    item: Item
    right: str

    def job(self, answer: str, *, learner: str = "me", lane: LaneName = "quick") -> Job:
        """An answer to it, not sent yet."""
        return Job(lane, learner, self.item.id, "a", answer)


def ask(store: Store, bank: Bank, seed: int = 1) -> Question:
    """A question of the small bank, kept as asked."""
    variant = bank.family("up.twice").draw(seed)
    item = item_of(variant, "practice")
    store.add(item)
    return Question(item, variant.parts[0].answer_text)


def wait_until_judged(path: Path) -> None:
    """Returns when an answer that waits for that path is being judged."""
    until = time.monotonic() + SECONDS
    while not begun(path).exists():
        assert time.monotonic() < until
        time.sleep(0.002)


def outcome(judging: PoolJudging, job: Job) -> str:
    """What became of a job, in one word; waits for it."""
    found = judging.wait(job.id, SECONDS)
    verdict = verdict_of_job(found) if found else None
    return verdict.outcome.value if verdict else "none"


def attempts(store: Store) -> dict[str, str]:
    """The outcome of each attempt, by its id; there is none twice."""
    judged = store.judged()
    assert len({one.attempt.id for one in judged}) == len(judged)
    return {one.attempt.id: one.outcome for one in judged}


def workers(judging: PoolJudging) -> list[LocalWorker]:
    """The processes of a pool."""
    found = [worker for lane in judging._lanes.values() for worker in lane.workers()]
    assert all(isinstance(worker, LocalWorker) for worker in found)
    return [worker for worker in found if isinstance(worker, LocalWorker)]
