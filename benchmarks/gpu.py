"""The same submissions judged on the processor and on a GPU: verdicts side by side, and milliseconds for each.

    python benchmarks/gpu.py

Right and wrong submissions that use PyTorch, among them every mutant of two of them. The first of each question pays
for the warm process. Exit code 1 where a verdict differs, 2 where there is no GPU.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from gpu_submissions import submissions, verdict_of  # noqa: E402

from grader.sandbox import Sandbox  # noqa: E402


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def timed(question: str, source: str, sandbox: Sandbox) -> tuple[object, float]:
    start = time.perf_counter()
    verdict = verdict_of(question, source, sandbox)
    return verdict, 1000 * (time.perf_counter() - start)


def main() -> int:
    import torch

    if not torch.cuda.is_available():
        say("PyTorch sees no GPU here: there is nothing to compare")
        return 2
    say(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}")
    times: dict[str, list[float]] = {"cpu": [], "cuda": []}
    different = 0
    with Sandbox() as processor, Sandbox(device="cuda") as gpu:
        for number, (question, what, source) in enumerate(submissions()):
            one, other = timed(question, source, processor), timed(question, source, gpu)
            same = one[0] == other[0]
            different += not same
            if number > 2:
                times["cpu"].append(one[1])
                times["cuda"].append(other[1])
            if not same or number < 3:
                say(f"{question:36} {what:30.30} cpu {one[1]:7.0f} ms {one[0]}  cuda {other[1]:7.0f} ms {other[0]}")
    for device, taken in times.items():
        say(f"{device:5} median {statistics.median(taken):6.0f} ms, longest {max(taken):6.0f} ms, of {len(taken)}")
    say(f"{number + 1} submissions, {different} verdicts differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
