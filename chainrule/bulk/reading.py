"""Reading submissions beside judging them, in a thread of its own."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING

from chainrule.bulk.records import Submitted
from chainrule.bulk.spool import Spool
from chainrule.bulk.tasks import tasks_for
from chainrule.files import InputError

if TYPE_CHECKING:
    from chainrule.bulk.assignment import Assignment

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lost:
    """A student whose answers could not be looked at at all, by a fault of ours or of the assignment."""

    student: str
    what: str


@dataclass
class Reading:
    """Puts the results and tasks of all submissions into the spool. Use it in a `with`, which ends it.

    students: who was read, with one file alone where there were any; handed_in: how many had any. lost: who could not
    be read. device: where code with PyTorch is to run.
    """

    submissions: Iterable[Submitted]
    assignment: Assignment
    spool: Spool
    device: str = "cpu"
    students: list[Submitted] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    handed_in: int = 0

    def __post_init__(self) -> None:
        self._stop = Event()
        self._thread = Thread(target=self._run, name="reading", daemon=True)

    def __enter__(self) -> Reading:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        error: BaseException | None = None
        try:
            for submitted in self.submissions:
                if self._stop.is_set():
                    break
                self._read(submitted)
        except OSError as found:
            error = found if found.filename is not None else _no_room(found)
        except BaseException as found:
            error = found
        finally:
            if isinstance(self.submissions, Generator):
                self.submissions.close()  # its copies go, also where it was left in the middle
            self.spool.end(error)

    def _read(self, submitted: Submitted) -> None:
        self.handed_in += bool(submitted.files or submitted.problems)
        self.students.append(replace(submitted, root=Path(), files=submitted.files[:1]))
        try:
            tasks, results = tasks_for(submitted, self.assignment.quiz_for(submitted.student.id), self.device)
        except OSError:
            raise  # a full disk, and the like, is nothing of one student
        except Exception as error:
            log.exception("a submission could not be read")
            self.lost.append(Lost(submitted.student.id, f"{type(error).__name__}: {' '.join(str(error).split())}"))
            return
        self.spool.put(results, tasks)


def _no_room(error: OSError) -> InputError:
    """The error where submissions could not be copied to be read."""
    reason = (error.strerror or "cannot be written").lower()
    return InputError(f"{tempfile.gettempdir()}: {reason}, so submissions cannot be read; TMPDIR names another folder")
