"""`chainrule grade-class` as a process of its own, with its memory looked at while it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
EVERY = 0.5  # seconds between looks
JUDGES = "chainrule.bulk.judge_process"
MB = 1e6


@dataclass(frozen=True)
class Look:
    """MB at one time. parent: of the command; judge: of the largest process that judges; all: with all below.

    judged: bytes of judgements that were kept by then, which tells how far it was. processor: seconds that all of them
    have used by then, those that ended and were waited for included; own: of them those of the command.
    """

    judged: int
    parent: float
    judge: float
    all: float
    processor: float = 0.0
    own: float = 0.0


@dataclass
class Ran:
    """What a run came to. seconds: from start to end; summary: what the command printed."""

    out: Path
    seconds: float = 0.0
    code: int = 0
    summary: dict[str, Any] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)
    said: str = ""

    @property
    def processor(self) -> float:
        """Seconds of processors that everything together used."""
        return max((look.processor for look in self.looks), default=0.0)

    @property
    def own(self) -> float:
        """Seconds of a processor that the command itself used: reading, drawing, handing out, writing."""
        return max((look.own for look in self.looks), default=0.0)

    @property
    def writing(self) -> float:
        """Those of them after everything was judged."""
        judging = [look.own for quarter in self.quarters()[:4] for look in quarter]
        return self.own - max(judging, default=0.0)

    def quarters(self) -> list[list[Look]]:
        """The looks in each quarter of the judging, and those after it."""
        end = max((look.judged for look in self.looks), default=0)
        parts: list[list[Look]] = [[], [], [], [], []]
        for look in self.looks:
            parts[4 if look.judged >= end else 4 * look.judged // end].append(look)
        return parts


def ran(
    submissions: Path, assignment: Path, out: Path, more: Sequence[str], during: Callable[[int], None] = lambda _: None
) -> Ran:
    """Grades. during: called at each look with how many bytes of judgements are kept."""
    words = ["grade-class", str(submissions), "--assignment", str(assignment), "--out", str(out), "--json", *more]
    found = Ran(out)
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "chainrule", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        said: list[str] = []
        assert process.stdout is not None and process.stderr is not None
        readers = [
            Thread(target=lambda: said.append(process.stdout.read())),  # type: ignore[union-attr]
            Thread(target=lambda: said.append(process.stderr.read())),  # type: ignore[union-attr]
        ]
        for reader in readers:
            reader.start()
        while process.poll() is None:
            found.looks.append(look(process.pid, out))
            during(found.looks[-1].judged)
            time.sleep(EVERY)
        for reader in readers:
            reader.join()
    found.seconds = time.perf_counter() - began
    found.code = process.returncode
    found.summary = next((json.loads(text) for text in said if text.lstrip().startswith("{")), {})
    found.said = "".join(text for text in said if not text.lstrip().startswith("{"))
    if not found.summary:
        raise SystemExit(f"grade-class ended with {found.code}: {found.said[-2000:]}")
    return found


def look(pid: int, out: Path) -> Look:
    """How large the process and those below it are now: memory that several share is divided among them."""
    kept = out / "judged.jsonl"
    judged = kept.stat().st_size if kept.exists() else 0
    try:
        parent = psutil.Process(pid)
        below = parent.children(recursive=True)
    except psutil.Error:
        return Look(judged, 0.0, 0.0, 0.0)
    own, sizes = _size(parent), {child: _size(child) for child in below}
    judging = [size for child, size in sizes.items() if JUDGES in _words(child)]
    used = sum(_processor(process) for process in (parent, *below))
    largest, all = max(judging, default=0.0), own + sum(sizes.values())
    return Look(judged, own, largest, all, used, _processor(parent, 2))


def _size(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss) / MB
    except (psutil.Error, OSError):
        return 0.0


def _processor(process: psutil.Process, times: int = 4) -> float:
    try:
        return float(sum(process.cpu_times()[:times]))  # two of its own, two of children that it waited for
    except (psutil.Error, OSError):
        return 0.0


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except (psutil.Error, OSError):
        return []
