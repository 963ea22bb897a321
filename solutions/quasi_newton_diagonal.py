"""A Hessian of two parameters with turned eigenvectors, and its diagonal, from the matrix itself.

The eigenvalue a belongs to (cos t, sin t), b to (-sin t, cos t).
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def turned_entry(a: float, b: float, t: float, asked: str) -> float:
    """'first' or 'beside': entries of H; 'inverse': first entry of H^-1; 'product': of the diagonal, over det H."""
    H = _turned(a, b, t)
    if asked == "product":
        return float(H[0, 0] * H[1, 1] / np.linalg.det(H))
    if asked == "inverse":
        return float(np.linalg.inv(H)[0, 0])
    return float(H[0, 0] if asked == "first" else H[0, 1])


def turned_number(p: int, q: int, steep: int, flat: int, of: str) -> float:
    """'inverse': (H^-1)_11 H_11; 'condition': ratio of the eigenvalues of D^-1 H. tan t = q/p."""
    H = _turned(float(steep), float(flat), float(np.arctan2(float(q), float(p))))
    if of == "inverse":
        return float(np.linalg.inv(H)[0, 0] / (1 / H[0, 0]))
    values = np.linalg.eigvals(H / np.diag(H)[:, None]).real
    return float(values.max() / values.min())


def _turned(a: float, b: float, t: float) -> Array:
    axes = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    return np.asarray(axes @ np.diag([a, b]) @ axes.T)
