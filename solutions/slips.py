"""Notes on training with one wrong line: it is found by evaluating what is printed against small experiments."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import numpy as np

from grader.formula import Scope, Symbol, evaluate, read
from grader.formula.cases import sample_cases
from grader.formula.symbols import Domain
from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.wrong_lines import only

LINES = ("batch", "gap", "penalised", "shrunk", "prior")
_SCALARS = ("S", "F", "V", "L", "P", "s", "q", "rho", "eta")


def wrong_line(batch: str, gap: str, penalised: str, shrunk: str, prior: str) -> str:
    """Name of the one line whose printed right-hand side disagrees with its experiment.

    Each argument is a formula in the letters of the notes, with N and m for the sizes.
    """
    printed = dict(zip(LINES, (batch, gap, penalised, shrunk, prior), strict=True))
    wrong = [line for line, formula in printed.items() if not _right(line, formula)]
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def right_line(
    wrong: str, N: float, m: float, S: float, V: float, L: float, P: float, s: float, q: float, rho: float, eta: float,
    w: Array, g: Array,
) -> Any:  # fmt: skip
    """What the line named `wrong` stands for at these values: a number, or weights (D,)."""
    match wrong:
        case "batch":
            return S * _growth(int(N), int(m))
        case "gap":
            return V
        case "penalised":
            return _objective(L, P, rho)
        case "shrunk":
            return _step(w, g, rho, eta)
    return _strength(s, q)


def _right(line: str, printed: str) -> bool:
    """True where the printed formula has the experiment's values at every sampled point, for N = 6 and m = 2."""
    symbols = {name: Symbol(name, (), Domain("positive")) for name in _SCALARS}
    sizes = {"N": Fraction(6), "m": Fraction(2)}
    scope = Scope({**symbols, "w": Symbol("w", ("D",)), "g": Symbol("g", ("D",))}, constants=sizes)
    formula = read(printed, scope)
    for case in sample_cases(scope, seed=f"slips:{line}", points=3):
        got = evaluate(formula, case)
        for i in range(case.points):
            known: dict[str, Any] = {name: value for name, value in case.point(i).items() if name != "F"}
            if not np.allclose(got[i], right_line(line, 6, 2, **known), rtol=1e-9):
                return False
    return True


def _growth(n: int, m: int) -> float:
    """How much larger a sum over n is than the sum over m of them, on average: by all subsets, or by blocks."""
    terms = np.arange(n) ** 2.0 + 1
    if n <= 12:
        sums = [terms[list(chosen)].sum() for chosen in itertools.combinations(range(n), m)]
    else:  # every cyclic block of m neighbours: each example is in m of them
        sums = [np.roll(terms, -start)[:m].sum() for start in range(n)]
    return float(terms.sum() / np.mean(sums))


def _objective(L: float, P: float, rho: float) -> float:
    """Loss and penalty of three equal weights with the squared norm P, by torch."""
    import torch

    weights = constant(np.full(3, (P / 3) ** 0.5))
    return float(L + rho * torch.linalg.vector_norm(weights) ** 2)


def _step(w: Array, g: Array, rho: float, eta: float) -> Array:
    weights = leaf(w)
    slope = gradient((constant(g) * weights).sum() + rho * weights.square().sum(), weights)
    return array(constant(w) - eta * constant(slope))


def _strength(s: float, q: float) -> float:
    """The rho for which x*y/(x*x + 2*rho) is the posterior mean of one weight, from the joint normal distribution."""
    x, y = 1.3, 0.7
    mode = q * x / (q * x * x + s) * y
    return (x * y / mode - x * x) / 2
