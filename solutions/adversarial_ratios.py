"""Density ratios from a classifier's output, by undoing Bayes' rule numerically.

D, s  probability of data and its logit      w  share of data among the examples      n, k  examples of data, samples
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def from_output(D: float, s: float, w: float, n: float, k: float, given: str, asked: str, ctold: str) -> float:
    """The ratio, its inverse or its logarithm, as `asked`, from D or s as `given`."""
    share = float(w) if "share" in ctold else float(n) / (float(n) + float(k))
    logit = float(np.log(float(D)) - np.log1p(-float(D))) if given == "D" else float(s)
    return _asked(_log_ratio(logit, share), asked)


def from_counts(d0: float, n0: int, k0: int, asked: str) -> float:
    """The same from a drawn probability and numbers of examples."""
    logit = float(np.log(float(d0)) - np.log1p(-float(d0)))
    return _asked(_log_ratio(logit, int(n0) / (int(n0) + int(k0))), asked)


def reweighted(q: Array, d: Array, v: Array) -> float:
    """The mean of v under probabilities in proportion to what makes D the posterior of equal classes."""
    model = np.asarray(q, dtype=float) / 10
    outputs = np.asarray(d, dtype=float)
    data = np.array([_data_density(m, o) for m, o in zip(model, outputs, strict=True)])
    return float((data / data.sum()) @ np.asarray(v, dtype=float))


def _data_density(model: float, output: float) -> float:
    """The p for which p/(p + model) is the output, by bisection."""
    low, high = 0.0, 1e3
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if middle / (middle + model) < output else (low, middle)
    return (low + high) / 2


def _log_ratio(logit: float, share: float) -> float:
    """The log ratio r for which Bayes' rule with the prior `share` gives the logit, by bisection."""
    low, high = -200.0, 200.0
    for _ in range(120):
        middle = (low + high) / 2
        posterior = np.log(share) + middle - np.log1p(-share)
        low, high = (middle, high) if posterior < logit else (low, middle)
    return (low + high) / 2


def _asked(log_ratio: float, asked: str) -> float:
    return {"ratio": float(np.exp(log_ratio)), "inverse": float(np.exp(-log_ratio)), "log": log_ratio}[asked]
