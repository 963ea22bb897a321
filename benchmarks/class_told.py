"""What `class.py` prints of a graded class."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from class_figures import Figures
from class_run import Ran

from chainrule.bulk.judge_child import MOST

LISTED = 40
LONG = 4.5  # seconds from which an answer counts as one that ran to its limit
MEMORY: tuple[tuple[str, str, Callable[[list[float]], float]], ...] = (
    ("parent", "parent, most", max),
    ("judge", "a judge, most", max),
    ("all", "all, median", statistics.median),
    ("all", "all, most", max),
)
QUARTERS = ("to 25 %", "to 50 %", "to 75 %", "to 100 %", "writing")


@dataclass(frozen=True)
class Graded:
    """A class of one size, graded."""

    students: int
    run: Ran
    told: Figures
    hostile: int


def tell(graded: Graded, jobs: int) -> None:
    """Says all of one size."""
    run, told, summary = graded.run, graded.told, graded.run.summary
    judging, judged = summary["seconds"], summary["judged"]
    say(f"\n{graded.students} submissions, {graded.hostile} of them hostile; {told.parts} parts, exit code {run.code}")
    say(f"  as planned    {told.planned} of {told.parts}")
    for line in told.deviations[:LISTED]:
        say(f"    {line}")
    if len(told.deviations) > LISTED:
        say(f"    and {len(told.deviations) - LISTED} more")
    say(f"  outcomes      {', '.join(f'{name} {count}' for name, count in sorted(told.outcomes.items()))}")
    say(f"  time          {run.seconds:.1f} s: judging {judging:.1f}, starting and writing the rest")
    say(f"  answers       {judged} judged, {summary['same']} the same as another's")
    rates = f"{graded.students / judging:.1f} submissions and {judged / judging:.1f} answers a second"
    say(f"  rate          {rates}; {graded.students / judging / jobs:.1f} and {judged / judging / jobs:.1f} a core")
    if judged < jobs * MOST:  # what the helpers of a process that is replaced have used is not seen
        used = run.processor
        each = f"{1000 * used / graded.students:.0f} ms a submission"
        say(f"  processors    {used:.0f} s used by everything: {each}, {graded.students / used:.1f} a second of one")
    each = f"{1000 * run.own / graded.students:.1f} ms a submission"
    say(f"    the run     {run.own:.1f} s of a processor: {each}, {run.writing:.1f} s of it when all was judged")
    _tell_time(graded)
    say("  memory, MB        " + "".join(f"{quarter:>10}" for quarter in QUARTERS))
    for name, how, middle in MEMORY:
        found = [[getattr(look, name) for look in quarter] or [0.0] for quarter in run.quarters()]
        say(f"    {how:16}" + "".join(f"{middle(sizes):10.0f}" for sizes in found))
    written = _megabytes(run.out)
    say(f"  written       {written:.1f} MB, {1000 * written / graded.students:.1f} kB a submission")


def _tell_time(graded: Graded) -> None:
    """Where the time of those who judge went."""
    told = graded.told
    busy, other = told.ordinary + told.hostile, told.ordinary / graded.students
    if graded.hostile and busy:
        long = [seconds for one in told.attacks.values() for seconds in one if seconds > LONG]
        each = 1000 * told.hostile / graded.hostile
        say(f"  hostile       {told.hostile / busy:.0%} of the {busy:.0f} s of those who judge; {each:.0f} ms each")
        say(f"    to the limit{len(long):7} of 5 s, which cost {sum(long):.0f} s")
        say(f"  the others    {1000 * other:.0f} ms a submission of those who judge")
    for kind, seconds in sorted(told.by_kind.items()):
        say(f"    {kind:12}{len(seconds):7} judged, {1000 * sum(seconds) / len(seconds):.1f} ms each")


def table(graded: list[Graded], jobs: int) -> bool:
    """One line for each size; times against the largest one's, in proportion. Whether all came as planned."""
    largest = max(graded, key=lambda one: one.students)
    say("\nsubmissions   parts  as planned  judging s   total s  sub./s  sub./s/core  time/size  parent MB    all MB")
    for one in graded:
        judging, looks = one.run.summary["seconds"], one.run.looks
        ratio = (one.run.seconds / one.students) / (largest.run.seconds / largest.students)
        say(f"{one.students:11}{one.told.parts:8}{one.told.planned:12}{judging:11.1f}{one.run.seconds:10.1f}"
            f"{one.students / judging:8.1f}{one.students / judging / jobs:13.1f}{ratio:11.2f}"
            f"{max(look.parent for look in looks):11.0f}{max(look.all for look in looks):10.0f}")  # fmt: skip
    return all(one.told.planned == one.told.parts and one.run.code == 0 for one in graded)


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
