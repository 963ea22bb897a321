"""Steps that fall like 1/k on h*(theta - c)^2/2 with noisy derivatives: second moments by running the recursion."""

from __future__ import annotations

import numpy as np


def mean_square(h: float, v: float, t: float, m: float, r: float, a: float, asked: str) -> float:
    """'newton', 'newton-loss': after t steps 1/(h k), from any start; 'delayed': 1/(h (k + m)), from the error r.

    For steps a/k: 'limit' of k times the mean square, 'loss' of k times the mean loss above the minimum, 'excess'
    over the limit for a = 1/h.
    """
    if asked in ("newton", "newton-loss"):
        found = _run([1 / (h * k) for k in range(1, int(t) + 1)], h, v, start=7.0)
        return h * found / 2 if asked == "newton-loss" else found
    if asked == "delayed":
        return _run([1 / (h * (k + m)) for k in range(1, int(t) + 1)], h, v, start=r)
    limit = _long_run(a, h, v)
    return {"limit": limit, "loss": h * limit / 2, "excess": limit / _long_run(1 / h, h, v)}[asked]


def growth(steep: int, flat: int, times: int) -> float:
    """The factor of k over which the noise-free error along the flat axis falls by `times`, from log-time."""
    decay = float(flat) / float(steep)  # of log error in log k, as d(log error) = log(1 - decay/k), about -decay/k
    return float(np.exp(np.log(float(times)) / decay))


def steps_to_reach(v0: float, h0: float, k0: float) -> float:
    """Steps after which h/2 times the variance of an average of noises, each divided by h, is 1/k0."""
    one = float(h0) / 2 * _run([1 / float(h0)], float(h0), float(v0), start=3.0)
    return one * float(k0)


def _run(steps: list[float], h: float, v: float, *, start: float) -> float:
    square = start**2
    for step in steps:
        square = (1 - step * h) ** 2 * square + step**2 * v
    return float(square)


def _long_run(a: float, h: float, v: float) -> float:
    """k times the mean square for steps a/k, in the limit: noise of log-time x ago has decayed by exp(-a h x).

    Between log-times x and x + dx lie k exp(-x) dx steps, each with the noise (a/k)^2 exp(2 x) v.
    """
    nodes, weights = np.polynomial.legendre.leggauss(30)
    total = 0.0
    for low in range(0, 80, 2):
        x = low + 1 + nodes
        total += float(weights @ (np.exp(-x) * a**2 * np.exp(2 * x) * v * np.exp(-2 * a * h * x)))
    return total
