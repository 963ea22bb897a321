"""References for code on single layers, by torch, and their forward functions on torch tensors for autograd."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def prelu(X: Tensor, a: Tensor) -> Tensor:
    """The leaky ReLU of X (N, D) with a slope a (D,) for each feature below zero."""
    import torch

    return torch.nn.functional.prelu(X, a)


def prelu_backward(X: Array, a: Array, G: Array) -> tuple[Array, Array]:
    """dL/dX (N, D) and dL/da (D,), where G (N, D) arrives."""
    import torch

    leaves = leaf(X), leaf(a)
    dX, da = torch.autograd.grad(prelu(*leaves), leaves, constant(G))
    return array(dX), array(da)


def row_maxima(X: Tensor) -> Tensor:
    """The largest entry of each row of X (N, D), (N,)."""
    return X.amax(dim=1)


def row_max_backward(X: Array, g: Array) -> Array:
    """dL/dX (N, D) of the rows' maxima, where g (N,) arrives; entries that tie share evenly."""
    rows = leaf(X)
    return gradient(row_maxima(rows), rows, g)


def tempered(z: Tensor, T: Tensor | float) -> Tensor:
    """softmax of z/T over each row, (N, C)."""
    import torch

    return torch.softmax(z / T, dim=1)


def tempered_backward(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    """dL/dz (N, C) and dL/dT, (), where g (N, C) arrives."""
    import torch

    leaves = leaf(z), leaf(T)
    dz, dT = torch.autograd.grad(tempered(*leaves), leaves, constant(g))
    return array(dz), array(dT)


def add_backward(A: Array, B: Array, G: Array) -> tuple[Array, Array]:
    """dL/dA and dL/dB, in the shapes of A and B, of their broadcast sum, where G (N, D) arrives."""
    import torch

    leaves = leaf(A), leaf(B)
    dA, dB = torch.autograd.grad(leaves[0] + leaves[1], leaves, constant(G))
    return array(dA), array(dB)


def broadcast_inputs(seed: int) -> list[dict[str, Any]]:
    """Eight pairs of matrices that broadcast to (N, D), with G (N, D)."""
    source = np.random.default_rng(random.Random(f"broadcast:{seed}").randrange(2**32))
    shapes = [
        ((3, 4), (3, 4)),
        ((3, 4), (1, 4)),
        ((5, 2), (5, 1)),
        ((1, 3), (4, 3)),
        ((4, 1), (4, 5)),
        ((2, 1), (1, 6)),
        ((1, 5), (3, 1)),
        ((6, 3), (1, 1)),
    ]
    cases = []
    for left, right in shapes:
        whole = np.broadcast_shapes(left, right)
        cases.append({name: source.normal(size=s) for name, s in (("A", left), ("B", right), ("G", whole))})
    return cases


def node_entry(u: Array, v: Array, s: Array, r: Array, node: str, k: int) -> float:
    """Entry k of the gradient at a = u of a node with b = v and c = s, where r arrives."""
    a, b, c = leaf(u), constant(v), constant(s)
    nodes = {
        "product": lambda: a * b,
        "total": lambda: a + b,
        "product_plus": lambda: a * b + a,
        "difference": lambda: b - a,
        "square": lambda: a.square() * b,
        "distance": lambda: (a - b) * b,
        "gate": lambda: c.lerp(b, a),
        "inner": lambda: (a @ b) * c,
        "scaled": lambda: a.sum() * b,
    }
    return float(gradient(nodes[node](), a, r)[k])


def dense_units(X: Array, W: Array, b: Array) -> tuple[Array, Array]:
    """ReLU and sigmoid outputs (N, M) of X W.T + b."""
    import torch

    z = torch.nn.functional.linear(constant(X), constant(W), constant(b))
    return array(torch.relu(z)), array(torch.sigmoid(z))


def weighted_distance(Y: Tensor, T: Tensor, c: Tensor) -> Tensor:
    """The mean with weights c (N,) of the squared distances of the rows of Y and T (N, K), shape ()."""
    return (c / c.sum()) @ (Y - T).square().sum(dim=1)


def weighted_squares(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    """That loss, shape (), and its gradient at Y (N, K)."""
    predicted = leaf(Y)
    loss = weighted_distance(predicted, constant(T), constant(c))
    return array(loss), gradient(loss, predicted)
