"""Pairs of L-BFGS: which may be used, how the start is scaled, and what one run of the recursion costs."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def usable(x: Array, z: Array, gx: Array, gz: Array) -> int:
    """How many BFGS updates of the identity, each by one pair of neighbours, are positive definite."""
    steps, changes = _differences(x, z), _differences(gx, gz)
    count = 0
    for s, y in zip(steps, changes, strict=True):
        V = np.eye(2) - np.outer(y, s) / (y @ s)
        updated = V.T @ V + np.outer(s, s) / (y @ s)
        count += bool(np.linalg.eigvalsh(updated).min() > 1e-12)
    return count


def start_scale(x: Array, z: Array, gx: Array, gz: Array) -> float:
    """The number that takes the last change of the gradient nearest to the last step, by least squares."""
    s, y = _differences(x, z)[-1], _differences(gx, gz)[-1]
    return float(np.linalg.lstsq(y[:, None], s, rcond=None)[0][0])


def satisfying(
    h1: int, h2: int, h3: int, b1: int, b2: int, b3: int, s1: int, s2: int, y1: int, y2: int, matrix: str
) -> str:  # fmt: skip
    """Name of the one matrix that maps y to s ('inverse'), or s to y ('hessian')."""
    s, y = np.array([s1, s2], dtype=np.float64), np.array([y1, y2], dtype=np.float64)
    source, target = (y, s) if matrix == "inverse" else (s, y)
    matrices = {
        "inverse": [[h1, h2], [h2, h3]],
        "hessian": [[b1, b2], [b2, b3]],
        "identity": [[1, 0], [0, 1]],
        "flipped": [[h1, b2], [b2, h3]],
    }
    fitting = [name for name, m in matrices.items() if np.allclose(np.array(m, dtype=np.float64) @ source, target)]
    if len(fitting) != 1:
        raise ValueError(f"expected one matrix that fits, found {fitting}")
    return fitting[0]


def right_name(matrix: str) -> str:
    """The name that the question's author gives to the right matrix."""
    return matrix


def multiplications(n: int, pairs: int) -> int:
    """Multiplications with vectors of n entries in the two loops over so many pairs, counted as they happen."""
    count = 0
    for _loop in ("newest first", "oldest first"):
        for _pair in range(int(pairs)):
            count += int(n)  # s.q or y.r
            count += int(n)  # a multiple of y or s
    return count + int(n)  # the start matrix


def _differences(first: Array, second: Array) -> Array:
    return np.diff(np.stack([first, second], axis=1).astype(np.float64), axis=0)
