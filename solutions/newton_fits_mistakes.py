"""Wrong references for code on Levenberg-Marquardt, each one slip away from the right one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solutions.arrays import Array


@dataclass(frozen=True)
class _Slips:
    """What a wrong version does differently."""

    low: float = 2.0  # factor of rho after a bad prediction
    high: float = 1 / 3  # and after a good one
    refuses: bool = True
    damped: bool = False
    scaled: bool = False
    mean: bool = False
    bare: bool = False


def never_adjusted(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Keeps rho."""
    return _fit(x, y, w, rho, steps, _Slips(low=1, high=1))


def adjusted_backwards(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Lowers rho after a bad prediction."""
    return _fit(x, y, w, rho, steps, _Slips(low=1 / 3, high=2))


def always_moves(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Makes steps that raise the loss."""
    return _fit(x, y, w, rho, steps, _Slips(refuses=False))


def damped_prediction(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Includes the damping in the predicted fall."""
    return _fit(x, y, w, rho, steps, _Slips(damped=True))


def scaled_diagonal(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Adds rho times the diagonal."""
    return _fit(x, y, w, rho, steps, _Slips(scaled=True))


def mean_of_squares(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Takes the mean of the squares."""
    return _fit(x, y, w, rho, steps, _Slips(mean=True))


def second_column(x: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Loses the factor w[0] in the derivative by w[1]."""
    return _fit(x, y, w, rho, steps, _Slips(bare=True))


def _fit(x: Array, y: Array, w: Array, rho: float, steps: int, slips: _Slips) -> Array:
    scale = 1 / len(x) if slips.mean else 1.0
    path = []
    for _ in range(int(steps)):
        grown = np.exp(w[1] * x)
        r = w[0] * grown - y
        J = np.stack([grown, x * grown if slips.bare else w[0] * x * grown], axis=1)
        g, G = scale * J.T @ r, scale * J.T @ J
        B = G + rho * (np.diag(np.diag(G)) if slips.scaled else np.eye(2))
        d = np.linalg.lstsq(B, -g, rcond=None)[0]  # some slips lead to singular systems
        after = np.clip(w + d, -8, 8)  # runaways stay within what floats can hold
        fall = scale * ((r**2).sum() - ((after[0] * np.exp(after[1] * x) - y) ** 2).sum()) / 2
        ratio = fall / -(d @ g + d @ (B if slips.damped else G) @ d / 2)
        if ratio > 0 or not slips.refuses:
            w = after
        rho = rho if rho < 1e-9 else rho * (slips.low if ratio < 0.25 else slips.high if ratio > 0.75 else 1)
        path.append(w)
    return np.array(path)
