"""Seconds to judge a submission of code: ours warm and cold, a bare subprocess, and otter-grader, in one run.

    python benchmarks/code.py                   a minute or two
    python benchmarks/code.py --otter FILE      the command `otter` of another environment
    python benchmarks/code.py --many 1000       so many submissions in a row: what they leave behind

The task is the softmax of three batches. Ours compares values and confines the submission; the bare subprocess imports
the same packages, calls the function three times and confines nothing; otter-grader (extra `bench`, with ipykernel)
runs one doctest.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "grader" / "sandbox")]

from processes import descendants, descriptors  # noqa: E402

from grader.answers.code import judge_code  # noqa: E402
from grader.keys import CodeCase, CodeKey, Limits  # noqa: E402
from grader.sandbox import Sandbox  # noqa: E402
from grader.verdict import Outcome  # noqa: E402

NUMPY = """import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""
TORCH = """import torch


def softmax(z):
    return torch.softmax(torch.as_tensor(z), dim=1)
"""
WRONG = NUMPY.replace("axis=1", "axis=0")
DOCTEST = '''OK_FORMAT = True
test = {"name": "q1", "points": 1, "suites": [{"cases": [{"code": """>>> import numpy as np
>>> bool(np.allclose(softmax(np.eye(2)).sum(1), 1))
True""", "hidden": False, "locked": False}], "scored": True, "setup": "", "teardown": "", "type": "doctest"}]}
'''


def key(packages: str) -> CodeKey:
    cases = []
    for seed in range(3):
        z = np.random.default_rng(seed).normal(size=(5 + seed, 4))
        powers = np.exp(z - z.max(axis=1, keepdims=True))
        cases.append(CodeCase({"z": z}, (powers / powers.sum(axis=1, keepdims=True),), shown=seed == 0))
    return CodeKey("softmax", ("z",), ("y",), tuple(cases), allow=packages, limits=Limits())


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def seconds(act: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return sorted(found)


def row(name: str, found: list[float]) -> float:
    median, high = statistics.median(found), found[min(len(found) - 1, int(0.99 * len(found)))]
    say(f"{name:44} {1000 * median:10.1f} ms {1000 * high:10.1f} ms {1 / median:10.1f} {len(found):6}")
    return median


def ours(packages: str, source: str, times: int) -> float:
    question = key(packages)
    with Sandbox() as sandbox:
        cold = seconds(lambda: judge_code(source, question, sandbox), 1)
        row(f"ours, first in this process, {packages}", cold)
        assert judge_code(source, question, sandbox).outcome is Outcome.RIGHT
        return row(f"ours, warm, {packages}", seconds(lambda: judge_code(source, question, sandbox), times))


def bare(packages: str, source: str, times: int) -> float:
    calls = "import numpy as np\nfor s in range(3):\n    softmax(np.random.default_rng(s).normal(size=(5 + s, 4)))\n"
    command = [sys.executable, "-c", source + calls]
    return row(f"bare subprocess, {packages}", seconds(lambda: subprocess.run(command, check=True), times))


def otter(command: str, times: int) -> float:
    """`otter run` on a folder with one doctest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "tests").mkdir()
        (folder / "tests" / "q1.py").write_text(DOCTEST)
        (folder / "softmax.py").write_text(NUMPY)
        beside = {**os.environ, "PATH": f"{Path(command).resolve().parent}:{os.environ['PATH']}"}

        def run(*words: str) -> None:
            subprocess.run([command, *words], cwd=folder, check=True, capture_output=True, env=beside)

        run("generate", "-t", "tests", "--no-environment")
        return row("otter-grader, numpy", seconds(lambda: run("run", "-a", "autograder.zip", "softmax.py"), times))


def first_of_a_command(question: str, times: int) -> None:
    """`chainrule grade` of a model answer in a fresh process, after the cases were made once."""
    from questions.bank import load_bank

    part = load_bank().family(question).draw(0).parts[0]
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "answer.py"
        file.write_text(part.model)
        command = [sys.executable, "-P", "-m", "chainrule", "grade", str(file), "--question", question]

        def run() -> None:
            subprocess.run(command, check=True, capture_output=True)

        run()
        row(f"chainrule grade, fresh, {question}", seconds(run, times))


def many(count: int) -> None:
    """So many submissions in a row: right, wrong, broken and endless ones in turn."""
    endless = "def softmax(z):\n    while True:\n        pass\n"
    sources = [NUMPY, WRONG, "def softmax(z):\n    return z[\n", "def softmax(z):\n    raise ValueError(z)\n"]
    question = key("numpy")
    limited = replace(question, limits=Limits(wall_seconds=0.2, cpu_seconds=0.2))
    files = set(Path(tempfile.gettempdir()).iterdir())
    with Sandbox() as sandbox:
        judge_code(NUMPY, question, sandbox)
        processes, before, memory = descendants(os.getpid()), descriptors(), _memory()
        start = time.perf_counter()
        for i in range(count):
            source = endless if i % 50 == 49 else sources[i % len(sources)]
            judge_code(source, limited if source is endless else question, sandbox)
        spent = time.perf_counter() - start
        gc.collect()
        time.sleep(0.2)  # the last child may still be dying
        left = len(descendants(os.getpid())) - len(processes), descriptors() - before
        made = len(set(Path(tempfile.gettempdir()).iterdir()) - files)
        say(f"\n{count} submissions in {spent:.1f} s; processes {left[0]:+}, descriptors {left[1]:+}, files {made:+}")
        say(f"most memory of the judging process: {memory} MiB before, {_memory()} MiB after")


def _memory() -> int:
    """The most memory that this process has taken so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Seconds to judge a submission of code.")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--otter", default=shutil.which("otter") or "", metavar="FILE")
    parser.add_argument("--many", type=int, default=0, metavar="N")
    options = parser.parse_args()
    say(f"{'':44} {'median':>13} {'p99':>13} {'per second':>10} {'runs':>6}")
    warm = ours("numpy", NUMPY, options.times)
    ours("torch", TORCH, options.times)
    bare("numpy", NUMPY, 10)
    bare("torch", TORCH, 5)
    for question in ("layers.softmax-backward", "supervised.torch-training-loop"):
        first_of_a_command(question, 5)
    if options.otter:
        say(f"\nours, warm, is {otter(options.otter, 5) / warm:.0f} times as fast as otter-grader")
    else:
        say("otter-grader is not installed: its row is left out")
    if options.many:
        many(options.many)


if __name__ == "__main__":
    main()
