"""Notes on cheap curvature with one wrong line: every printed formula is compared with whole matrices.

d (n,) positive, U (n, r); A, S, B (K, K) positive definite, G (K, K), t, g, s (K,), p, rho; m layers of width w.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from solutions.arrays import Array
from solutions.curvature_costs import square_formula
from solutions.quasi_newton_low_rank import core as woodbury_core
from solutions.wrong_lines import only

SHAPES: dict[str, tuple[str, ...]] = {
    "d": ("n",), "U": ("n", "r"), "G": ("K", "K"), "A": ("K", "K"), "S": ("K", "K"), "B": ("K", "K"),
    "t": ("K",), "g": ("K",), "s": ("K",), "p": (), "rho": (),
}  # fmt: skip
POSITIVE = ("d", "s", "p", "rho")
DEFINITE = ("A", "S", "B")


def wrong_line(
    core: str, kfac: str, store: str, work: str, rms: str, secant: str, m: int, w: int
) -> str:  # fmt: skip
    """Name of the one line whose printed formula disagrees with what it should be."""
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import sample_cases
    from grader.formula.symbols import Domain

    printed = {"core": core, "kfac": kfac, "store": store, "work": work, "rms": rms, "secant": secant}
    words = {**dict.fromkeys(POSITIVE, "positive"), **dict.fromkeys(DEFINITE, "positive_definite")}
    symbols = {name: Symbol(name, shape, Domain(words.get(name, "real"))) for name, shape in SHAPES.items()}
    scope = Scope(symbols, {"m": Fraction(int(m)), "w": Fraction(int(w))})
    case = sample_cases(scope, seed="notes on cheap curvature", points=1)[0]
    point: dict[str, Any] = {name: np.asarray(value) for name, value in dict(case.point(0)).items() if name in SHAPES}
    wrong = []
    for name, text in printed.items():
        found, right = evaluate(read(text, scope), case)[0], line_value(**point, m=m, w=w, wrong=name)
        if np.shape(found) != np.shape(right) or not np.allclose(found, right, rtol=1e-6, atol=1e-9):
            wrong.append(name)
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def line_value(
    d: Array, U: Array, G: Array, A: Array, S: Array, B: Array, t: Array, g: Array, s: Array, p: float, rho: float,
    m: int, w: int, wrong: str,
) -> Array:  # fmt: skip
    """What the line named `wrong` should say."""
    if wrong == "core":
        return woodbury_core(d, U, 1.0, "plus")
    if wrong == "kfac":
        return np.asarray(np.linalg.solve(np.kron(S, A), G.reshape(-1)).reshape(G.shape))
    if wrong in ("store", "work"):
        return np.asarray(square_formula(m, w, "kron", "stored" if wrong == "store" else "invert"))
    if wrong == "secant":
        return np.asarray(B @ (t + g) - B @ g)  # gradients at the ends of a step t
    return np.asarray([rho * slope / (square**0.5 + p) for slope, square in zip(g, s, strict=True)])
