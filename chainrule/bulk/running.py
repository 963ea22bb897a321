"""A class graded from beginning to end: what is read, judged, kept and written.

OUT/judged.jsonl      every judgement by key, appended as it comes: what a later run need not judge
OUT/results.jsonl     every part of every student in order, the same whoever judged it and however often
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.bulk.asking import asking_of
from chainrule.bulk.intake import submissions
from chainrule.bulk.kept import Kept
from chainrule.bulk.outputs import write_outputs
from chainrule.bulk.progress import Watcher
from chainrule.bulk.reading import Reading
from chainrule.bulk.records import Result
from chainrule.bulk.roster import Roster
from chainrule.bulk.rounds import RECONNECT, Open, Rounds
from chainrule.bulk.run_lock import only_run
from chainrule.bulk.spool import Spool, result_of
from chainrule.bulk.summary import Summary
from chainrule.bulk.tasks import judged
from chainrule.wording import counted

if TYPE_CHECKING:
    from chainrule.bulk.assignment import Assignment
    from questions.bank import Bank

JUDGED, RESULTS = "judged.jsonl", "results.jsonl"
NO_LIST = (
    "each student has own numbers, drawn by the id; without --roster the names of files and folders are taken for ids, "
    "and who was handed out other numbers than theirs is told so, or judged by these"
)


@dataclass(frozen=True)
class Run:
    """What is graded. submissions: a folder or a zip. open: gives an executor.

    own: files that may lie among the submissions and were not handed in. again: judges everything, whatever is kept.
    reveal: whether the students' pages hold right answers. patience: seconds for an executor that went to come back.
    """

    submissions: Path
    assignment: Assignment
    bank: Bank
    out: Path
    open: Open
    roster: Roster | None = None
    device: str = "cpu"
    again: bool = False
    reveal: bool = False
    patience: float = RECONNECT
    own: Sequence[Path] = field(default=(), repr=False)


def grade_class(run: Run, watcher: Watcher) -> Summary:
    """Grades everything and writes all that comes of it.

    What was judged is kept whatever happens: a second run takes it up. Raises InputError, AuthorError, ExecutorError.
    """
    summary = Summary()
    with ExitStack() as stack:
        stack.enter_context(only_run(run.out))
        kept = stack.enter_context(Kept(run.out / JUDGED, anew=run.again))
        if kept.damaged:
            lines = counted(kept.damaged, "damaged line")
            watcher.say(f"{run.out / JUDGED}: {lines} left out; what stood there is judged anew")
        if run.assignment.own_numbers and run.roster is None:
            watcher.say(NO_LIST)
        spool = Spool(run.out)
        stack.callback(spool.close)
        asking = asking_of(run.assignment, run.bank, run.device, watcher)
        taken = submissions(run.submissions, roster=run.roster, leave_out=[run.out, *run.own])
        reading = stack.enter_context(Reading(taken, run.assignment, spool, run.device))
        Rounds(run.open, asking, spool, kept, watcher, summary, run.patience).run()
        summary.students, summary.handed_in, summary.lost = len(reading.students), reading.handed_in, reading.lost
        _write(run, reading, summary.counted(_results(spool, kept)))
    return summary


def _results(spool: Spool, kept: Kept) -> Iterator[Result]:
    """All results in the order in which they were read, with what was judged."""
    for result, task in spool:
        yield result if task is None else judged(result, kept[task.key])


def _write(run: Run, reading: Reading, results: Iterable[Result]) -> None:
    path = run.out / RESULTS
    files.write_lines(path, (json.dumps(asdict(one)) for one in results))
    students = [one.student for one in reading.students]
    write_outputs(run.out, run.assignment, students, Results(path), submitted=reading.students, reveal=run.reveal)


@dataclass(frozen=True)
class Results:
    """The results in a file, read anew each time that they are gone through; never all at once."""

    path: Path

    def __iter__(self) -> Iterator[Result]:
        with self.path.open(encoding="ascii") as lines:
            for line in lines:
                yield result_of(json.loads(line))
