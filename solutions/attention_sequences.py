"""Attention from a decoder over the states of an encoder, by torch.

H (S, D) encoder states, d (E,) decoder state, W (A, E), U (A, D), v (A,): e_i = v' tanh(W d + U h_i).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def contexts(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """Weights A (B, T, S) and contexts C (B, T, D): scaled dot products, sentence by sentence up to its length.

    Q (B, T, D) decoder states; H (B, S, D) encoder states; length (B,) number of real source words.
    """
    import torch

    B, T, S = len(Q), Q.shape[1], H.shape[1]
    weights = torch.zeros((B, T, S), dtype=torch.float64)
    for b in range(B):
        n = int(length[b])
        scores = constant(Q)[b] @ constant(H)[b, :n].T / H.shape[2] ** 0.5
        weights[b, :, :n] = torch.softmax(scores, 1)
    return array(weights), array(torch.bmm(weights, constant(H)))


def additive_context(H: Tensor, d: Tensor, W: Tensor, U: Tensor, v: Tensor) -> Tensor:
    """The context c (D,), on tensors."""
    import torch

    scores = torch.stack([v @ torch.tanh(W @ d + U @ state) for state in H])
    return H.T @ torch.softmax(scores, 0)


def additive(
    H: Array, d: Array, W: Array, U: Array, v: Array, g: Array
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """c and dL/dH, dL/dd, dL/dW, dL/dU, dL/dv where g (D,) arrives at c."""
    import torch

    leaves = [leaf(value) for value in (H, d, W, U, v)]
    c = additive_context(*leaves)
    dH, dd, dW, dU, dv = map(array, torch.autograd.grad(c, leaves, constant(g)))
    return array(c), dH, dd, dW, dU, dv
