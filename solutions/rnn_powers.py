"""Linear recurrent networks h_t = W h_{t-1}: steps with a 2 x 2 matrix, its eigenvalues, and what becomes of h."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant


def entry_after(
    kind: str, way: str, a: float, b: float, c: float, d: float, phi: float, p: float, q: float, t: float
) -> float:
    """Step by step: the first entry of h_t from h_0 = (p, q), or for way 'back' the second entry of dL/dh_0.

    For 'back' the gradient (p, q) arrives at h_t. The kind 'swap' takes 2t steps, all others t.
    """
    W = matrix(kind, a, b, c, d, phi)
    vector = np.array([p, q], dtype=float)
    for _ in range(round(t) * (2 if kind == "swap" else 1)):
        vector = (W.T if way == "back" else W) @ vector
    return float(vector[1 if way == "back" else 0])


def matrix(kind: str, a: float, b: float, c: float, d: float, phi: float) -> Array:
    """W (2, 2) of each kind."""
    rows = {
        "shear": ((a, b), (0, a)),
        "triangular": ((a, b), (0, c)),
        "symmetric": ((a, b), (b, a)),
        "rotation": ((a * np.cos(phi), -a * np.sin(phi)), (a * np.sin(phi), a * np.cos(phi))),
        "swap": ((0, a), (b, 0)),
        "rank-one": ((a * c, a * d), (b * c, b * d)),
        "turn": ((a, -b), (b, a)),
    }
    return np.array(rows[kind], dtype=float)


def radius(V: Array) -> float:
    """The spectral radius of V (2, 2), by torch."""
    import torch

    return float(torch.linalg.eigvals(constant(V)).abs().max())


def fate_by_running(V: Array) -> str:
    """'vanishes', 'explodes' or 'stays': the norm of a generic h after 3000 steps against 1/1000 and 1000."""
    W, h, logarithm = np.asarray(V, dtype=float), np.array([0.6, 0.8]), 0.0
    for _ in range(300):
        for _ in range(10):
            h = W @ h
        size = float(np.linalg.norm(h))
        if size == 0:
            return "vanishes"
        logarithm, h = logarithm + np.log(size), h / size
    if abs(logarithm) < np.log(1000):
        return "stays"
    return "explodes" if logarithm > 0 else "vanishes"


def fate_by_eigenvalues(V: Array) -> str:
    """The same by theory: the spectral radius against 1."""
    size = radius(V)
    if abs(size - 1) < 1e-9:
        return "stays"
    return "explodes" if size > 1 else "vanishes"
