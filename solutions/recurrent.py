"""Recurrent networks: h_t = tanh(W h_{t-1} + U x_t + b), its gradients by autograd, and LSTM sizes.

W (H, H) recurrent weights; U (H, D) input weights; b (H,); x (T, D) inputs; h0 (H,) start state
g (T, H) what the loss sends directly into each state h_1 ... h_T, not through later states
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, activation, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def step_gradient(W: Array, U: Array, b: Array, x: Array, h: Array, g: Array, f: str) -> Array:
    """dL/dh (H,) of one step with activation f.

    h (H,) the previous state, x (D,) this step's input, g (H,) the gradient at the new state.
    """
    previous = leaf(h)
    new = activation(f)(constant(W) @ previous + constant(U) @ constant(x) + constant(b))
    return gradient(new, previous, g)


def two_step_weight_gradient(W: Array, U: Array, x1: Array, x2: Array, h0: Array, g: Array, f: str) -> Array:
    """dL/dW (H, H) after two steps with activation f, without bias; the loss sees only h_2: dL/dh_2 = g."""
    weights = leaf(W)
    return gradient(_states(weights, constant(U), np.stack([x1, x2]), h0, f)[-1], weights, g)


def bptt(W: Array, U: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """dL/dW (H, H) and dL/dU (H, D) over all T steps, without bias."""
    import torch

    recurrent, inward = leaf(W), leaf(U)
    states = torch.stack(_states(recurrent, inward, x, h0, "tanh"))  # (T, H)
    dW, dU = torch.autograd.grad(states, (recurrent, inward), constant(g))
    return array(dW), array(dU)


def lstm_parameters(d: int, h: int) -> int:
    """Parameters of an LSTM cell with one bias a gate: PyTorch's count less its second bias."""
    import torch

    cell = torch.nn.LSTMCell(int(d), int(h), device="meta")
    return sum(p.numel() for p in cell.parameters()) - cell.bias_hh.numel()


def fate_by_powers(p: float, q: float, c: float) -> str:
    """'vanishes', 'explodes' or 'stays': what 400 steps of W = ((p, c), (0, q)) make of a generic h.

    'stays' where the norm neither falls under a thousandth nor rises over a thousandfold.
    """
    W = np.array([[float(p), float(c)], [0.0, float(q)]])
    state = np.array([0.6, 0.8])
    for _ in range(400):
        state = W @ state
    size = float(np.linalg.norm(state))
    if size < 1e-3:
        return "vanishes"
    return "explodes" if size > 1e3 else "stays"


def fate_by_radius(p: float, q: float, c: float) -> str:
    """The same by theory: the spectral radius of W against 1."""
    import torch

    W = constant([[float(p), float(c)], [0.0, float(q)]])
    radius = float(torch.linalg.eigvals(W).abs().max())
    return "vanishes" if radius < 1 else "explodes"


def _states(W: Tensor, U: Tensor, x: Array, h0: Array, f: str) -> list[Tensor]:
    """The tensors h_1 ... h_T."""
    states, h = [], constant(h0)
    for inputs in constant(x):
        h = activation(f)(W @ h + U @ inputs)
        states.append(h)
    return states
