"""Judging in the background, by processes of its own: how a server judges.

submit ── store ──┬─ one answer ── a lane of its kind ── judged.finish: attempt and job at once
                  └─ an exam ── handing_in ── its parts through the lanes ── verdicts, ending
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, Future
from functools import partial
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from chainrule.classes.records import Job
from chainrule.classes.rows import first, found, put
from chainrule.store.errors import StoreError
from chainrule.store.records import new_id
from chainrule.web import judge_worker
from chainrule.web.answer_job import AnswerJob
from chainrule.web.handing_in import HandingIn, grade_exam
from chainrule.web.lanes import Answer, Lane
from chainrule.web.local_worker import LocalWorker
from chainrule.web.old_jobs import remove_old_jobs
from chainrule.web.open_jobs import OpenJobs
from chainrule.web.samples import samples
from chainrule.web.variants import Variants
from grader.verdict import Verdict

if TYPE_CHECKING:
    from chainrule.classes.records import Lane as LaneName
    from chainrule.exam_places import Place
    from chainrule.store.store import Store
    from chainrule.web.handing_in import Answered
    from questions.bank import Bank
    from questions.family import Family
    from questions.variant import Part

QUICK_LIMIT, CODE_LIMIT = 60.0, 300.0  # seconds; the sandbox and the prover have their own, which are shorter
ALL_EXAMS = " exams"  # no learner: parts of exams share one turn, so that they keep nobody who practises waiting
EXAMS = 8  # that are graded at once; their threads wait for the lanes
PATIENCE = 10.0  # seconds for answers that are judged while the server stops
DAY = 86400.0
log = logging.getLogger(__name__)


def new_judging(
    store: Store, bank: Bank, variants: Variants | None = None, *, quick: int = 1, code: int = 1
) -> PoolJudging:
    """Judging with so many processes for code, and so many for everything else; close it at the end.

    variants: those that the server remembers, so that what was shown is not drawn again.
    """
    lanes: Mapping[LaneName, Lane] = {
        "quick": Lane(LocalWorker, workers=quick, limit=QUICK_LIMIT, samples=samples(bank, "quick")),
        "code": Lane(LocalWorker, workers=code, limit=CODE_LIMIT, samples=samples(bank, "code")),
    }
    return PoolJudging(store, bank, variants or Variants(bank), lanes)


class PoolJudging:
    """`Judging` with a lane of processes for each kind of work. What an earlier server left is judged first."""

    def __init__(
        self, store: Store, bank: Bank, variants: Variants, lanes: Mapping[LaneName, Lane], patience: float = PATIENCE
    ) -> None:
        """patience: seconds for what is being judged when it is closed."""
        self._store, self._bank, self._variants, self._lanes, self._patience = store, bank, variants, lanes, patience
        self._open = OpenJobs()
        self._closing = Event()
        self._exams = HandingIn(self._grade_exam, threads=EXAMS)
        remove_old_jobs(store)
        for job in found(store, Job, state="waiting"):
            self._take(job)
        self._daily = Thread(target=self._tidy_daily, name="tidying", daemon=True)
        self._daily.start()

    def submit(self, job: Job) -> None:
        """Keeps the job, then lets it be judged."""
        put(self._store, job)
        self._take(job)

    def wait(self, id: str, seconds: float) -> Job | None:
        """The job when it is done, or after so many seconds."""
        self._open.wait(id, seconds)
        return first(self._store, Job, id=id)

    def ahead(self, id: str) -> int:
        """How many are judged before it; of an exam, how many exams are."""
        return max(self._exams.ahead(id), *(lane.ahead(id) for lane in self._lanes.values()))

    def waiting(self, learner: str) -> int:
        """How many jobs of that learner are not done."""
        return self._open.waiting(learner)

    def look(self, learner: str, family: Family, seed: int, part: Part, answer: str, seconds: float) -> Verdict | None:
        """The verdict on an answer that is not kept; None where it takes more than so many seconds."""
        found = Answer(new_id(), learner, partial(judge_worker.request, family, seed, "", part.id, answer))
        self._lanes["code" if part.kind == "code" else "quick"].submit(found)
        try:
            return found.done.result(timeout=seconds)
        except (TimeoutError, CancelledError):
            found.done.cancel()
            return None

    def healthy(self) -> bool:
        """Whether all lanes judge, or could."""
        lanes = all(lane.healthy() for lane in self._lanes.values())
        return lanes and self._exams.healthy() and not self._closing.is_set()

    def close(self) -> None:
        """Lets what is being judged end, for a while; ends all processes."""
        self._closing.set()
        self._exams.stop()
        for lane in self._lanes.values():
            lane.stop()
        until = monotonic() + self._patience
        for lane in self._lanes.values():
            lane.close(max(0.0, until - monotonic()))
        self._exams.close(self._patience)
        self._daily.join()

    def _take(self, job: Job) -> None:
        self._open.enter(job)
        if job.hand_in:
            self._exams.submit(job)
            return
        work = AnswerJob(self._store, self._bank, self._variants, job, self._closing)
        answer = Answer(job.id, job.learner, work.request)
        answer.done.add_done_callback(partial(self._finish, work))
        self._lanes[job.lane].submit(answer)

    def _finish(self, work: AnswerJob, done: Future[Verdict]) -> None:
        if not done.cancelled():
            work.finish(done)
        self._open.leave(work.job)

    def _grade_exam(self, job: Job) -> None:
        try:
            grade_exam(self._store, self._variants, job, partial(self._judge_parts, job), self._closing)
        finally:
            self._open.leave(job)

    def _judge_parts(self, job: Job, answered: Sequence[Answered]) -> Sequence[Verdict]:
        """The verdicts on parts of an exam, each by the lane of its kind. Raises CancelledError at the server's end."""
        answers = [self._answer(job, place, answer) for place, answer in answered]
        for (place, _), answer in zip(answered, answers, strict=True):
            self._lanes["code" if place.part.kind == "code" else "quick"].submit(answer)
        return [answer.done.result() for answer in answers]

    def _answer(self, job: Job, place: Place, answer: str) -> Answer:
        item, part, family = place.item, place.part.id, self._bank.family(place.item.family)
        text = partial(judge_worker.request, family, item.seed, item.values, part, answer)
        return Answer(f"{job.id} {item.id} {part}", ALL_EXAMS, text)

    def _tidy_daily(self) -> None:
        while not self._closing.wait(DAY):
            try:
                remove_old_jobs(self._store)
            except StoreError as error:
                log.warning("old jobs could not be removed: %s", error)
