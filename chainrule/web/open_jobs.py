"""The jobs that a server has taken and not finished, with those who wait for them."""

from __future__ import annotations

from collections import Counter
from threading import Event, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainrule.classes.records import Job


class OpenJobs:
    """It may be used from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._ends: dict[str, Event] = {}
        self._counts: Counter[str] = Counter()

    def enter(self, job: Job) -> None:
        """That a job was taken."""
        with self._lock:
            self._ends[job.id] = Event()
            self._counts[job.learner] += 1

    def leave(self, job: Job) -> None:
        """That a job is done, or left for the next start; wakes who waits for it."""
        with self._lock:
            end = self._ends.pop(job.id, None)
            if end is None:
                return
            self._counts[job.learner] -= 1
            if not self._counts[job.learner]:
                del self._counts[job.learner]
        end.set()

    def wait(self, id: str, seconds: float) -> None:
        """Returns when the job has left, or after so many seconds."""
        with self._lock:
            end = self._ends.get(id)
        if end is not None:
            end.wait(seconds)

    def waiting(self, learner: str) -> int:
        """How many jobs of that learner are here."""
        with self._lock:
            return self._counts[learner]
