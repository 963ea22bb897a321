"""Penalties as torch functions, priors as torch distributions, and steps of decay run one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def first_after_step(W: Array, G: Array, C: Array, r: float, m: float, e: float, kind: str) -> float:
    """The first weight after one step of torch's SGD on a loss with gradient G and the penalty of that `kind`."""
    import torch

    weights = leaf(W)
    (slope,) = torch.autograd.grad(_penalty(weights, constant(C), r, m, kind), weights)
    weights.grad = constant(G) + slope
    torch.optim.SGD([weights], lr=float(e)).step()
    return float(array(weights)[0])


def _penalty(w: Tensor, c: Tensor, r: float, m: float, kind: str) -> Tensor:
    import torch

    one, two = torch.linalg.vector_norm(w, 1), torch.linalg.vector_norm(w, 2)
    table: dict[str, Tensor] = {
        "an L1 penalty": r * one,
        "an L1 penalty with a weight for each coordinate": r * torch.dot(c, torch.nn.functional.relu(w) + (-w).relu()),
        "an elastic net": r * one + m / 2 * two.square(),
        "an elastic net without the half": r * one + m * torch.dot(w, w),
        "the mean of the absolute weights": r * torch.nn.functional.l1_loss(w, torch.zeros_like(w)),
        "a penalty that pulls towards given weights c": r * (w - c).square().sum(),
        "an absolute pull towards given weights c": r * torch.nn.functional.l1_loss(w, c, reduction="sum"),
        "the norm itself, not squared": r * two,
        "a square of the L1 norm": r / 2 * one.square(),
        "a penalty that levels off": r * torch.log1p(w.square()).sum(),
        "a smoothed absolute value": r * torch.hypot(w, torch.full_like(w, m)).sum(),
    }
    return table[kind]
