"""Training the references on the CPU and on a GPU side by side: seconds, figures, and the verdicts that follow.

    python benchmarks/training.py              every reference, on the CPU and on a GPU where there is one
    python benchmarks/training.py digits-cnn   those named

Each is trained anew, in a cache of its own. Then two submissions for the question on handwritten digits, a good one and
one that guesses, are judged against the network from each device.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from grader.answers.code import judge_code  # noqa: E402
from grader.keys import CodeKey  # noqa: E402
from grader.sandbox import Sandbox  # noqa: E402
from questions.bank import load_bank  # noqa: E402
from questions.models import model_answer  # noqa: E402
from solutions.cache import VARIABLE  # noqa: E402
from solutions.trained.table import REFERENCES  # noqa: E402
from solutions.training import train  # noqa: E402

QUESTION, REFERENCE, MARGIN = "convolution.digits-classifier", "digits-cnn", 0.03
GUESS = """
import numpy as np


def classify(x_train, y_train, x_test):
    return np.random.default_rng(0).normal(size=(len(x_test), 10))
"""


def devices() -> list[str]:
    import torch

    return ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]


def say(line: str = "") -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def figures(names: list[str]) -> None:
    for name in names:
        for device in devices():
            done = train(name, device)
            told = ", ".join(f"{figure} {value:.4f}" for figure, value in done.figures.items())
            say(f"{name:20} {device:5} {done.seconds:7.1f} s  {told}")


def verdicts() -> None:
    key = load_bank().family(QUESTION).draw(0).parts[0].key
    assert isinstance(key, CodeKey) and key.accuracy is not None
    with Sandbox() as sandbox:
        for device in devices():
            accuracy = train(REFERENCE, device).accuracy
            judged = replace(key, accuracy=replace(key.accuracy, floor=accuracy - MARGIN, reference=accuracy))
            for name, source in (("model answer", model_answer(key.entry)), ("guess", GUESS)):
                verdict = judge_code(source, judged, sandbox)
                say(f"{name:20} {device:5} {verdict.outcome.value} ({verdict.level})")


def main() -> None:
    import torch

    names = sys.argv[1:] or list(REFERENCES)
    gpu = torch.cuda.get_device_name() if torch.cuda.is_available() else "none"
    say(f"PyTorch {torch.__version__}, {os.cpu_count()} cores, GPU: {gpu}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ[VARIABLE] = folder
        figures(names)
        say()
        verdicts()


if __name__ == "__main__":
    main()
