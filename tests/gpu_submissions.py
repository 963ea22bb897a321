"""Submissions that use PyTorch, right and wrong ones, whose verdicts must not depend on where they run."""

from __future__ import annotations

from mutations import mutants

from grader.answers.code import judge_code
from grader.keys import CodeKey
from grader.sandbox import Sandbox
from questions.bank import load_bank

FIT = """
import torch


def fit(X, y, W, rate, steps):
    X, y = torch.tensor(X), torch.tensor(y)
    W = torch.tensor(W, requires_grad=True)
    optimiser = torch.optim.SGD([W], lr=rate, momentum=0.9)
    path = []
    for _ in range(steps):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(X @ W.T, y).backward()
        optimiser.step()
        path.append(W.detach().clone())
    return torch.stack(path)
"""
RESIDUAL = """
import torch
from torch.nn.functional import conv2d


def residual_block(x, V, W, P, s):
    x, V, W, P = (torch.tensor(values) for values in (x, V, W, P))
    branch = conv2d(torch.relu(conv2d(x, V, stride=s, padding=1)), W, padding=1)
    return torch.relu(branch + conv2d(x, P[:, :, None, None], stride=s))
"""
CLASSIFY = """
import torch
from torch import nn


def classify(x_train, y_train, x_test):
    torch.manual_seed(0)
    images = torch.tensor(x_train, dtype=torch.float32)[:, None]
    labels = torch.tensor(y_train)
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(16 * 16, 10)
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(images)).split(64):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(images[batch]), labels[batch]).backward()
            optimiser.step()
    with torch.no_grad():
        return model(torch.tensor(x_test, dtype=torch.float32)[:, None])
"""
OTHER_ENDS = """
def f(X, y, W, rate, steps):
    return


def fit(X, y, W, rate, steps):
    import torch
    {body}
"""
RIGHT = {
    "supervised.torch-training-loop": FIT,
    "convolution.residual-forward-code": RESIDUAL,
    "convolution.digits-classifier": CLASSIFY.replace("EPOCHS", "15"),
}


def submissions() -> list[tuple[str, str, str]]:
    """Question, what the submission is, and its source."""
    found = [(question, "right", source) for question, source in RIGHT.items()]
    for question in ("supervised.torch-training-loop", "convolution.residual-forward-code"):
        found += [(question, mutant.what, mutant.source) for mutant in mutants(RIGHT[question])]
    found.append(("convolution.digits-classifier", "untrained", CLASSIFY.replace("EPOCHS", "0")))
    for what, body in {
        "raises": "raise ValueError('no')",
        "exits": "import os; os._exit(3)",
        "never ends": "while True: torch.ones(8) @ torch.ones(8)",
        "on the processor": "return torch.zeros((steps, *W.shape), device='cpu')",
    }.items():
        found.append(("supervised.torch-training-loop", what, OTHER_ENDS.format(body=body)))
    return found


def verdict_of(question: str, source: str, sandbox: Sandbox) -> tuple[str, float, tuple[str, ...]]:
    """Outcome, score and the kinds of feedback."""
    key = next(part for part in load_bank().family(question).draw(0).parts if part.kind == "code").key
    assert isinstance(key, CodeKey)
    verdict = judge_code(source, key, sandbox)
    return verdict.outcome.value, round(verdict.score, 6), tuple(line.code for line in verdict.feedback)
