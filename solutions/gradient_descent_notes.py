"""Notes on gradient descent with one wrong line: every printed line is compared with an experiment.

g (n,) gradient; r length; c inner product and s squared length of a step; L, mu largest and smallest curvature;
nu a curvature, z an error along it, alpha a step size; k steps; R distance at the start; epsilon accuracy
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

import numpy as np

from grader.formula import Scope, Symbol
from grader.formula.symbols import Domain
from solutions import gradient_descent_bounds, gradient_descent_steepest
from solutions.arrays import Array
from solutions.gradient_descent_paths import iterates
from solutions.wrong_lines import agrees, only

LINES = ("steepest", "model", "left", "excess", "count")
_SYMBOLS = {
    "g": Symbol("g", ("n",)),
    **{name: Symbol(name) for name in "cz"},
    **{name: Symbol(name, (), Domain("positive")) for name in "rs"},
    **{
        name: Symbol(name, (), Domain("interval", *bounds))
        for name, bounds in {
            "L": (3, 9), "mu": (1.5, 2.5), "alpha": (0.05, 0.2), "nu": (2, 4), "R": (1, 5), "epsilon": (0.001, 0.1)
        }.items()
    },
    "k": Symbol("k", (), Domain("integer", 2, 9)),
}  # fmt: skip


def wrong_line(
    p1: str, p2: str, p3: str, p4: str, p5: str, r1: str, r2: str, r3: str, r4: str, r5: str
) -> str:  # fmt: skip
    """Which of LINES the experiments contradict.

    Where a line is printed as it should be, it says `{r1}` and r1 holds the formula.
    """
    printed = zip(LINES, (p1, p2, p3, p4, p5), (r1, r2, r3, r4, r5), strict=True)
    return only([name for name, line, right in printed if not _right(name, right if line.startswith("{") else line)])


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def right_line(
    wrong: str, g: Array, r: float, c: float, s: float, L: float, mu: float, alpha: float, nu: float, z: float,
    k: float, R: float, epsilon: float,
) -> Any:  # fmt: skip
    """The value of the line named `wrong`: a number, or a step (n,)."""
    match wrong:
        case "steepest":
            return gradient_descent_steepest.best_step(g, g, np.eye(len(g)), r, "euclid")
        case "model":  # curvature from the length of the best step for a gradient of length 1
            return float(c + s / (2 * (1 / L)))
        case "left":
            return iterates(nu, 0.0, alpha, z, 0.0, int(k))[-1][0]
        case "excess":
            return gradient_descent_bounds.bound(L, mu, R, k, "best", "value")
    return gradient_descent_bounds.simple_count(L, L / mu, R, epsilon, "best", "value")


@cache
def _right(line: str, printed: str) -> bool:
    """True where the formula has the experiment's values at every sampled point."""
    scope = Scope(_SYMBOLS)
    truth = partial(right_line, line)
    return agrees(printed, scope, truth, seed=f"gradient descent:{line}", points=3, rtol=1e-8, atol=1e-10)
