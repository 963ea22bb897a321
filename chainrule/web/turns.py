"""Work that waits: learners take turns, so that one who sends much does not keep the others waiting."""

from __future__ import annotations

from collections import OrderedDict, deque
from threading import Condition
from typing import Generic, Protocol, TypeVar


class Waits(Protocol):
    """Something to be done for a learner."""

    @property
    def id(self) -> str:
        """By which it is found among the others."""

    @property
    def learner(self) -> str:
        """Who waits for it."""


Work = TypeVar("Work", bound=Waits)


class Turns(Generic[Work]):
    """What waits, and what is being done. One piece of each learner, then the next of each; each learner's in order.

    It may be used from several threads.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._first: deque[Work] = deque()  # what was begun in vain, and comes before all others
        self._waiting: OrderedDict[str, deque[Work]] = OrderedDict()  # by learner, in the order of their turns
        self._begun: set[str] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether no more is given out."""
        return self._closed

    def put(self, work: Work) -> bool:
        """Whether it was taken, as the learner's last; it is not after `close`."""
        with self._changed:
            if not self._closed:
                self._waiting.setdefault(work.learner, deque()).append(work)
                self._changed.notify()
            return not self._closed

    def put_back(self, work: Work) -> bool:
        """Whether what was given out in vain was taken, as the next of all."""
        with self._changed:
            self._begun.discard(work.id)
            if not self._closed:
                self._first.append(work)
                self._changed.notify()
            return not self._closed

    def take(self, seconds: float) -> Work | None:
        """What is to be done next, with `done` or `put_back` called for it later; None where nothing comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._first or self._waiting, seconds)
            if self._closed:
                return None
            work = self._first.popleft() if self._first else self._next()
            if work is not None:
                self._begun.add(work.id)
            return work

    def _next(self) -> Work | None:
        if not self._waiting:
            return None
        learner, works = self._waiting.popitem(last=False)
        work = works.popleft()
        if works:
            self._waiting[learner] = works  # behind the others
        return work

    def done(self, id: str) -> None:
        """That what was given out is finished."""
        with self._changed:
            self._begun.discard(id)

    def ahead(self, id: str) -> int:
        """How many are done or begun before it, as things are; 0 for what was given out and for what is not here."""
        with self._changed:
            for place, work in enumerate(self._first):
                if work.id == id:
                    return len(self._begun) + place
            for turn, works in enumerate(self._waiting.values()):
                for place, work in enumerate(works):
                    if work.id == id:
                        return len(self._begun) + len(self._first) + self._earlier(turn, place)
            return 0

    def _earlier(self, turn: int, place: int) -> int:
        """How many come before the learner of that turn has had so many turns before."""
        lengths = [len(works) for works in self._waiting.values()]
        before = sum(min(length, place + 1) for length in lengths[:turn])
        return before + place + sum(min(length, place) for length in lengths[turn + 1 :])

    def close(self) -> tuple[Work, ...]:
        """What was not given out, and will not be."""
        with self._changed:
            self._closed = True
            left = (*self._first, *(work for works in self._waiting.values() for work in works))
            self._first.clear()
            self._waiting.clear()
            self._changed.notify_all()
            return left
