"""Weighted ridge regressions of M steps, as plain least squares with rows for the prior."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, array, constant


def weighted_fit(X: Array, y: Array, r: Array, v: float, rho: float) -> Array:
    """The weights (D,) that maximise -sum r (y - X w)^2/(2 v) - rho |w|^2/2, for X (N, D), y and r (N,)."""
    import torch

    share = (constant(r) / float(v)).sqrt()
    below = float(rho) ** 0.5 * torch.eye(X.shape[1], dtype=torch.float64)
    rows = torch.cat([share[:, None] * constant(X), below])
    targets = torch.cat([share * constant(y), torch.zeros(X.shape[1], dtype=torch.float64)])
    return array(torch.linalg.lstsq(rows, targets[:, None]).solution[:, 0])


def drawn_fit(x0: Array, y0: Array, r0: Array, v0: float, p0: float) -> float:
    """The single weight for drawn numbers, all (3,)."""
    column, targets, shares = (np.asarray(value, dtype=float) for value in (x0, y0, r0))
    return float(weighted_fit(column[:, None], targets, shares, float(v0), float(p0))[0])
