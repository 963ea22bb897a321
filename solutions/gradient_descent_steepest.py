"""The steepest step in several norms, by other roads than Lagrange's: corners, changes of variables, Newton.

g (n,) gradient; c (n,) weights; P (n, n) positive definite; r size of the ball, or weight of the penalty |d|^2/(2r)
"""

from __future__ import annotations

import itertools

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def best_step(g: Array, c: Array, P: Array, r: float, norm: str) -> Array:
    """The step d (n,) with the least g.d.

    norm: 'euclid' |d| <= r; 'cube' |d_i| <= r; 'scaled' sum(c d^2) <= r^2; 'matrix' d.P d <= r^2; 'penalty'.
    """
    import torch

    slope, radius = constant(g), float(r)
    if norm == "penalty":  # one Newton step from 0: the objective is quadratic
        zero = leaf(np.zeros(len(g)))
        bend = torch.autograd.functional.hessian(lambda d: d.square().sum() / (2 * radius), zero)  # type: ignore[no-untyped-call]
        return array(torch.linalg.solve(bend, -slope))
    if norm == "cube":
        corners = (np.array(signs) for signs in itertools.product((-radius, radius), repeat=len(g)))
        return min(corners, key=lambda corner: float(corner @ g))
    # with P = A A.T and z = A.T d the condition is |z| <= r
    metric = {"euclid": np.eye(len(g)), "scaled": np.diag(c), "matrix": P}[norm]
    factor = np.linalg.cholesky(metric)
    turned = constant(np.linalg.solve(factor, g))
    z = -radius * torch.nn.functional.normalize(turned, dim=0, eps=0.0)
    return np.asarray(np.linalg.solve(factor.T, array(z)), dtype=np.float64)


def least_value(g: Array, c: Array, P: Array, r: float, norm: str) -> float:
    """g.d at the best step, plus the penalty where there is one."""
    step = best_step(g, c, P, r, norm)
    return float(step @ g + (step @ step / (2 * float(r)) if norm == "penalty" else 0))


def drawn_value(a: float, b: float, u: float, v: float, r0: float, norm: str) -> float:
    """The same for g = (a, b), c = (u, v) and P = diag(u, v)."""
    weights = np.array([float(u), float(v)])
    return least_value(np.array([float(a), float(b)]), weights, np.diag(weights), r0, norm)
