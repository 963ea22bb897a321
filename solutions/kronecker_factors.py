"""Products with Kronecker products that are formed in full.

Orders: 'columns' stacks the columns of a matrix into one vector, 'rows' its rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from solutions.arrays import Array


def stacked_product(A: Array, S: Array, B: Array, C: Array, V: Array, order: str, operation: str) -> Array:
    """The matrix X (K, K) whose stacked vector is the big matrix of the operation times the stacked V (K, K)."""
    eye = np.eye(len(A))
    big = np.kron(A, S)
    if operation == "inverse":
        big = np.linalg.inv(big)
    elif operation == "transposed":
        big = big.T
    elif operation == "product":
        big = big @ np.kron(B, C)
    elif operation == "sum":
        big = np.kron(A, eye) + np.kron(eye, S)
    layout = _LAYOUT[order]
    return np.asarray((big @ V.reshape(-1, order=layout)).reshape(V.shape, order=layout))


def drawn_entry(A0: Array, S0: Array, V0: Array, order: str, place: int) -> float:
    """Entry number `place`, counted from 1, of kron(A0, S0) times the stacked V0."""
    a, s, v = (np.asarray(matrix, dtype=np.float64) for matrix in (A0, S0, V0))
    return float((np.kron(a, s) @ v.reshape(-1, order=_LAYOUT[order]))[int(place) - 1])


def big_determinant(da: int, ds: int, rows: int, columns: int) -> float:
    """Determinant of kron(P, Q), P (columns, columns) with determinant da, Q (rows, rows) with determinant ds."""
    return float(np.linalg.det(np.kron(_with_determinant(da, int(columns)), _with_determinant(ds, int(rows)))))


def _with_determinant(value: int, size: int) -> Array:
    factor = np.tril(np.ones((size, size)))
    return np.asarray(factor @ np.diag([float(value)] + [1.0] * (size - 1)) @ factor.T)


_LAYOUT: Mapping[str, Literal["C", "F"]] = {"columns": "F", "rows": "C"}
