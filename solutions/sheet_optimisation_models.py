"""Other roads to second-order models on the sheet of optimisation: autograd, least squares, enumeration."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions import fisher_outputs, gauss_newton_steps
from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def newton_on_log_cosh(x: float) -> float:
    """x after one Newton step on log cosh."""
    return _newton_on(lambda at: at.cosh().log(), x)


def damped(g: Array, H: Array, rho: float) -> Array:
    """The damped step (n,) by least squares, with the damping as further rows."""
    root = np.linalg.cholesky(H).T  # H = root.T root
    rows = np.vstack([root, np.sqrt(rho) * np.eye(len(g))])
    targets = np.concatenate([-np.linalg.solve(root.T, g), np.zeros(len(g))])
    return np.asarray(np.linalg.lstsq(rows, targets, rcond=None)[0])


def gauss_newton(J: Array, Q: Array) -> Array:
    """The Hessian (n, n) of the loss z.Q z/2 of outputs z = J d."""
    return hessian(lambda d: (constant(J) @ d) @ constant(Q) @ (constant(J) @ d) / 2, J.shape[1])


def whole_hessian(j: Array, T: Array, q: float, s: float) -> Array:
    """The Hessian (n, n) of s*z + q*z^2/2 for an output z with the gradient j and the Hessian T."""

    def loss(d: Tensor) -> Tensor:
        z = constant(j) @ d + d @ constant(T) @ d / 2
        return s * z + q * z**2 / 2

    return hessian(loss, len(j))


def full_squares(J: Array) -> Array:
    """The Gauss-Newton matrix (n, n) of squared errors without a half."""
    return gauss_newton_steps.matrix("full", J, np.zeros(len(J)), np.zeros(len(J)))


def levenberg_marquardt(J: Array, r: Array, rho: float) -> Array:
    """The damped Gauss-Newton step (n,) for half the squares of r, by least squares with further rows."""
    size = J.shape[1]
    rows = np.vstack([J, np.sqrt(rho) * np.eye(size)])
    return np.asarray(np.linalg.lstsq(rows, -np.concatenate([r, np.zeros(size)]), rcond=None)[0])


def softmax_fisher(J: Array, p: Array) -> Array:
    """The Fisher matrix (n, n) of a softmax: outer products of scores, averaged over the model's classes."""
    return fisher_outputs.fisher("softmax", J, p)


def summed_products(A: Array) -> Array:
    """The sum (n, n) of the outer products of the rows of A with themselves."""
    return np.asarray(sum(np.outer(row, row) for row in A))


def _newton_on(loss: Callable[[Tensor], Tensor], start: float) -> float:
    """One Newton step on a function of one number."""
    import torch

    x = leaf(start)
    (slope,) = torch.autograd.grad(loss(x), x, create_graph=True)
    (bend,) = torch.autograd.grad(slope, x)
    return (x - slope / bend).item()


def least(model: Callable[[Tensor], Tensor], size: int) -> Array:
    """The minimiser (size,) of a quadratic."""
    import torch

    functional: Any = torch.autograd.functional
    slope = functional.jacobian(model, constant(np.zeros(size)))
    return array(torch.linalg.solve(constant(hessian(model, size)), -slope))


def hessian(loss: Callable[[Tensor], Tensor], size: int) -> Array:
    """The Hessian (size, size) at 0."""
    import torch

    functional: Any = torch.autograd.functional
    return array(functional.hessian(loss, constant(np.zeros(size))))
