"""Momentum on h*(theta - c)^2/2 with noisy derivatives: exact second moments of the pair (error, velocity)."""

from __future__ import annotations

import numpy as np


def stationary(alpha: float, eta: float, h: float, v: float, form: str, asked: str) -> float:
    """'variance' of theta - c in the long run; 'loss': mean loss above the minimum; 'ratio': over that of eta = 0.

    form: 'sum', velocity = eta*velocity - alpha*g; 'average', m = eta*m + (1 - eta)*g and a step of -alpha*m.
    """
    found = _variance(alpha, eta, h, v, form)
    if asked == "ratio":
        return found / _variance(alpha, 0.0, h, v, form)
    return h * found / 2 if asked == "loss" else found


def stationary_drawn(alpha0: float, eta0: float, h0: float, v0: float, form: str, asked: str) -> float:
    """`stationary` for drawn numbers."""
    return stationary(float(alpha0), float(eta0), float(h0), float(v0), form, asked)


def rescaling(eta0: float, eta1: float) -> float:
    """The ratio of the long-run velocities under a steady derivative of 1 and a step of 1, old over new, by running."""
    ends = []
    for eta in (float(eta0), float(eta1)):
        velocity = 0.0
        for _ in range(4000):
            velocity = eta * velocity - 1.0
        ends.append(velocity)
    return ends[0] / ends[1]


def _variance(alpha: float, eta: float, h: float, v: float, form: str) -> float:
    """Solves the linear equations P = F P F.T + Q for the second moments P of (error, velocity)."""
    gain = alpha * (1 - eta) if form == "average" else alpha
    F = np.array([[1 - gain * h, eta], [-gain * h, eta]])
    Q = gain**2 * v * np.ones((2, 2))
    P = np.linalg.solve(np.eye(4) - np.kron(F, F), Q.reshape(-1))
    return float(P[0])
