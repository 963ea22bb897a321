"""Losses on embeddings by torch: pairs and triplets, their gradients and single steps.

a, b (d,) embeddings of a pair; a anchor, p positive, n negative (d,) of a triplet; m margin
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.arrays import leaf

if TYPE_CHECKING:
    from torch import Tensor


def pair_loss(x: float, y: float, p: float, q: float, M: float, k: float) -> float:
    """The contrastive loss of the pair (x, y), (p, q) of different classes; k is 1 with the factor 1/2, else 2."""
    first, second = _pair(x, y, p, q)
    return _repulsion(first, second, M, k).item()


def distance_after(x: float, y: float, p: float, q: float, M: float, k: float, rate: float) -> float:
    """The distance of that pair after one step of gradient descent on both embeddings."""
    import torch

    both = _pair(x, y, p, q)
    optimiser = torch.optim.SGD(both, lr=float(rate))
    _repulsion(both[0], both[1], M, k).backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return torch.dist(*both).item()


def _pair(x: float, y: float, p: float, q: float) -> list[Any]:
    return [leaf([float(x), float(y)]), leaf([float(p), float(q)])]


def _repulsion(first: Tensor, second: Tensor, M: float, k: float) -> Tensor:
    import torch

    missing = torch.clamp(float(M) - torch.dist(first, second), min=0)
    return missing.square() / (2 if float(k) == 1 else 1)
