"""What the corpus of hostile submissions comes to: endings, harm, what was left behind, time.

    python benchmarks/hostile.py            the table
    python benchmarks/hostile.py --each     one line for each submission too
    python benchmarks/hostile.py --plain    without bubblewrap, where there is one

As another user, on a copy of the tree that this one can read (a Python under a private home folder cannot be):

    setpriv --reuid=nobody --regid=nogroup --clear-groups \\
        env PYTHONPATH=.venv/lib/python3.11/site-packages /usr/bin/python3.11 -P benchmarks/hostile.py
"""

from __future__ import annotations

import argparse
import getpass
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "grader" / "sandbox")]

from hostile_corpus import FILES, Recording, attack, faults, levels, prepared, stopped_here, tried  # noqa: E402
from processes import descendants, descriptors  # noqa: E402


@dataclass(frozen=True)
class Row:
    """One submission. ending: "skipped" where the layer that stops it is missing here."""

    name: str
    ending: str
    outcome: str
    faults: tuple[str, ...]
    seconds: float


def row(path: Path, sandbox: Recording, level: str) -> Row:
    with tempfile.TemporaryDirectory() as name:
        folder = prepared(Path(name))
        one = attack(path, folder)
        if not stopped_here(one, level):
            return Row(one.name, "skipped", "skipped", (), 0.0)
        start = time.perf_counter()
        came = tried(one, sandbox)
        seconds = time.perf_counter() - start
        return Row(one.name, came.ending, came.verdict.outcome.value, tuple(faults(one, came, folder)), seconds)


def table(rows: list[Row], levels: dict[str, str], left: str) -> str:
    ran = [row for row in rows if row.ending != "skipped"]
    endings = Counter(row.ending for row in rows)
    outcomes = Counter(row.outcome for row in rows)
    seconds = [row.seconds for row in ran]
    lines = [
        f"user         {getpass.getuser()}",
        f"level        {', '.join(f'{packages}: {level}' for packages, level in levels.items())}",
        f"submissions  {len(rows)}, run {len(ran)}",
        f"endings      {', '.join(f'{ending} {count}' for ending, count in endings.most_common())}",
        f"outcomes     {', '.join(f'{outcome} {count}' for outcome, count in outcomes.most_common())}",
        f"harmed       {sum(bool(row.faults) for row in rows)}",
        f"left behind  {left}",
        f"time         {sum(seconds):.1f} s in all, median {1000 * statistics.median(seconds):.0f} ms,"
        f" longest {max(seconds):.2f} s (the limit of each is 1 s)",
    ]
    return "\n".join([*lines, *(f"  FAULT {row.name}: {'; '.join(row.faults)}" for row in rows if row.faults)])


def run(*, wrap: bool) -> tuple[list[Row], dict[str, str], str]:
    """The rows, the levels, and what was left behind in words."""
    processes, open_before = descendants(os.getpid()), descriptors()
    with Recording(wrap=wrap) as sandbox:
        found = dict(levels(sandbox))
        warm, open_warm = descendants(os.getpid()) - processes, descriptors()
        rows = [row(path, sandbox, found["numpy"]) for path in FILES]
        more = len(descendants(os.getpid()) - processes) - len(warm), descriptors() - open_warm
    after = len(descendants(os.getpid()) - processes), descriptors() - open_before
    said = "{} processes and {} descriptors while the sandbox was open, {} and {} after it was closed"
    return rows, found, said.format(*more, *after)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description="What the corpus of hostile submissions comes to.")
    parser.add_argument("--each", action="store_true", help="one line for each submission too")
    parser.add_argument("--plain", action="store_true", help="without bubblewrap")
    options = parser.parse_args()
    rows, found, left = run(wrap=not options.plain)
    for one in rows if options.each else ():
        say(f"{one.name:24} {one.ending:16} {one.outcome:10} {1000 * one.seconds:6.0f} ms")
    say(table(rows, found, left))
    return 1 if any(one.faults for one in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
