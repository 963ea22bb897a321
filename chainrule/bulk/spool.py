"""What was read of submissions, on disk until it is judged and written: memory stays flat however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from threading import Condition
from typing import Any

from chainrule.bulk.records import Result, Task
from chainrule.files import InputError

MOMENT = 0.2  # seconds

Entry = tuple[Result, Task | None]


class Spool:
    """Results in the order in which they are put, each with its task where there is one to judge.

    One thread puts, another reads along: `tasks` gives each task as soon as it is there.
    """

    def __init__(self, folder: Path) -> None:
        """folder: where the file lies; it has no name there, and goes with this process. Raises InputError."""
        self._folder = folder
        try:
            self._file: Any = TemporaryFile(dir=folder)  # noqa: SIM115  closed by `close`
        except OSError as error:
            raise self._told(error) from None
        self._news = Condition()
        self._end = 0
        self._results: list[int] = []  # where each stands
        self._tasks: list[int] = []
        self._ended = False
        self._error: BaseException | None = None

    @property
    def asked(self) -> int:
        """How many tasks there are by now."""
        return len(self._tasks)

    @property
    def whole(self) -> bool:
        """Whether nothing more comes."""
        return self._ended

    def put(self, results: Sequence[Result], tasks: Sequence[Task]) -> None:
        """Takes what one student handed in. Raises InputError where there is no room."""
        by_key = {task.key: task for task in tasks}
        with self._news:
            try:
                for result in results:
                    self._put(result, by_key.get(result.key) if result.key else None)
            except OSError as error:
                raise self._told(error) from None
            self._news.notify_all()

    def _put(self, result: Result, task: Task | None) -> None:
        line = json.dumps([asdict(result), _task_record(task)]).encode() + b"\n"
        self._file.seek(self._end)
        self._file.write(line)
        self._results.append(self._end)
        if task is not None:
            self._tasks.append(self._end)
        self._end += len(line)

    def end(self, error: BaseException | None = None) -> None:
        """Says that nothing more comes; the error is raised by `tasks`."""
        with self._news:
            self._ended, self._error = True, error
            self._news.notify_all()

    def tasks(self) -> Iterator[Task | None]:
        """All tasks from the first, also those that are still to come; None where nothing came for a moment."""
        done = 0
        while True:
            with self._news:
                if done == len(self._tasks) and not self._ended:
                    self._news.wait(MOMENT)
                there, ended, error = len(self._tasks), self._ended, self._error
            for place in self._tasks[done:there]:
                yield self._entry(place)[1]
            if there == done:
                if error is not None:
                    raise error
                if ended:
                    return
                yield None
            done = there

    def __iter__(self) -> Iterator[Entry]:
        """All results in their order, with their tasks."""
        for place in self._results:
            yield self._entry(place)

    def close(self) -> None:
        """Removes the file."""
        with suppress(OSError):  # where there was no room, `put` has told
            self._file.close()

    def _told(self, error: OSError) -> InputError:
        reason = (error.strerror or "cannot be written").lower()
        return InputError(f"{self._folder}: {reason}; what was judged is kept, and the same command goes on from there")

    def _entry(self, place: int) -> Entry:
        with self._news:
            try:
                self._file.seek(place)  # which may write what was put before
                line = self._file.readline()
            except OSError as error:
                raise self._told(error) from None
        result, task = json.loads(line)
        found = result_of(result)
        return found, None if task is None else Task(**task, answer=found.answer, key=found.key)


def result_of(record: Mapping[str, Any]) -> Result:
    """The result of which that is `asdict`, by way of JSON."""
    feedback = tuple((code, data) for code, data in record["feedback"])
    return Result(**{**record, "feedback": feedback, "remarks": tuple(record["remarks"])})


def _task_record(task: Task | None) -> dict[str, Any] | None:
    """What does not stand in its result."""
    if task is None:
        return None
    return {name: value for name, value in asdict(task).items() if name not in {"answer", "key"}}
