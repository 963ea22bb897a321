"""Judging in the thread that asks: for tests of pages, and for nothing that strangers reach."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import first, found, put
from chainrule.recording import variant_of
from chainrule.web.judged import finish
from grader.errors import AuthorError

if TYPE_CHECKING:
    from chainrule.grading import Grader
    from chainrule.store.store import Store
    from grader.verdict import Verdict
    from questions.bank import Bank
    from questions.family import Family
    from questions.variant import Part


class InlineJudging:
    """`Judging` with one grader, which is given and stays open."""

    def __init__(self, store: Store, bank: Bank, grader: Grader) -> None:
        self._store, self._bank, self._grader = store, bank, grader
        self._one = Lock()

    def submit(self, job: Job) -> None:
        """Keeps the job and judges it."""
        put(self._store, job)
        with self._one:
            self._hand_in(job) if job.hand_in else self._judge(job)

    def _judge(self, job: Job) -> None:
        item = self._store.item(job.item)
        variant = variant_of(item, self._bank)
        assert variant is not None
        part = next(part for part in variant.parts if part.id == job.part)
        finish(self._store, job, self._grader.grade(part, job.answer), item, variant, part)

    def _hand_in(self, job: Job) -> None:
        from chainrule.classes.rows import change
        from chainrule.examining import again, hand_in, one_by_one

        try:
            running = again(self._store, self._bank, self._store.exam(job.exam))
        except AuthorError:
            return  # it stays as handed in
        judge = one_by_one(self._grader)
        hand_in(self._store, running, judge, "time" if job.hand_in == "time" else "handed-in", job.at)
        change(self._store, Job, {"id": job.id}, state="done")

    def wait(self, id: str, seconds: float) -> Job | None:
        """The job, which is done."""
        return first(self._store, Job, id=id)

    def ahead(self, id: str) -> int:
        """None."""
        return 0

    def waiting(self, learner: str) -> int:
        """Those that an earlier process left."""
        return len(found(self._store, Job, learner=learner, state="waiting"))

    def look(self, learner: str, family: Family, seed: int, part: Part, answer: str, seconds: float) -> Verdict | None:
        """The verdict on an answer that is not kept."""
        with self._one:
            return self._grader.grade(part, answer)

    def healthy(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Nothing to let go of."""
