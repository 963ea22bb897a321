"""Depth: gradients through long chains of layers, and what the errors of deep networks say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import gradient, leaf

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def steepest_slope(f: str) -> float:
    """The largest slope of an activation, by autograd on a grid from -20 to 20 that holds 0; f as in `_curves`."""
    grid = leaf(np.arange(-20_000, 20_001) / 1000)
    return float(np.abs(gradient(_curves()[f](grid).sum(), grid)).max())


def chain_gradient(f: str, rho: float, q: float, K: float, N: float, G: float) -> float:
    """|dL/dx_0| of a chain of K + N scalar layers, |dL/dx| at its end being G.

    Weights are rho in the first K layers and q in the others. Biases put each layer where the slope of f is largest:
    at 0, or at 1 for those with a kink there.
    """
    at = 1.0 if f in ("relu", "leaky") else 0.0
    x = start = leaf([at])
    for weight in [rho] * round(K) + [q] * round(N):
        z = weight * x
        x = _curves()[f](z - z.item() + at)
    return float(np.abs(gradient(x, start, [G]))[0])


def chain_gradient_drawn(f: str, r: float, s: float, k: int, n: int, top: float) -> float:
    """`chain_gradient` for drawn numbers: k layers with the weight r, then n with s; top arrives at the end."""
    return chain_gradient(f, float(r), float(s), k, n, float(top))


def _curves() -> dict[str, Callable[[Tensor], Tensor]]:
    import torch

    return {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky": lambda z: torch.where(z > 0, z, z / 10),
        "wide": lambda z: torch.tanh(z / 2),
        "scaled": lambda z: 2 * torch.sigmoid(z) - 1,
        "steep": lambda z: torch.tanh(2 * z),
        "arctan": torch.atan,
        "soft": lambda z: z / (1 + z.abs()),
        "steep-sigmoid": lambda z: torch.sigmoid(3 * z),
    }


def diagnosis(train0: float, train1: float, test0: float, test1: float) -> str:
    """What the errors of a deeper network (1) against another one (0) say: degradation, overfitting or better."""
    if train1 > train0:
        return "degradation"
    return "overfitting" if test1 > test0 else "better"


def declared_diagnosis(cause: str) -> str:
    """The cause that the errors were drawn for."""
    return cause


def remedy(train0: float, train1: float, test0: float, test1: float) -> str:
    """Name of what to try next, by the error that went up."""
    table = {"degradation": "shortcuts", "overfitting": "regularise", "better": "keep"}
    return table[diagnosis(train0, train1, test0, test1)]


def declared_remedy(up: int, wide: int) -> str:
    """The same by the directions that were drawn: up for the training error, wide for the test error."""
    return "shortcuts" if up > 0 else "regularise" if wide > 0 else "keep"


def attainable_error(train0: float, train1: float, more: int) -> float:
    """The training error, in percent, that the deeper network surely can reach.

    Found on scores of 1000 examples: those of the shallow network pass through `more` layers relu(I a + 0) without
    change, as they are outputs of a ReLU; the better of both networks counts.
    """
    import torch

    rank, layer = torch.arange(1000), torch.nn.Linear(2, 2, dtype=torch.float64)
    wrong = (rank < round(float(train0) * 10)).double()
    scores = torch.stack([1 - wrong, wrong], dim=1)  # (1000, 2), the right class is 0
    with torch.no_grad():
        layer.weight.copy_(torch.eye(2))
        layer.bias.zero_()
        for _ in range(int(more)):
            scores = torch.relu(layer(scores))
    copied = float((scores.argmax(dim=1) == 1).double().mean()) * 100
    return min(copied, float(train1))
