"""Running a submission's cases for one check: a task, a child, and what came of each case."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.answers.code_driver import DRIVER, driven
from grader.answers.code_endings import raised_feedback, stopped_feedback
from grader.checks import ForbidCheck
from grader.keys import CodeCase, CodeKey
from grader.sandbox.report import CallResult, Ending, Raised, Report
from grader.sandbox.sandbox import Sandbox
from grader.sandbox.task import Call, Task
from grader.verdict import Feedback

MIN_ROOM = 1 << 20
ROOM_FACTOR = 4
"""How much larger than expected an array may be and still be taken back whole, for the feedback's sake."""
SCORE_BYTES, MOST_CLASSES = 8, 1024


@dataclass(frozen=True)
class Batch:
    """Cases that ran in one child. results: by the case's place, in the order in which they ran."""

    cases: tuple[CodeCase, ...]
    report: Report
    results: Mapping[int, CallResult]


@dataclass(frozen=True)
class Bench:
    """A submission with its key and the sandbox it runs in."""

    source: str
    key: CodeKey
    sandbox: Sandbox

    def run(self, cases: Sequence[CodeCase], *, shuffled: bool = True, measured: bool = False) -> Batch:
        """The submission on these cases, in one fresh child. Raises SandboxError."""
        order = running_order(self.source, cases) if shuffled else list(range(len(cases)))
        key = self.key
        names = (*key.parameters, *key.steps)
        calls = tuple(Call({n: cases[i].inputs[n] for n in names}, _room(cases[i], key)) for i in order)
        source, entry = (driven(self.source, key), DRIVER) if key.steps else (self.source, key.entry)
        report = self._report(source, entry, names, calls, outputs=len(key.outputs), measured=measured)
        return Batch(tuple(cases), report, dict(zip(order, report.results, strict=False)))  # shorter where it died

    def loads(self) -> Report:
        """Whether the entry is there and takes its parameters; nothing is called."""
        return self._report(self.source, self.key.entry, self.key.parameters, (), outputs=1)

    def calls(self, entry: str, parameters: tuple[str, ...], calls: Sequence[Call]) -> Report:
        """Another function of the same file, which returns one array."""
        return self._report(self.source, entry, parameters, tuple(calls), outputs=1)

    def _report(
        self, source: str, entry: str, names: tuple[str, ...], calls: tuple[Call, ...], *, outputs: int,
        measured: bool = False,
    ) -> Report:  # fmt: skip
        parts = tuple(part for check in self.key.checks if isinstance(check, ForbidCheck) for part in check.parts)
        task = Task(source, entry, names, outputs, calls, self.key.limits, self.key.allow, parts, measured)
        return self.sandbox.run(task)

    def stopped(self, batch: Batch) -> Feedback | None:
        """Why a batch has no arrays to compare: it was stopped, or raised an exception; None where it has."""
        if batch.report.ending not in (Ending.OK, Ending.RUNTIME_ERROR):
            return stopped_feedback(batch.report, self.key)
        return self.raised(batch)

    def raised(self, batch: Batch) -> Feedback | None:
        """The exception to tell about: while the file was loaded, or of the first case that raised one."""
        lines = self.source.count("\n") + 1
        failure = batch.report.failure
        if failure is not None and failure.problem is not None:
            return raised_feedback(
                failure.problem, self.key, shown=True, times="while the file was loaded", lines=lines
            )
        places = [i for i, result in batch.results.items() if isinstance(result, Raised)]
        if not places:
            return None
        first = batch.results[places[0]]
        assert isinstance(first, Raised)
        times = f"in {len(places)} of {len(batch.cases)} cases"
        shown = batch.cases[places[0]].shown
        return raised_feedback(first.problem, self.key, shown=shown, times=times, lines=lines)


def running_order(source: str, cases: Sequence[CodeCase]) -> list[int]:
    """Places of the cases in the order in which they run: shown ones first, each group shuffled by the source."""
    order = list(range(len(cases)))
    random.Random(hashlib.sha256(source.encode("utf-8")).digest()).shuffle(order)
    return sorted(order, key=lambda i: not cases[i].shown)


def _room(case: CodeCase, key: CodeKey) -> int:
    """Bytes that are taken back for a case."""
    expected = sum(array.nbytes for array in case.expected)
    if key.accuracy is not None:
        expected = max(expected, SCORE_BYTES * MOST_CLASSES * len(key.accuracy.labels))
    return MIN_ROOM + ROOM_FACTOR * expected
