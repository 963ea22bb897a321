"""KL between two Gaussians of general form, from means over exact points instead of the closed form."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.gaussian_divergence import divergence


def formula(
    a: float, b: float, s: float, t: float, mu: Array, m: Array, S: Array, R: Array, case: str
) -> float:  # fmt: skip
    """The KL that `case` asks for: u1 ... u4 for one variable, f1 ... f5 for mu, m (D,) and covariances (D, D)."""
    if case.startswith("u"):
        power = {"u1": 2, "u2": 2, "u3": 1, "u4": -1}[case]
        q, p = (float(a), float(s) ** power), (float(b), float(t) ** power)
        return _single(p, q) if case == "u2" else _single(q, p)
    mu, m, S = (np.asarray(value, dtype=float) for value in (mu, m, S))
    eye, zero = np.eye(len(mu)), np.zeros(len(mu))
    pairs = {
        "f1": (mu, S, zero, eye), "f2": (zero, eye, mu, S), "f3": (mu, S, m, t * eye),
        "f4": (mu, S, m, np.asarray(R, dtype=float)), "f5": (mu, t * eye, m, S),
    }  # fmt: skip
    return divergence(*pairs[case])


def number(a0: float, b0: float, s0: float, t0: float, how: str) -> float:
    """KL[q || p] of one variable: means a0, b0, spreads s0, t0 given as deviations, variances or precisions."""
    power = {"deviations": 2, "variances": 1, "precisions": -1}[how]
    return _single((float(a0), float(s0) ** power), (float(b0), float(t0) ** power))


def correlated(x0: float, y0: float, S0: Array) -> float:
    """KL from N((x0, y0), S0) to the standard normal of two variables."""
    return divergence(np.array([x0, y0], dtype=float), np.asarray(S0, dtype=float), np.zeros(2), np.eye(2))


def _single(q: tuple[float, float], p: tuple[float, float]) -> float:
    means, spreads = ([np.array([pair[0]]) for pair in (q, p)], [np.array([[pair[1]]]) for pair in (q, p)])
    return divergence(means[0], spreads[0], means[1], spreads[1])
