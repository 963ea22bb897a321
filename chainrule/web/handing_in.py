"""Exams that were handed in: their parts are judged in the lanes, then verdicts and ending are kept together."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from threading import Event, Thread
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.classes.records import Job
from chainrule.classes.rows import change, found
from chainrule.examining import hand_in, put_together
from chainrule.web.keeping import persist
from chainrule.web.turns import Turns
from grader.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from chainrule.exam_places import Place
    from chainrule.store.store import Store
    from chainrule.web.variants import Variants

IDLE = 60.0
NOT_FINAL = frozenset({Outcome.FAULT, Outcome.UNDECIDED})  # these are judged once more
Answered: TypeAlias = tuple["Place", str]
log = logging.getLogger(__name__)


class HandingIn:
    """A few threads that grade an exam each, and mostly wait for the lanes."""

    def __init__(self, grade: Callable[[Job], None], *, threads: int) -> None:
        self._grade = grade
        self._turns: Turns[Job] = Turns()
        self._threads = [Thread(target=self._run, name="handing in", daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Job) -> None:
        """Takes the end of an exam."""
        self._turns.put(job)

    def ahead(self, id: str) -> int:
        """How many exams are graded before it."""
        return self._turns.ahead(id)

    def healthy(self) -> bool:
        """Whether all threads are there."""
        return all(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Begins no other exam."""
        self._turns.close()

    def close(self, seconds: float) -> None:
        """Waits for the threads for so long at most; their parts in the lanes must have been cancelled."""
        self.stop()
        for thread in self._threads:
            thread.join(seconds)

    def _run(self) -> None:
        while not self._turns.closed:
            job = self._turns.take(IDLE)
            if job is None:
                continue
            try:
                self._grade(job)
            except CancelledError:  # the server stops; the next one grades it
                return
            except Exception:  # the exam stays as handed in, and is graded after the next start
                log.exception("the exam %s could not be graded", job.exam)
            finally:
                self._turns.done(job.id)


def grade_exam(
    store: Store,
    variants: Variants,
    job: Job,
    judge: Callable[[Sequence[Answered]], Sequence[Verdict]],
    closing: Event,
) -> None:
    """Keeps the exam as graded and the job as done. judge: gives the verdicts on answers that are not judged yet."""
    exam = persist(lambda: store.exam(job.exam), closing)
    items = persist(lambda: store.exam_items(exam.id), closing)
    running = put_together(exam, items, [variants.of(item) for item in items])
    known = persist(lambda: verdicts_before(store, [item.id for item in items]), closing)

    def judged(answered: Sequence[Answered]) -> Sequence[Verdict]:
        names = [(*place.key, answer) for place, answer in answered]
        new = [one for one, name in zip(answered, names, strict=True) if name not in known]
        fresh = iter(judge(new))
        return [known[name] if name in known else next(fresh) for name in names]

    how: Literal["time", "handed-in"] = "time" if job.hand_in == "time" else "handed-in"
    persist(lambda: hand_in(store, running, judged, how, job.at), closing)
    persist(lambda: change(store, Job, {"id": job.id}, state="done"), closing)


def verdicts_before(store: Store, items: Sequence[str]) -> Mapping[tuple[str, str, str], Verdict]:
    """The verdicts that answers to these items got while the exam ran, by item, part and answer."""
    jobs = found(store, Job, item=list(items), state="done")
    verdicts = {(job.item, job.part, job.answer): Verdict.from_json(json.loads(job.verdict)) for job in jobs}
    return {name: verdict for name, verdict in verdicts.items() if verdict.outcome not in NOT_FINAL}
