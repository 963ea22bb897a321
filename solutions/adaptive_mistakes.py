"""Wrong references for code on Adam and on Newton's method, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def adam_uncorrected(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """Leaves the bias correction out."""
    return _adam(w, rate, beta1, beta2, gradients, correct="none")


def adam_corrected_once(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """Divides by 1 - beta at every step."""
    return _adam(w, rate, beta1, beta2, gradients, correct="first")


def adam_from_zero(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """Counts t one step too far."""
    return _adam(w, rate, beta1, beta2, gradients, correct="late")


def adam_no_root(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """Divides by the mean square itself."""
    return _adam(w, rate, beta1, beta2, gradients, root=False)


def adam_swapped(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """Exchanges the two betas."""
    return _adam(w, rate, beta2, beta1, gradients)


def _adam(
    w: Array, rate: float, beta1: float, beta2: float, gradients: Array, *, correct: str = "", root: bool = True
) -> Array:
    mean, square, path = np.zeros_like(w), np.zeros_like(w), []
    for t, gradient in enumerate(gradients, start=1):
        mean = beta1 * mean + (1 - beta1) * gradient
        square = beta2 * square + (1 - beta2) * gradient**2
        exponent = {"first": 1, "late": t + 1}.get(correct, t)
        c1, c2 = (1, 1) if correct == "none" else (1 - beta1**exponent, 1 - beta2**exponent)
        size = square / c2
        w = w - rate * (mean / c1) / ((np.sqrt(size) if root else size) + 1e-8)
        path.append(w)
    return np.stack(path)


def newton_undamped(X: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Leaves the damping out."""
    return _newton(X, y, w, 0.0, steps)


def newton_uphill(X: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Steps up."""
    return _newton(X, y, w, rho, steps, sign=1)


def newton_linear_curvature(X: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Takes the curvature of linear regression, without p(1 - p)."""
    return _newton(X, y, w, rho, steps, weighted=False)


def newton_penalised(X: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """Adds the damping to the gradient as well, as if it were a penalty."""
    return _newton(X, y, w, rho, steps, penalty=rho)


def _newton(
    X: Array, y: Array, w: Array, rho: float, steps: int, *, sign: int = -1, weighted: bool = True, penalty: float = 0
) -> Array:
    path = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w)))
        weights = p * (1 - p) if weighted else np.ones_like(p)
        hessian = X.T @ (weights[:, None] * X) + rho * np.eye(len(w))
        w = w + sign * np.linalg.solve(hessian, X.T @ (p - y) + penalty * w)
        path.append(w)
    return np.stack(path)
