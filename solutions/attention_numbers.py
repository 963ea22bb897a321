"""Attention of a decoder over three encoder states in drawn numbers, by torch: weights, contexts, masks, gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor

WORDS = 3


def weight(H: Array, q: Array, k: Array, way: str, i: int) -> float:
    """The weight of source word i, of 3 real ones.

    H (4, 2) encoder states, the last one padding; q (2,) decoder state; k (2,).
    """
    return float(array(_weights(constant(H), constant(q), constant(k), way))[int(i)])


def context(H: Array, q: Array, k: Array, way: str, c: int) -> float:
    """Entry c of the context."""
    weights = _weights(constant(H), constant(q), constant(k), way)
    return float(array(weights @ constant(H)[:WORDS])[int(c)])


def score_gradient(H: Array, q: Array, k: Array, way: str, g: Array, i: int) -> float:
    """The derivative of L by the score of word i where g (2,) arrives at the context."""
    import torch

    scores = _scores(constant(H), constant(q), constant(k), way).detach().requires_grad_()
    value = torch.softmax(scores, 0) @ constant(H)[:WORDS] @ constant(g)
    return float(array(torch.autograd.grad(value, scores)[0])[int(i)])


def _scores(H: Tensor, q: Tensor, k: Tensor, way: str) -> Tensor:
    """'dot' q.h, 'scaled' over root 2, 'general' q' diag(k) h, 'additive' k . relu(q + h), 'location' none of h."""
    import torch

    found = []
    for h in H[:WORDS]:
        match way:
            case "scaled":
                found.append(torch.dot(q, h) / constant(2.0).sqrt())
            case "general":
                found.append(torch.dot(q * k, h))
            case "additive":
                found.append(torch.dot(k, torch.relu(q + h)))
            case _:
                found.append(torch.dot(q, h))
    return torch.stack(found)


def _weights(H: Tensor, q: Tensor, k: Tensor, way: str) -> Tensor:
    import torch

    return torch.softmax(_scores(H, q, k, way), 0)


def batch_weights(N: int, T: int, S: int) -> tuple[int, ...]:
    """The shape of the weights for N sentences, T target and S source words, by running it with e = 2 features."""
    import torch

    scores = torch.zeros((int(N), int(T), 2)) @ torch.zeros((int(N), int(S), 2)).transpose(1, 2)
    return tuple(torch.softmax(scores, 2).shape)


def batch_contexts(N: int, T: int, S: int, E: int) -> tuple[int, ...]:
    """The shape of the contexts of the same batch, encoder states of width E."""
    import torch

    return tuple((torch.zeros((int(N), int(T), int(S))) @ torch.zeros((int(N), int(S), int(E)))).shape)


def additive_parameters(E: int, D: int, A: int) -> int:
    """How many parameters v (A,), W (A, D) and U (A, E) have, by counting entries."""
    import torch

    shapes: tuple[tuple[int, ...], ...] = ((int(A),), (int(A), int(D)), (int(A), int(E)))
    return sum(torch.zeros(shape).numel() for shape in shapes)
