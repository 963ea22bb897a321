"""Lanes: answers that wait in turn, and workers that judge them, each with a thread that waits for it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future, InvalidStateError
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from typing import TypeAlias

from chainrule.grading import fault
from chainrule.judging_apart import too_long
from chainrule.web import judge_worker
from chainrule.web.local_worker import Worker
from chainrule.web.turns import Turns
from grader.errors import AuthorError
from grader.verdict import Verdict

Start: TypeAlias = Callable[[], Worker]
TRIES = 2  # of an answer that breaks its worker
WARM = 180.0  # seconds to get ready in; torch on a busy machine takes long
IDLE = 2.0  # seconds after which a worker without work is looked after
GRACE = 10.0  # seconds beyond the limit until something is wrong with us
LONGEST_PAUSE = 30.0  # seconds between starts that fail
log = logging.getLogger(__name__)


@dataclass
class Answer:
    """An answer to be judged. request: makes the text for the worker, when its turn comes. done: its verdict.

    What `request` raises is raised by `done`; where the lane is closed before, `done` is cancelled. Whoever does not
    want it any more may cancel it too.
    """

    id: str
    learner: str
    request: Callable[[], str]
    done: Future[Verdict] = field(default_factory=Future)
    broke: int = 0  # workers that ended while they judged it

    def settle(self, verdict: Verdict | Exception) -> None:
        """Gives the verdict, or the error, to whoever waits; nothing where it was cancelled."""
        try:
            if isinstance(verdict, Verdict):
                self.done.set_result(verdict)
            else:
                self.done.set_exception(verdict)
        except InvalidStateError:
            return


class Lane:
    """Judges answers with workers of its own."""

    def __init__(self, start: Start, *, workers: int, limit: float, samples: Sequence[str] = ()) -> None:
        """limit: seconds for one answer. samples: answers that a worker judges first, to be warm."""
        self._turns: Turns[Answer] = Turns()
        self._closing = Event()
        self._hands = [_Hand(self._turns, self._closing, start, limit, samples) for _ in range(workers)]

    def submit(self, answer: Answer) -> None:
        """Takes an answer; `answer.done` gets the verdict, from another thread."""
        if not self._turns.put(answer):
            answer.done.cancel()

    def ahead(self, id: str) -> int:
        """How many answers are judged before it."""
        return self._turns.ahead(id)

    def healthy(self) -> bool:
        """Whether all workers judge, or could."""
        return all(hand.healthy() for hand in self._hands)

    def workers(self) -> tuple[Worker, ...]:
        """Those that are there at present."""
        return tuple(hand.worker for hand in self._hands if hand.worker)

    def stop(self) -> None:
        """Gives out no more; what waits is cancelled."""
        self._closing.set()
        for answer in self._turns.close():
            answer.done.cancel()

    def close(self, seconds: float) -> None:
        """Ends the workers, those that judge after so many seconds at most."""
        self.stop()
        until = monotonic() + seconds
        for hand in self._hands:
            hand.close(max(0.0, until - monotonic()))


class _Hand:
    """A worker, and the thread that starts it, gives it answers, and starts another where it ends."""

    def __init__(
        self, turns: Turns[Answer], closing: Event, start: Start, limit: float, samples: Sequence[str]
    ) -> None:
        self._turns, self._closing, self._start, self._limit, self._samples = turns, closing, start, limit, samples
        self.worker: Worker | None = None
        self._ready = False
        self._failed = 0  # starts, one after another
        self._since: float | None = None  # when it began to judge
        self._thread = Thread(target=self._run, name="judging", daemon=True)
        self._thread.start()

    def healthy(self) -> bool:
        """Whether it judges within its limit, or could."""
        since = self._since
        in_time = since is None or monotonic() - since < self._limit + GRACE
        return self._thread.is_alive() and not self._failed and in_time

    def close(self, seconds: float) -> None:
        """Ends the worker, after so many seconds where it judges."""
        if self._since is not None:
            self._thread.join(seconds)
        self._drop()
        self._thread.join(GRACE)
        self._drop()  # one that was started meanwhile

    def _run(self) -> None:
        while not self._closing.is_set():
            if not self._ready:
                self._get_ready()
            elif (answer := self._turns.take(IDLE)) is not None:
                self._judge(answer)
            elif self.worker is None or not self.worker.alive():
                self._drop()
        self._drop()

    def _get_ready(self) -> None:
        try:
            self.worker = self._start()
            self.worker.executor.submit(judge_worker.warm_up, self._samples).result(WARM)
        except Exception:
            self._drop()
            if not self._closing.is_set():
                self._failed += 1
                log.exception("a process that judges could not be started, for the %d. time", self._failed)
                self._closing.wait(min(LONGEST_PAUSE, 2.0**self._failed))
            return
        self._ready, self._failed = True, 0

    def _drop(self) -> None:
        worker, self.worker, self._ready = self.worker, None, False
        if worker is not None:
            worker.end()

    def _judge(self, answer: Answer) -> None:
        verdict = None if answer.done.cancelled() else self._verdict(answer)
        if verdict is not None or answer.done.cancelled():
            self._turns.done(answer.id)
        elif not self._turns.put_back(answer):
            answer.done.cancel()
        if verdict is not None:
            answer.settle(verdict)

    def _verdict(self, answer: Answer) -> Verdict | Exception | None:
        """The verdict, or why there is none; None where the worker ended."""
        try:
            request = answer.request()
        except Exception as error:
            return error
        self._since = monotonic()
        try:
            return self._asked(answer, request)
        finally:
            self._since = None

    def _asked(self, answer: Answer, request: str) -> Verdict | None:
        """The verdict; None where the worker ended."""
        worker = self.worker
        try:
            if worker is None:  # `close` has ended it
                return None
            coming = worker.executor.submit(judge_worker.judge, request)
        except RuntimeError:  # it ended before
            self._drop()
            return None
        try:
            return Verdict.from_json(json.loads(coming.result(self._limit)))
        except TimeoutError:
            log.warning("the answer %s took longer than %g s to judge and was stopped", answer.id, self._limit)
            self._drop()
            return too_long(self._limit)
        except (BrokenExecutor, CancelledError):
            self._drop()
            if self._closing.is_set():
                return None
            answer.broke += 1
            log.warning("a process ended while it judged the answer %s, the %d. time", answer.id, answer.broke)
            return None if answer.broke < TRIES else fault(AuthorError("the process that judged it ended, twice"))
