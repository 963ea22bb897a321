"""What was read of submissions, on disk until it is judged and written: memory stays flat however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Lock
from typing import Any

from chainrule.bulk.records import Result, Task

MOMENT = 0.2  # seconds

Entry = tuple[Result, Task | None]


class Spool:
    """Results in the order in which they are put, each with its task where there is one to judge.

    One thread puts, another reads along: `tasks` gives each task as soon as it is there.
    """

    def __init__(self, folder: Path) -> None:
        """folder: where the file lies; it has no name there, and goes with this process."""
        self._file: Any = TemporaryFile(dir=folder)  # noqa: SIM115  closed by `close`
        self._lock = Lock()
        self._end = 0
        self._places: list[int] = []
        self._news: SimpleQueue[int | BaseException | None] = SimpleQueue()

    def __len__(self) -> int:
        return len(self._places)

    def put(self, results: Sequence[Result], tasks: Sequence[Task]) -> None:
        """Takes what one student handed in."""
        by_key = {task.key: task for task in tasks}
        for result in results:
            task = by_key.get(result.key) if result.key else None
            line = json.dumps([asdict(result), _task_record(task)]).encode() + b"\n"
            with self._lock:
                self._file.seek(self._end)
                self._file.write(line)
                self._places.append(self._end)
                self._end += len(line)
            if task is not None:
                self._news.put(self._places[-1])

    def end(self, error: BaseException | None = None) -> None:
        """Says that nothing more comes; the error is raised by `tasks`."""
        self._news.put(error)

    def tasks(self) -> Iterator[Task | None]:
        """All tasks, also those that are still to come; None whenever there is nothing new for a moment."""
        while True:
            try:
                place = self._news.get(timeout=MOMENT)
            except Empty:
                yield None
                continue
            if place is None:
                return
            if isinstance(place, BaseException):
                raise place
            yield self._entry(place)[1]

    def __iter__(self) -> Iterator[Entry]:
        """All results in their order, with their tasks."""
        for place in self._places:
            yield self._entry(place)

    def close(self) -> None:
        """Removes the file."""
        self._file.close()

    def _entry(self, place: int) -> Entry:
        with self._lock:
            self._file.seek(place)
            line = self._file.readline()
        result, task = json.loads(line)
        found = Result(**{**result, "feedback": _feedback(result["feedback"]), "remarks": tuple(result["remarks"])})
        return found, None if task is None else Task(**task, answer=found.answer, key=found.key)


def _feedback(remarks: Sequence[Sequence[Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple((code, data) for code, data in remarks)


def _task_record(task: Task | None) -> dict[str, Any] | None:
    """What does not stand in its result."""
    if task is None:
        return None
    return {name: value for name, value in asdict(task).items() if name not in {"answer", "key"}}
