"""A class of thousands graded by `chainrule grade-class`: rate, memory, outcomes as planned, hostile ones among them.

    python benchmarks/class.py                          5000, 2500 and 1250 submissions on two cores
    python benchmarks/class.py --submissions 200        so many
    python benchmarks/class.py --hostile 0              none hostile (else one in ten)
    python benchmarks/class.py --submissions 250 --own-numbers
        15 questions of a blueprint with numbers of each student's own, none hostile
    python benchmarks/class.py --cluster
        the smallest class also through a local Dask cluster of two workers, one killed in the middle; files compared
    python benchmarks/class.py --submissions --otter 50 [--otter-command FILE]
        submissions of code through otter-grader (extra `bench`) and through ours, one core each

What is handed in follows from --seed. Each part of each student has a planned outcome; each that comes otherwise is
listed. Code of hostile students may run for 5 s, as the question says.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import psutil
from class_attacks import Attacks
from class_figures import Figures, differences, different_students, figures
from class_folder import Made, made
from class_otter import beside
from class_own import made_own
from class_run import MB, ran
from class_told import Graded, say, table, tell
from hostile_corpus import CONTENT, prepared

from chainrule.bulk.judging import BATCH
from chainrule.bulk.local_cluster import local_cluster

CANARY = Path("/tmp/chainrule-class-canary")
WORKERS = 2


def main() -> int:
    options = _options()
    say(f"load before   {' '.join(f'{one:.1f}' for one in os.getloadavg())} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="chainrule-class-") as name:
        home = Path(name)
        home.chmod(0o755)
        (home / "harm").mkdir()
        attacks = Attacks(prepared(home / "harm"))
        graded = [_size(home, students, attacks, options) for students in options.submissions]
        sound = table(graded, options.jobs) if graded else True
        if options.otter:
            _beside(home, options)
    return 0 if sound else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="A class of thousands, graded.")
    parser.add_argument("--submissions", type=int, nargs="*", default=[5000, 2500, 1250])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--hostile", type=float, default=0.1, help="their share")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--own-numbers", action="store_true", help="a blueprint, with other numbers for each")
    parser.add_argument("--cluster", action="store_true", help="the smallest also by a Dask cluster")
    parser.add_argument("--otter", type=int, default=0, metavar="N", help="so many through otter-grader too")
    parser.add_argument("--otter-command", default=str(Path(sys.executable).parent / "otter"), metavar="FILE")
    return parser.parse_args()


def _size(home: Path, students: int, attacks: Attacks, options: argparse.Namespace) -> Graded:
    """Grades a class of that size, again with everything kept, and on a cluster where that is wanted."""
    place = home / str(students)
    own = made_own(place, students, options.seed) if options.own_numbers else None
    found = own or made(place, students, options.hostile, options.seed, attacks)
    run = ran(found.submissions, found.assignment, place / "out", ["--jobs", str(options.jobs)])
    told = figures(found, place / "out")
    graded = Graded(students, run, told, len(found.hostile))
    tell(graded, options.jobs)
    if own:
        each = f"{1000 * own.drawing / students:.1f} ms of a processor for each form of {own.asked} questions"
        say(f"  drawing       {each}, as measured apart from the run")
    for what in _harm(home):
        say(f"  HARM {what}")
    again = ran(found.submissions, found.assignment, place / "out", ["--jobs", str(options.jobs)])
    used = f"{again.processor:.1f} s of a processor, {1000 * again.processor / students:.1f} ms a submission"
    say(
        f"  second run    {again.seconds:.1f} s: {used}; {again.summary['judged']} judged, {again.summary['kept']} kept"
    )
    if options.cluster and students == min(options.submissions):
        _cluster(found, place, told)
    shutil.rmtree(found.submissions)
    return graded


def _cluster(found: Made, place: Path, pool: Figures) -> None:
    """The same on a cluster, of which a worker is killed when half is judged; compared with what was written here."""
    out = place / "cluster"
    half = (place / "out" / "judged.jsonl").stat().st_size // 2
    killed = []
    with local_cluster(WORKERS) as cluster:

        def during(judged: int) -> None:
            if judged > half and not killed:
                killed.append(judged / half / 2)
                os.killpg(cluster.workers[0].pid, signal.SIGKILL)

        before = psutil.net_io_counters(pernic=True)["lo"].bytes_sent
        run = ran(found.submissions, found.assignment, out, ["--cluster", cluster.address], during)
        sent = psutil.net_io_counters(pernic=True)["lo"].bytes_sent - before
        used = psutil.Process(cluster.scheduler.pid).cpu_times()
        size = psutil.Process(cluster.scheduler.pid).memory_full_info().pss / MB
    told = figures(found, out)
    compared, different = differences(place / "out", out)
    when = f"one killed at {killed[0]:.0%}" if killed else "NONE KILLED, it was too fast"
    say(f"  cluster       {WORKERS} workers, {when}: {run.seconds:.1f} s, exit code {run.code},"
        f" {told.planned} of {told.parts} as planned (here {pool.planned})")  # fmt: skip
    keys = [line.split(b'"', 4)[3] for line in (out / "judged.jsonl").read_bytes().splitlines()]
    say(f"    judged      {len(keys)} lines, {len(set(keys))} keys")
    batches, seconds = told.cost / BATCH, used.user + used.system
    each = f"{1000 * seconds / batches:.0f} ms for each of about {batches:.0f} batches"
    say(f"    scheduler   {seconds:.1f} s of a processor, {each}; {size:.0f} MB")
    say(f"    loopback    {sent / 1e6:.1f} MB by everything here, {sent / len(keys) / 1000:.1f} kB an answer")
    say(f"    compared    {compared} files byte by byte, {len(different)} differ {', '.join(different[:10])}")
    for student in different_students(place / "out", out):
        say(f"      {student}: {found.hostile.get(student, 'an ordinary student')}")


def _beside(home: Path, options: argparse.Namespace) -> None:
    place = home / "beside"
    place.mkdir()
    found = beside(place, options.otter, options.seed, options.otter_command)
    say(f"\n{found.n} submissions of one function, one core")
    say(f"  otter-grader  {found.otter:.2f} s each, imported once for all; {found.otter_once:.2f} s by `otter run`")
    say(f"  chainrule     {found.ours_judging:.3f} s each to judge; {found.ours:.3f} s with everything around it")
    say(f"  both say the same of {found.alike} of {found.n}; otter {found.otter / found.ours:.0f} times as long")


def _harm(home: Path) -> list[str]:
    """What hostile submissions did to anything outside."""
    file = home / "harm" / "file"
    left = sorted(path.name for path in (home / "harm").iterdir())
    return [
        what
        for what, came in (
            (f"left {left}", left != ["file"]),
            ("changed the file", not file.exists() or file.read_text() != CONTENT),
            (f"made {CANARY}", CANARY.exists()),
        )
        if came
    ]


if __name__ == "__main__":
    sys.exit(main())
