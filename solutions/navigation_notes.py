"""Notes on an agent's objective with one wrong line: every printed line is compared with a small experiment.

P, D, C losses of policy, depth and loop closure; b1, b2 weights; x, y, z slopes of the losses in one weight;
q probability of the label c; R the only reward, at move T; gamma discount factor
"""

from __future__ import annotations

from functools import cache, partial

import numpy as np

from grader.formula import Scope, Symbol
from grader.formula.symbols import Domain
from solutions.arrays import constant, gradient, leaf
from solutions.wrong_lines import agrees, only

_DOMAINS = {
    **dict.fromkeys("Pxyz", Domain()),
    **dict.fromkeys(("D", "C", "b1", "b2", "R"), Domain("positive")),
    "c": Domain("binary"),
    "q": Domain("unit"),
    "gamma": Domain("unit"),
    "T": Domain("integer", 2, 9),
}


def wrong_line(p1: str, p2: str, p3: str, p4: str, r1: str, r2: str, r3: str, r4: str) -> str:
    """'objective', 'slope', 'entropy' or 'worth': the printed line that its experiment contradicts.

    Where a line is printed as it should be, it says `{r1}` and r1 holds the formula.
    """
    printed = zip(("objective", "slope", "entropy", "worth"), (p1, p2, p3, p4), (r1, r2, r3, r4), strict=True)
    return only([name for name, line, right in printed if not _right(name, right if line.startswith("{") else line)])


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def right_line(
    wrong: str, P: float, D: float, C: float, b1: float, b2: float, x: float, y: float, z: float,
    c: float, q: float, R: float, gamma: float, T: float,
) -> float:  # fmt: skip
    """The value of the line named `wrong`."""
    import torch

    if wrong == "objective":
        return float(np.dot([1.0, b1, b2], [P, D, C]))
    if wrong == "slope":  # three losses with these slopes, by autograd
        weight = leaf(0.0)
        losses = torch.stack([float(slope) * weight for slope in (x, y, z)])
        return float(gradient((losses * constant([1.0, b1, b2])).sum(), weight))
    if wrong == "entropy":
        return torch.nn.functional.binary_cross_entropy(constant(q), constant(c)).item()
    total = 0.0
    for move in range(int(T), 0, -1):
        total = (R if move == int(T) else 0.0) + gamma * total
    return float(total)


@cache
def _right(line: str, printed: str) -> bool:
    """True where the formula has the experiment's values at every sampled point."""
    scope = Scope({name: Symbol(name, (), domain) for name, domain in _DOMAINS.items()})
    truth = partial(right_line, line)
    return agrees(printed, scope, truth, seed=f"navigation:{line}", points=4, rtol=1e-9, atol=1e-12)
