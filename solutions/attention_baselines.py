"""Score-function estimators as formulas, checked by enumeration of the glimpses and torch's derivatives.

p (N,) probabilities, c (N,), r (N,) losses or rewards, b a baseline, theta, tau, beta numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    import torch


def first(
    p: Array, c: Array, r: Array, b: float, theta: float, tau: float, beta: float, written: str, scores: str, asks: str
) -> float:
    """asks 'mean': the derivative of the expected reward by theta; 'variance': of one estimate with baseline b."""
    if asks == "mean":
        return _gradient(p, c, r, theta, tau, beta, written, scores)
    return _variance(p, c, r, float(b), theta, tau, beta, written, scores)


def best(p: Array, c: Array, r: Array, theta: float, tau: float, beta: float, written: str, scores: str) -> float:
    """The baseline of least variance: the vertex of the parabola through the variances at -1, 0 and 1."""
    low, middle, high = (_variance(p, c, r, b, theta, tau, beta, written, scores) for b in (-1.0, 0.0, 1.0))
    return (low - high) / (2 * (low - 2 * middle + high))


def saved(p: Array, c: Array, r: Array, theta: float, tau: float, beta: float, written: str, scores: str) -> float:
    """The variance without a baseline less that with the best one."""
    b = best(p, c, r, theta, tau, beta, written, scores)
    without, with_best = (_variance(p, c, r, value, theta, tau, beta, written, scores) for value in (0.0, b))
    return without - with_best


def times_as_many(A: float, B: float, C: float, M: float) -> float:
    """The ratio of the variances without a baseline and with the best; means A of s2R2, B of s2R, C of s2, M of sR.

    The variance as a polynomial in b, with the root of its derivative found by NumPy.
    """
    variance = np.poly1d([float(C), -2 * float(B), float(A) - float(M) ** 2])
    (best_b,) = variance.deriv().roots
    return float(variance(0.0) / variance(best_b))


def _gradient(p: Array, c: Array, r: Array, theta: float, tau: float, beta: float, written: str, scores: str) -> float:
    import torch

    moved, logs = _log_probabilities(p, c, theta, tau, scores)
    expected = torch.exp(logs) @ constant(_rewards(p, r, beta, written))
    return float(torch.autograd.grad(expected, moved)[0])


def _variance(
    p: Array, c: Array, r: Array, b: float, theta: float, tau: float, beta: float, written: str, scores: str
) -> float:
    import torch

    moved, logs = _log_probabilities(p, c, theta, tau, scores)
    slopes = np.array([float(torch.autograd.grad(entry, moved, retain_graph=True)[0]) for entry in logs])
    chances, estimates = array(logs.exp()), (_rewards(p, r, beta, written) - b) * slopes
    return float(chances @ (estimates - chances @ estimates) ** 2)


def _log_probabilities(p: Array, c: Array, theta: float, tau: float, scores: str) -> tuple[torch.Tensor, torch.Tensor]:
    """theta as a leaf, and log P (N,), which is log p at its value."""
    import torch

    moved = leaf(float(theta))
    match scores:
        case "warm":
            height = moved / float(tau)
        case "squared":
            height = moved * moved / 2
        case "exponent":
            height = torch.exp(moved)
        case _:
            height = moved
    offset = constant(np.log(np.asarray(p, dtype=float)))
    return moved, torch.log_softmax(offset + (height - height.detach()) * constant(c), 0)


def _rewards(p: Array, r: Array, beta: float, written: str) -> Array:
    values: Array = np.asarray(r, dtype=np.float64)
    match written:
        case "loss":
            return -values
        case "scaled":
            return -float(beta) * values
        case "bonus":
            return values - np.asarray(np.log(p), dtype=np.float64)
        case "exponential":
            return np.asarray(np.exp(-values), dtype=np.float64)
        case _:
            return values
