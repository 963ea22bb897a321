"""Two compositions of three words by a recursive network with one unit, by torch.

n(left, right) = tanh(p left + q right + s). tree: 'left' for ((A B) C), 'right' for (A (B C)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def root(x: Array, p: float, q: float, s: float, tree: str) -> float:
    """The root over the words x (3,)."""
    words, weights = leaf(x), leaf([float(v) for v in (p, q, s)])
    return float(_root(words, weights, tree).detach())


def slope(x: Array, p: float, q: float, s: float, tree: str, what: str) -> float:
    """Derivative of the root by the left factor p, the right factor q ('p', 'q') or the constant ('s')."""
    words, weights = leaf(x), leaf([float(v) for v in (p, q, s)])
    return float(gradient(_root(words, weights, tree), weights)["pqs".index(what)])


def _root(words: Tensor, weights: Tensor, tree: str) -> Tensor:
    import torch

    def node(left: Tensor, right: Tensor) -> Tensor:
        return torch.tanh(torch.stack([left, right, torch.ones_like(left)]) @ weights)

    first, second, third = words
    return node(node(first, second), third) if tree == "left" else node(first, node(second, third))
