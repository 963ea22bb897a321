"""Stationary and transient noise of stochastic gradient methods on h*(theta - c)^2/2, from exact recursions.

A measured derivative is h*(theta - c) plus noise of mean 0 and variance v, independent from step to step.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def stationary(alpha: float, h: float, v: float, noise: str, asked: str) -> float:
    """The limit for a constant step; noise 'plain', 'batch' (v is divided by 8, for M = 8) or 'scaled' (by h).

    asked: 'variance' of theta - c, 'deviation' (its root), 'loss' (mean loss above the minimum), 'gradient' (mean
    square of the measured derivative).
    """
    per_step = {"plain": v, "batch": v / 8, "scaled": v * h}[noise]
    found = _limit(np.array([[1 - alpha * h]]), np.array([[alpha**2 * per_step]]))[0, 0]
    if asked == "deviation":
        return float(np.sqrt(found))
    return float({"variance": found, "loss": h * found / 2, "gradient": h**2 * found + per_step}[asked])


def stationary_drawn(alpha0: float, h0: float, v0: float, noise: str, asked: str) -> float:
    """`stationary` for drawn numbers."""
    return stationary(float(alpha0), float(h0), float(v0), noise, asked)


def after_steps(alpha0: float, h0: float, v0: float, noise: str, start: float, t: int) -> float:
    """Mean square of theta - c after t steps from theta - c = start, step by step."""
    per_step = {"plain": 1.0, "batch": 1 / 8, "scaled": float(h0)}[noise] * float(v0)
    square = float(start) ** 2
    for _ in range(int(t)):
        square = (1 - float(alpha0) * float(h0)) ** 2 * square + float(alpha0) ** 2 * per_step
    return square


def _limit(matrix: Array, added: Array) -> Array:
    """The fixed point of P = matrix P matrix.T + added, by iterating; squared steps make it quick."""
    total, power = added.copy(), matrix.copy()
    for _ in range(20):  # 2^20 steps
        total = total + power @ total @ power.T
        power = power @ power
    return total
