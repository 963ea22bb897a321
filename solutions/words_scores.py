"""Score functions for learning word vectors, by torch.

es, fs (2,): vector of the right word and of a wrong one. Rs (2, 2): vectors of the two context words, in rows.
kind: 'margin', 'negative' (negative sampling) or 'softmax' (over the two words).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def loss(es: Array, fs: Array, Rs: Array, kind: str) -> float:
    """The loss of one word in one context."""
    return float(_loss(constant(es), constant(fs), constant(Rs), kind))


def slope(es: Array, fs: Array, Rs: Array, kind: str, asked: str) -> float:
    """First entry of the gradient at the right word 'u', the wrong one 'w' or a context vector 'r'."""
    right, wrong, context = leaf(es), leaf(fs), leaf(Rs)
    target = {"u": right, "w": wrong, "r": context}[asked]
    return float(gradient(_loss(right, wrong, context, kind), target).ravel()[0])


def _loss(right: Tensor, wrong: Tensor, context: Tensor, kind: str) -> Tensor:
    import torch

    scores = torch.stack([right, wrong]) @ context.sum(0)
    if kind == "margin":
        result: Tensor = torch.nn.functional.margin_ranking_loss(
            scores[:1], scores[1:], torch.ones(1, dtype=torch.float64), margin=1.0
        )
        return result
    if kind == "negative":
        labels = torch.tensor([1.0, 0.0], dtype=torch.float64)
        return -(labels * scores.sigmoid() + (1 - labels) * (1 - scores.sigmoid())).log().sum()
    return torch.nn.functional.cross_entropy(scores[None], torch.tensor([0]))


def embedding_gradient(ids: Array, G: Array, V: int, pad: int) -> Array:
    """dL/dE (V, D) of a lookup of ids (N, T) with the upstream G (N, T, D); the row `pad` stays 0."""
    import torch

    table = leaf(np.zeros((int(V), G.shape[2])))
    found = torch.nn.functional.embedding(torch.tensor(np.asarray(ids)).long(), table, padding_idx=int(pad))
    return gradient(found, table, G)


def embedding_inputs(seed: int) -> list[dict[str, Any]]:
    """Batches with repeated words, padding at the end of rows, and words that do not occur."""
    draw = np.random.default_rng([seed, 311])
    calls = []
    for n, t, d, size, pad in ((2, 4, 3, 5, 0), (3, 5, 2, 4, 3), (1, 6, 4, 7, 0), (4, 3, 3, 6, 5)):
        ids = draw.integers(0, size, size=(n, t))
        ids[ids == 1] = 2
        ids[0, :2] = 2
        ids[-1, -1] = pad
        calls.append({"ids": ids, "G": draw.normal(size=(n, t, d)), "V": size, "pad": pad})
    return calls


def sampling_step(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> tuple[Array, Array]:
    """W (V, D) and U (V, D) after one step of skip-gram with negative sampling, by autograd.

    Loss: softplus(-w.u) for the true pair, plus softplus(w.u) for each negative context (one may come twice).
    """
    import torch

    words, contexts = leaf(W), leaf(U)
    drawn = torch.tensor(np.asarray(negatives)).long()
    word = words[int(centre)]
    total = torch.nn.functional.softplus(-(word @ contexts[int(context)]))
    total = total + torch.nn.functional.softplus(contexts[drawn] @ word).sum()
    steps = torch.autograd.grad(total, (words, contexts))
    return W - float(eta) * array(steps[0]), U - float(eta) * array(steps[1])


def sampling_inputs(seed: int) -> list[dict[str, Any]]:
    """Steps with different numbers of negatives, among them one drawn twice and one that is the true context."""
    draw = np.random.default_rng([seed, 312])
    calls = []
    for size, d, negatives in ((5, 3, [1, 4]), (6, 2, [3, 3, 5]), (4, 4, [2, 0, 1]), (7, 3, [6, 2, 6, 4])):
        W, U = draw.normal(size=(size, d)), draw.normal(size=(size, d))
        eta = float(draw.choice([0.1, 0.5, 1.0]))
        calls.append({"W": W, "U": U, "centre": 1, "context": 2, "negatives": np.array(negatives), "eta": eta})
    return calls
