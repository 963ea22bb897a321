"""Wrong references for code on regression, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_regression as right
from solutions.arrays import Array


def polynomial_without_constant(x: Array, y: Array, degree: int, q: Array) -> tuple[Array, Array]:
    """Leaves the constant function out; its coefficient is returned as 0."""
    powers = range(1, degree + 1)
    w = _fitted(np.stack([x**k for k in powers], axis=1), y)
    return np.concatenate([[0.0], w]), np.stack([q**k for k in powers], axis=1) @ w


def polynomial_turned(x: Array, y: Array, degree: int, q: Array) -> tuple[Array, Array]:
    """Returns the coefficients with the highest power first."""
    w, values = right.fit_polynomial(x, y, degree, q)
    return w[::-1], values


def polynomial_one_degree_less(x: Array, y: Array, degree: int, q: Array) -> tuple[Array, Array]:
    """Stops one power too early."""
    w, values = right.fit_polynomial(x, y, degree - 1, q)
    return np.concatenate([w, [0.0]]), values


def polynomial_uncentred(x: Array, y: Array, degree: int, q: Array) -> tuple[Array, Array]:
    """Fits on centred inputs and forgets to centre the new ones."""
    w, _ = right.fit_polynomial(x - x.mean(), y, degree, q)
    return w, np.stack([q**k for k in range(degree + 1)], axis=1) @ w


def losses_negated(z: Array, y: Array) -> Array:
    """The log-likelihoods."""
    return -right.logit_losses(z, y)


def losses_sign(z: Array, y: Array) -> Array:
    """Adds the label's term."""
    return np.asarray(np.maximum(z, 0) + y * z + np.log1p(np.exp(-np.abs(z))))


def losses_averaged(z: Array, y: Array) -> Array:
    """Spreads the mean over the examples."""
    return np.full_like(z, right.logit_losses(z, y).mean())


def losses_clipped(z: Array, y: Array) -> Array:
    """Clips the probabilities before the logarithm, so that large losses come out too small."""
    p = np.clip(1 / (1 + np.exp(-np.clip(z, -700, 700))), 1e-7, 1 - 1e-7)
    return np.asarray(-(y * np.log(p) + (1 - y) * np.log(1 - p)))


def losses_first_term(z: Array, y: Array) -> Array:
    """Forgets the examples of label 0."""
    return np.asarray(y * right.logit_losses(z, y))


def _fitted(design: Array, y: Array) -> Array:
    return np.asarray(np.linalg.lstsq(design, y, rcond=None)[0])
