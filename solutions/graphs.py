"""Networks as graphs: Jacobians, collapsed layers, steps and branches by torch and by running what is asked about.

x  (D,)  input      g  upstream gradient      A, B, W  matrices of linear maps
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor

MAPS = {
    "linear": lambda x, A, B, c: A @ x,
    "two": lambda x, A, B, c: B @ (A @ x),
    "scaled": lambda x, A, B, c: c * (A @ x),
    "scaled-inside": lambda x, A, B, c: B @ (c * (A @ x)),
}


def laid_out(A: Array, B: Array, c: Array, G: Array, map: str, asked: str) -> Array:
    """The Jacobian or a gradient of the map by torch. A (M, D), B (M, M), c (M,), G (M, 1).

    asked: 'numerator' or 'denominator' (the Jacobian), 'column' (D, 1) or 'row' (1, D) of the gradient.
    """
    import torch

    x = leaf(np.ones(A.shape[1]))
    arguments = (constant(A), constant(B), constant(c))
    jacobian = torch.autograd.functional.jacobian(lambda v: MAPS[map](v, *arguments), x)  # type: ignore[no-untyped-call]
    if asked == "numerator":
        return array(jacobian)
    if asked == "denominator":
        return array(jacobian).T
    found = gradient(MAPS[map](x, *arguments), x, np.ravel(G))
    return found[:, None] if asked == "column" else found[None, :]


def composed(A: Array, B: Array, x: Array, v: Array, g: Array, f: str, asked: str) -> Array:
    """Of y = B f(A x): the 'jacobian' (K, D), the product 'forward' with v (D,), or 'backward' with g (K,)."""
    import torch

    from solutions.arrays import activation

    def network(at: Tensor) -> Any:
        return constant(B) @ activation(f)(constant(A) @ at)

    if asked == "backward":
        start = leaf(x)
        return gradient(network(start), start, g)
    jacobian = torch.autograd.functional.jacobian(network, constant(x))  # type: ignore[no-untyped-call]
    return array(jacobian if asked == "jacobian" else jacobian @ constant(v))


def collapsed(A: Array, B: Array, a: Array, b: Array, kind: str, asked: str) -> Array:
    """The one 'weight' (D, D) or 'bias' (D,) of two linear layers, found by feeding unit vectors and zero.

    kind: 'plain', 'residual' (around both), 'inner' (around the first) or 'shared' (the first layer twice, then B).
    """

    def first(x: Array) -> Array:
        return np.asarray(A @ x + a)

    def network(x: Array) -> Array:
        if kind == "shared":
            return np.asarray(B @ first(first(x)) + b)
        hidden = first(x) + (x if kind == "inner" else 0)
        return np.asarray(B @ hidden + b + (x if kind == "residual" else 0))

    zero = network(np.zeros(A.shape[1]))
    if asked == "bias":
        return zero
    return np.stack([network(unit) - zero for unit in np.eye(A.shape[1])], axis=1)


def counted(d: int, h0: int, k: int, depth: int) -> int:
    """Parameters of a torch network with `depth` hidden linear layers."""
    import torch

    sizes = [int(d), *[int(h0)] * int(depth), int(k)]
    layers = [torch.nn.Linear(a, b) for a, b in itertools.pairwise(sizes)]
    return sum(parameter.numel() for layer in layers for parameter in layer.parameters())


def counted_one(d: int, k: int) -> int:
    """Parameters of a single torch layer."""
    return counted(d, 1, k, 0)


def shape_of(n_in: int, n_out: int, n_batch: int, shaped: str) -> tuple[int, ...]:
    """The shape of what torch gives for a linear layer: by 'weight', 'inputs', 'outputs', or a Jacobian's layout."""
    import torch

    layer = torch.nn.Linear(int(n_in), int(n_out), bias=False)
    inputs = torch.ones(int(n_batch), int(n_in), requires_grad=True)
    outputs = layer(inputs)
    by_weight, by_inputs = torch.autograd.grad(outputs.sum(), [layer.weight, inputs])
    jacobian = torch.autograd.functional.jacobian(layer, inputs[0])  # type: ignore[no-untyped-call]
    found = {"weight": by_weight, "inputs": by_inputs, "outputs": outputs}
    return tuple({**found, "numerator": jacobian, "denominator": jacobian.T}[shaped].shape)


def backward_cost(n_in: int, n_hidden: int, n_out: int) -> int:
    """Multiplications from the upstream gradient to the input, counted one by one while they are made."""
    count, upstream = 0, [1.0] * int(n_out)
    hidden = [0.0] * int(n_hidden)
    for i in range(len(hidden)):
        for g in upstream:
            hidden[i] += 0.5 * g
            count += 1
        hidden[i] *= 0.5  # the slope
        count += 1
    for _ in range(int(n_in)):
        count += sum(1 for _ in hidden)
    return count


def run(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> tuple[Array, ...]:
    """Output (N, K) of linear, tanh, linear, and gradients of X, V, a, W and b in their shapes, by torch's layers."""
    import torch

    leaves = [leaf(values) for values in (X, V, a, W, b)]
    linear = torch.nn.functional.linear
    output = linear(torch.tanh(linear(leaves[0], leaves[1], leaves[2])), leaves[3], leaves[4])
    return (array(output), *map(array, torch.autograd.grad(output, leaves, constant(G))))


def broadcast_entries(n_out: int) -> int:
    """Entries of a column less a row, both of that length, by NumPy."""
    column = np.zeros((int(n_out), 1))
    return int((column - column.T).size)
