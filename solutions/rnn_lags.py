"""Gradients of linear recurrent networks by lag: their norms, as curves and as numbers.

W (2, 2) with the larger eigenvalue top left; the gradient (1/100, 1) arrives at the last state.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant
from solutions.drawings import Plot, Series

LAST = 20
KINDS = ("decays", "grows", "hump", "dip")


def norms(kind: str, r: float, s: float, c: float) -> Array:
    """log10 of the norm of the gradient, lag 0 ... LAST steps back. r: an eigenvalue below 1, s: one above 1."""
    W, gradient = _matrix(kind, float(r), float(s), float(c)), np.array([0.01, 1.0])
    sizes = []
    for _ in range(LAST + 1):
        sizes.append(float(np.log10(np.linalg.norm(gradient))))
        gradient = W.T @ gradient
    return np.array(sizes)


def curve(kind: str, r: float, s: float, c: float) -> Plot:
    """The curve of `norms`."""
    points = tuple((float(n), round(float(value), 2)) for n, value in enumerate(norms(kind, r, s, c)))
    return Plot(
        "Gradient by lag: log10 of its norm",
        "steps back from the last state",
        "log10 of the norm",
        (Series("log10 of the norm", points),),
    )


def read(kind: str, r: float, s: float, c: float) -> str:
    """The matrix whose curve begins and ends like the one that is drawn: up or down."""
    drawn = norms(kind, r, s, c)
    first, last = drawn[1] > drawn[0], drawn[-1] > drawn[-2]
    return {(False, False): "decays", (True, True): "grows", (True, False): "hump", (False, True): "dip"}[first, last]


def matched(kind: str, r: float, s: float, c: float) -> str:
    """The matrix of `KINDS` whose gradients halfway to `LAST`, by torch, fit the curve that is drawn."""
    import torch

    drawn, g = float(norms(kind, r, s, c)[LAST // 2]), constant([0.01, 1.0])
    powers = (torch.linalg.matrix_power(constant(_matrix(k, float(r), float(s), float(c))), LAST // 2) for k in KINDS)
    sizes = [float(torch.linalg.vector_norm(power.T @ g).log10()) for power in powers]
    return KINDS[int(np.argmin(np.abs(np.array(sizes) - drawn)))]


def long_run_factor(kind: str, r: float, s: float, c: float) -> float:
    """The factor by which the norm changes from step to step far back: from lag 400 to lag 401."""
    W, gradient, before = _matrix(kind, float(r), float(s), float(c)), np.array([0.01, 1.0]), 1.0
    for _ in range(401):
        before = float(np.linalg.norm(gradient))
        gradient = W.T @ (gradient / before)
    return float(np.linalg.norm(gradient))


def decades(kind: str, r: float, s: float, c: float, n: int) -> float:
    """The change of the norm's log10 over n steps far back."""
    return int(n) * float(np.log10(long_run_factor(kind, r, s, c)))


def _matrix(kind: str, r: float, s: float, c: float) -> Array:
    rows = {
        "decays": ((r, 0), (0, r - 0.2)),
        "grows": ((s, 0), (0, s - 0.1)),
        "hump": ((r, 0), (c, r - 0.2)),
        "dip": ((s, 0), (0, r - 0.2)),
    }
    return np.array(rows[kind], dtype=float)
