"""Losses and nodes that end in a number, by torch: cross-entropies, squares, sums, products, maxima.

p, q, a, b  distributions     u, r, s  the same before they are divided by their sum     k  entry, counted from 0
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def cross_entropy_value(u: Array, q: Array, base: str) -> float:
    """Cross-entropy of the prediction q against u over its sum, as entropy plus divergence. base: 'nats' or 'bits'."""
    return information(u / u.sum(), q, "cross") / (math.log(2) if base == "bits" else 1)


def cross_entropy_slope(u: Array, q: Array, weight: float, base: str, k: int) -> float:
    """Derivative of `weight` times the cross-entropy by q[k]."""
    import torch

    values = leaf(q)
    logs = torch.log2(values) if base == "bits" else torch.log(values)
    return float(gradient(-(constant(u / u.sum()) * logs).sum(), values, float(weight))[k])


def information(p: Array, q: Array, want: str) -> float:
    """What is wanted of two distributions, in nats, from torch's entropies and divergences."""
    import torch
    from torch.distributions import Categorical, kl_divergence

    truth, model = Categorical(probs=constant(p)), Categorical(probs=constant(q))
    divergence = float(kl_divergence(truth, model))
    back = float(kl_divergence(model, truth))
    match want:
        case "least":
            return _entropy(p)
        case "excess":
            return divergence
        case "swapped":
            return _entropy(q) + back
        case "both":
            return divergence + back
        case "mixed":
            half = Categorical(probs=(constant(p) + constant(q)) / 2)
            return _entropy(p) + float(kl_divergence(truth, half))
        case "smoothed":
            return float(torch.nn.functional.cross_entropy(constant(q).log(), constant(p), label_smoothing=0.1))
        case "uniform":
            return float(kl_divergence(truth, Categorical(probs=torch.ones(len(p), dtype=torch.float64))))
        case "squares":
            return _entropy(p) + float(kl_divergence(truth, Categorical(probs=constant(q) ** 2)))
    return _entropy(p) + divergence


def _entropy(p: Array) -> float:
    """Entropy of a distribution without zeros, as the divergence from the uniform one taken from log K."""
    import torch

    return math.log(len(p)) - float(
        torch.nn.functional.kl_div(constant(np.full(len(p), 1 / len(p))).log(), constant(p), reduction="sum")
    )


def information_value(r: Array, s: Array, want: str) -> float:
    """`information` of r over its sum and s over its sum."""
    return information(r / r.sum(), s / s.sum(), want)


def counted_loss(e: Array, c: Array, kind: str) -> float:
    """The loss of scores log(e) with counts c, both (3,)."""
    return float(_counted(leaf(constant(e).log().numpy()), c, kind).detach())


def counted_loss_slope(e: Array, c: Array, kind: str, k: int) -> float:
    """Entry k of its gradient at the scores."""
    scores = leaf(constant(e).log().numpy())
    return float(gradient(_counted(scores, c, kind), scores)[k])


def _counted(z: Tensor, c: Array, kind: str) -> Tensor:
    """One cross-entropy for each time that a class was counted, joined as `kind` says."""
    import torch

    scores = 2 * z if kind == "sharp" else z
    classes = [k for k, times in enumerate(c) for _ in range(int(times))]
    singles = [torch.nn.functional.cross_entropy(scores, torch.tensor(k)) for k in classes]
    total = torch.stack(singles).sum()
    match kind:
        case "mean":
            return total / len(c)
        case "share":
            return total / len(classes)
        case "tilted":
            return total + z.sum()
        case "triple":
            return total + (3 - len(classes)) * torch.logsumexp(z, dim=0)
        case "moved":
            return total - len(classes)
    return total


def component(u: Array, v: Array, w: float, node: str, k: int) -> float:
    """Derivative by entry k of x = u of the node's number, with the other vector t = v, where w arrives."""
    x, t = leaf(u), constant(v)
    nodes = {
        "squared": lambda: ((t - x) ** 2).sum(),
        "halved": lambda: ((t - x) ** 2).sum() / 2,
        "meaned": lambda: ((t - x) ** 2).mean(),
        "plain": lambda: x.sum(),
        "weighted": lambda: t @ x,
        "average": lambda: x.mean(),
        "squares": lambda: x.sum() ** 2,
        "cubes": lambda: (t * x**3).sum(),
    }
    return float(gradient(nodes[node](), x, float(w))[k])


def broadcast_gradient(X: Array, G: Array, b: Array, c: Array, s: float, node: str, asked: str) -> Array:
    """The gradient at `asked` (b, c or s) of a node that broadcasts, where G (N, D) arrives."""
    import torch

    leaves = {"b": leaf(b), "c": leaf(c), "s": leaf(s)}
    matrix, shape = constant(X), X.shape
    row, column, number = leaves["b"].expand(shape), leaves["c"][:, None].expand(shape), leaves["s"].expand(shape)
    nodes = {
        "row_add": lambda: matrix + row,
        "column_add": lambda: matrix + column,
        "number_add": lambda: matrix + number,
        "row_times": lambda: matrix * row,
        "column_times": lambda: matrix * column,
        "number_times": lambda: matrix * number,
        "row_minus": lambda: matrix - row,
        "outer": lambda: torch.outer(leaves["c"], leaves["b"]),
        "table": lambda: column + row,
    }
    return gradient(nodes[node](), leaves[asked], G)


def broadcast_entry(A: Array, B: Array, v: Array, node: str, asked: str, k: int) -> float:
    """Entry k of the gradient at `asked`; upstream A, matrix B, column v."""
    found = broadcast_gradient(B, A, np.array([2.0, 5.0, 3.0]), v, 1.5, node, asked)
    return float(found if asked == "s" else found[k])


def maximum_entry(u: Array, v: Array, w: float, node: str, k: int) -> float:
    """Entry k of the gradient at x = u of the node's number, with the other vector t = v, where w arrives."""
    x, t = leaf(u), constant(v)
    nodes = {
        "plain": lambda: x.amax(),
        "least": lambda: x.amin(),
        "range": lambda: 2 * x.amax() - x.amin(),
        "square": lambda: x.amax() ** 2,
        "weighted": lambda: (t * x).amax(),
        "shifted": lambda: (x + t).amax(),
        "size": lambda: x.abs().amax(),
        "both": lambda: x.amax() * (t @ x),
        "margin": lambda: x.amax() - t @ x,
    }
    return float(gradient(nodes[node](), x, float(w))[k])


def squared_value(u: Array, v: Array, s: Array, kind: str) -> float:
    """The squared loss of prediction u and target v; see `_squared`."""
    return float(_squared(leaf(u), v, s, kind).detach())


def squared_slope(u: Array, v: Array, s: Array, w: float, kind: str, k: int) -> float:
    """Entry k of its gradient at the prediction, where w arrives."""
    x = leaf(u)
    return float(gradient(_squared(x, v, s, kind), x, float(w))[k])


def _squared(x: Tensor, v: Array, s: Array, kind: str) -> Tensor:
    """The loss by torch's own; s: weights, or scales of the prediction."""
    import torch

    t, c, loss = constant(v), constant(s), torch.nn.functional.mse_loss
    match kind:
        case "half" | "sum":
            return loss(x, t, reduction="sum") / (2 if kind == "half" else 1)
        case "mean" | "halfmean":
            return loss(x, t) / (2 if kind == "halfmean" else 1)
        case "weighted" | "average":
            return c @ loss(x, t, reduction="none") / (c.sum() if kind == "average" else 1)
        case "scaled":
            return loss(c * x, t, reduction="sum")
    return loss(x.sum(), t.sum())
