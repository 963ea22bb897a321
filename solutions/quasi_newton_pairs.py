"""L-BFGS with few pairs, by explicit BFGS matrices. s: step, y: change of the gradient over it."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def one_pair(s: Array, y: Array, g: Array, gamma: float, asked: str) -> Array | float:
    """'product': H g (n,); 'quadratic': g.T H g; 'remainder': what g is before the start matrix acts (n,)."""
    if asked == "remainder":
        return np.asarray((np.eye(len(s)) - np.outer(y, s) / np.dot(y, s)) @ g)
    product = _inverse_hessian(s, y, gamma) @ g
    return float(g @ product) if asked == "quadratic" else np.asarray(product)


def first_coefficient(s0: Array, y0: Array, g0: Array) -> float:
    """The number that makes g0 - number*y0 orthogonal to s0, solved for as an equation."""
    s, y, g = (np.asarray(values, dtype=np.float64) for values in (s0, y0, g0))
    return float(np.linalg.solve([[s @ y]], [s @ g])[0])


def direction_entry(s0: Array, y0: Array, g0: Array, gamma0: str, at: int) -> float:
    """Entry `at` of -H g0; gamma0 is a number as a text, or any other text for s.y/y.y."""
    s, y, g = (np.asarray(values, dtype=np.float64) for values in (s0, y0, g0))
    gamma = {"1": 1.0, "1/2": 0.5, "1/4": 0.25}.get(str(gamma0), float(s @ y / (y @ y)))
    return float(-(_inverse_hessian(s, y, gamma) @ g)[int(at)])


def _inverse_hessian(s: Array, y: Array, gamma: float) -> Array:
    """The BFGS update of gamma I (n, n)."""
    V = np.eye(len(s)) - np.outer(y, s) / np.dot(y, s)
    return np.asarray(gamma * V.T @ V + np.outer(s, s) / np.dot(y, s))
