"""Diagonal plus low rank, D + c U U.T, by dense matrices. Forms: 'plus' (c is 1), 'minus' (-1), 'scaled', 'split'."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def core(d: Array, U: Array, c: float, form: str) -> Array:
    """The matrix M (r, r) of the form's inverse, from the augmented system in x and y = (a multiple of) U.T x.

    (D + c U U.T) x = v is D x + c U y = v with y = U.T x ('split': y = c U.T x, and U without c); the lower right
    block of the augmented matrix's inverse is the inverse of M.
    """
    n, r = U.shape
    scale = _scale(c, form)
    upper, last = (U, np.eye(r) / scale) if form == "split" else (scale * U, np.eye(r))
    whole = np.block([[np.diag(d), upper], [-U.T, last]])
    return np.asarray(np.linalg.inv(np.linalg.inv(whole)[n:, n:]))


def in_sums(p: float, q: float, h: float, c: float, form: str, asked: str) -> float:
    """'vv', 'uv' or 'det' for vectors of two entries that have the sums p, q and h, by the dense matrix."""
    d = np.array([2.0, 3.0])
    u = np.array([np.sqrt(p * d[0]), 0.0])
    first = q * d[0] / u[0]
    v = np.array([first, np.sqrt((h - first**2 / d[0]) * d[1])])
    B = np.diag(d) + _scale(c, form) * np.outer(u, u)
    if asked == "det":
        return float(np.linalg.det(B) / np.prod(d))
    return float((v if asked == "vv" else u) @ np.linalg.solve(B, v))


def first_entry(d0: Array, u0: Array, v0: Array, c0: int) -> float:
    """First entry of the solution of (D + c0 u u.T) x = v."""
    d, u, v = (np.asarray(values, dtype=np.float64) for values in (d0, u0, v0))
    return float(np.linalg.solve(np.diag(d) + float(c0) * np.outer(u, u), v)[0])


def _scale(c: float, form: str) -> float:
    return {"plus": 1.0, "minus": -1.0}.get(form, float(c))
