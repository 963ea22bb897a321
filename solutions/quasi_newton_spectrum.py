"""Low-rank approximations of a matrix with a given spectrum, from whole matrices with general eigenvectors."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def product_entry(d: Array, U: Array, v: Array, at: int) -> float:
    """Entry `at` of (diag(d) + U U.T) v, formed in full."""
    low = np.asarray(U, dtype=np.float64)
    matrix = np.diag(np.asarray(d, dtype=np.float64)) + low @ low.T
    return float((matrix @ np.asarray(v, dtype=np.float64))[int(at)])


def ratio_left(e1: int, e2: int, e3: int, e4: int, e5: int, e6: int, rank: int) -> float:
    """Ratio of the extreme eigenvalues of B^-1 H, where B has the `rank` largest eigenvalues and the others' mean."""
    return _left(np.array([e1, e2, e3, e4, e5, e6], dtype=np.float64), int(rank))


def rank_needed(e1: int, e2: int, e3: int, e4: int, e5: int, e6: int, goal: int) -> int:
    """The smallest rank that leaves a ratio of at most `goal`, by trying."""
    values = np.array([e1, e2, e3, e4, e5, e6], dtype=np.float64)
    return next(rank for rank in range(6) if _left(values, rank) <= float(goal) * (1 + 1e-9))


def _left(values: Array, rank: int) -> float:
    axes, _ = np.linalg.qr(np.random.default_rng(5).normal(size=(len(values), len(values))))
    H = axes @ np.diag(values) @ axes.T
    rest = float(values[rank:].mean())
    U = axes[:, :rank] * np.sqrt(values[:rank] - rest)
    B = rest * np.eye(len(values)) + U @ U.T
    found = np.linalg.eigvals(np.linalg.solve(B, H)).real
    return float(found.max() / found.min())
