"""Steps of gradient descent on quadratic objectives, by torch.optim and autograd.

t (n,) parameters; H (n, n), b, m (n,) of quadratic forms; X (N, n), y (N,) of least squares
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def error_after_two(
    H: Array, b: Array, m: Array, X: Array, y: Array, rho: float, z: Array, alpha: float, kind: str
) -> Array:
    """Parameters minus minimiser (n,) after two steps of SGD that start at minimiser plus z."""
    import torch

    def objective(t: Tensor) -> Tensor:
        return _objective(t, H, b, m, X, y, rho, kind)

    # The minimiser from one Newton step: the objective is quadratic. Where X has too few rows, any minimiser will do.
    zero = constant(np.zeros(len(z)))
    (slope,) = torch.autograd.grad(objective(point := leaf(zero)), point)
    bend = torch.autograd.functional.hessian(objective, zero)  # type: ignore[no-untyped-call]
    best = torch.linalg.lstsq(bend, -slope[:, None], driver="gelsd").solution[:, 0]
    t = leaf(best + constant(z))
    _run(t, objective, alpha, 2)
    return array(t - best)


def first_after_two(p: float, q: float, s: float, c: float, d: float, u: float, v: float, rate: float) -> float:
    """The first coordinate after two steps from (u, v) on a quadratic with Hessian ((p, q), (q, s)), slope -(c, d)."""
    bend, slope = constant([[float(p), float(q)], [float(q), float(s)]]), constant([float(c), float(d)])
    t = leaf([float(u), float(v)])
    _run(t, lambda at: at @ bend @ at / 2 - slope @ at, rate, 2)
    return t[0].item()


def _run(t: Tensor, objective: object, rate: float, steps: int) -> None:
    """Moves t in place."""
    import torch

    assert callable(objective)
    optimiser = torch.optim.SGD([t], lr=float(rate))
    for _ in range(steps):
        (t.grad,) = torch.autograd.grad(objective(t), t)
        optimiser.step()


def _objective(t: Tensor, H: Array, b: Array, m: Array, X: Array, y: Array, rho: float, kind: str) -> Tensor:
    if kind == "linear":
        return t @ constant(H) @ t / 2 - constant(b) @ t
    if kind in ("shifted", "doubled"):
        apart = t - constant(m)
        return apart @ constant(H) @ apart / (2 if kind == "shifted" else 1)
    squares = (constant(X) @ t - constant(y)).square().sum()
    if kind == "whole":
        return squares
    return squares / 2 + (float(rho) * t.square().sum() / 2 if kind == "ridge" else 0)
