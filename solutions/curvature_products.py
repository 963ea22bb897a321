"""Products with curvature matrices, formed explicitly or by PyTorch: what code questions on them are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def lbfgs_product(g: Array, S: Array, Y: Array, gamma: float) -> Array:
    """H g (D,) for the inverse-Hessian estimate H (D, D) of BFGS, formed explicitly.

    S, Y (M, D): steps and changes of the gradient, oldest first; the estimate starts at gamma times the identity.
    """
    import torch

    eye = torch.eye(len(g), dtype=torch.float64)
    H = float(gamma) * eye
    for s, y in zip(constant(S), constant(Y), strict=True):
        rho = 1 / (y @ s)
        V = eye - rho * torch.outer(y, s)
        H = V.T @ H @ V + rho * torch.outer(s, s)
    return array(H @ constant(g))


def lbfgs_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `lbfgs_product`: pairs from a bowl, so that every y.s is positive."""
    draw, calls = np.random.default_rng([seed, 1]), []
    for pairs, d in ((2, 3), (3, 4), (1, 2), (4, 5)):
        root = draw.normal(size=(d, d))
        S = draw.normal(size=(pairs, d))
        Y = S @ (root @ root.T / d + 0.3 * np.eye(d))
        calls.append({"g": draw.normal(size=d), "S": S, "Y": Y, "gamma": float(draw.uniform(0.3, 2))})
    return calls


def gauss_newton_product(X: Array, W: Array, a: Array, V: Array, u: Array) -> tuple[Array, Array]:
    """G times the direction (V, u), for the network a.tanh(W x) and half the sum of squared errors over the rows of X.

    Shapes: X (N, D), W and V (H, D), a and u (H,); returns (H, D) and (H,).
    """
    import torch

    def outputs(weights: Tensor, head: Tensor) -> Tensor:
        return torch.tanh(constant(X) @ weights.T) @ head

    jacobian: Any = torch.autograd.functional.jacobian
    by_weights, by_head = jacobian(outputs, (constant(W), constant(a)))  # (N, H, D), (N, H)
    moved = torch.einsum("nhd,hd->n", by_weights, constant(V)) + by_head @ constant(u)
    return array(torch.einsum("nhd,n->hd", by_weights, moved)), array(by_head.T @ moved)


def low_rank_solution(d: Array, U: Array, v: Array) -> Array:
    """x (N,) with (diag(d) + U U.T) x = v, by the dense matrix; d (N,) positive, U (N, R)."""
    import torch

    low = constant(U)
    return array(torch.linalg.solve(torch.diag(constant(d)) + low @ low.T, constant(v)))
