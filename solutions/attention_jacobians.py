"""Jacobians of outputs by inputs of small networks, by torch.

A (H, D), B (K, H), C (K, D), x (D,), e, d (K,) one-hot, r (K,) weights: y = B f(A x), or B f(A x) + C x with a skip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, activation, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

SEEDS = ("row", "norm", "sum", "difference", "weighted", "log")


def pulled(
    A: Array, B: Array, C: Array, x: Array, e: Array, d: Array, r: Array, f: str, wiring: str, sown: str
) -> Array:
    """What one backward pass from the output with the seed `sown` leaves at x: (D,)."""
    import torch

    J = _jacobian(A, B, C, x, f, wiring)
    y = _output(constant(A), constant(B), constant(C), constant(x), f, wiring)
    return array(_seed(y, constant(e), constant(d), constant(r), sown) @ torch.tensor(J))


def meaning(sown: str) -> str:
    """The name in SEEDS of the function of the outputs whose gradient is the pass with this seed, by autograd."""
    import torch

    y = leaf([0.4, 1.3, 0.7])
    e, d, r = constant([1, 0, 0]), constant([0, 0, 1]), constant([0.5, 2.0, 1.5])
    functions = {
        "row": y @ e,
        "norm": (y**2).sum() / 2,
        "sum": y.sum(),
        "difference": y @ (e - d),
        "weighted": y @ r,
        "log": torch.log(y @ e),
    }
    seed = _seed(y.detach(), e, d, r, sown)
    fitting = [n for n, value in functions.items() if torch.allclose(torch.autograd.grad(value, y)[0], seed)]
    return fitting[0]


def meant(sown: str) -> str:
    """The name that the author gives to the seed."""
    return sown


def entry(A0: Array, B0: Array, C0: Array, x0: Array, wiring: str, i: int, j: int) -> float:
    """Entry (i, j) of the Jacobian of the drawn ReLU network."""
    return float(_jacobian(A0, B0, C0, x0, "relu", wiring)[int(i), int(j)])


def strongest(A0: Array, B0: Array, C0: Array, x0: Array, wiring: str, i: int) -> int:
    """The input, counted from 0, to which output i of the drawn ReLU network is most sensitive."""
    return int(np.abs(_jacobian(A0, B0, C0, x0, "relu", wiring)[int(i)]).argmax())


def with_activation_seed(A0: Array, B0: Array, C0: Array, x0: Array, wiring: str, j: int) -> float:
    """Entry j of the gradient of half the squared norm of the outputs of the drawn ReLU network."""
    import torch

    x = leaf(x0)
    y = _output(constant(A0), constant(B0), constant(C0), x, "relu", wiring)
    return float(torch.autograd.grad(torch.dot(y, y) / 2, x)[0][int(j)])


def probabilities(x: Tensor, W1: Tensor, b1: Tensor, W2: Tensor, b2: Tensor) -> Tensor:
    """softmax(W2 tanh(W1 x + b1) + b2), on tensors."""
    import torch

    return torch.softmax(W2 @ torch.tanh(W1 @ x + b1) + b2, 0)


def input_jacobian(x: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> tuple[Array, Array]:
    """The probabilities (K,) and their Jacobian (K, D) by x, one backward pass for each."""
    import torch

    given = leaf(x)
    y = probabilities(given, constant(W1), constant(b1), constant(W2), constant(b2))
    rows = [torch.autograd.grad(value, given, retain_graph=True)[0] for value in y]
    return array(y), array(torch.stack(rows))


def _output(A: Tensor, B: Tensor, C: Tensor, x: Tensor, f: str, wiring: str) -> Tensor:
    hidden: Tensor = activation(f)(A @ x)
    return B @ hidden + C @ x if wiring == "skip" else B @ hidden


def _jacobian(A: Array, B: Array, C: Array, x: Array, f: str, wiring: str) -> Array:
    import torch

    given = leaf(x)
    y = _output(constant(A), constant(B), constant(C), given, f, wiring)
    return array(torch.stack([torch.autograd.grad(value, given, retain_graph=True)[0] for value in y]))


def _seed(y: Tensor, e: Tensor, d: Tensor, r: Tensor, sown: str) -> Tensor:
    import torch

    table = {
        "row": e,
        "norm": y,
        "sum": torch.ones_like(y),
        "difference": e - d,
        "weighted": r,
        "log": e / (y @ e),
    }
    return table[sown]
