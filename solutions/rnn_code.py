"""References for code on recurrent networks by torch: all gradients, Jacobians between states, truncated gradients.

h_t = tanh(W h_{t-1} + U x_t + b), scores B h_t + c. W (H, H), U (H, D), b (H,), B (V, H), c (V,), x (T, D), h0 (H,),
Y (T, V) one-hot rows, g as said at each function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def sequence_loss(W: Tensor, U: Tensor, b: Tensor, B: Tensor, c: Tensor, x: Tensor, h0: Tensor, Y: Tensor) -> Tensor:
    """The cross-entropy of all steps, added up: a number, on tensors."""
    import torch

    states = torch.stack(_states(W, U, b, x, h0))
    return torch.nn.functional.cross_entropy(states @ B.T + c, Y, reduction="sum")


def gradients(
    W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """dL/dW, dL/dU, dL/db, dL/dB, dL/dc for `sequence_loss`."""
    import torch

    leaves = [leaf(value) for value in (W, U, b, B, c)]
    w, u, bias, readout, shift = leaves
    loss = sequence_loss(w, u, bias, readout, shift, constant(x), constant(h0), constant(Y))
    dW, dU, db, dB, dc = map(array, torch.autograd.grad(loss, leaves))
    return dW, dU, db, dB, dc


def state_jacobians(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """J (T, H, H): J[k] is dh_T/dh_k for k = 0 ... T-1; shares (T,): row k the norm of step k + 1's part of dL/dW.

    g (H,): dL/dh_T. The parts come from one copy of W for each step.
    """
    import torch

    copies, h, states = [leaf(W) for _ in x], leaf(h0), []
    for weights, row in zip(copies, constant(x), strict=True):
        states.append(h)
        h = torch.tanh(weights @ h + constant(U) @ row + constant(b))
    rows = [torch.autograd.grad(entry, states, retain_graph=True) for entry in h]
    J = torch.stack([torch.stack([row[k] for row in rows]) for k in range(len(states))])
    parts = torch.autograd.grad(h, copies, constant(g))
    return array(J), np.array([float(torch.linalg.vector_norm(part)) for part in parts])


def truncated(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array, tau: int) -> tuple[Array, Array]:
    """dL/dW and dL/db where the gradient g[t] of each state goes back through `tau` steps at most, its own included.

    g (T, H): what the loss sends directly into each state. The state before those steps is detached.
    """
    import torch

    weights, bias = leaf(W), leaf(b)
    states = [
        constant(h0),
        *[h.detach() for h in _states(constant(W), constant(U), constant(b), constant(x), constant(h0))],
    ]
    total = constant(0.0)
    for t in range(len(x)):
        first = max(0, t + 1 - int(tau))
        h = states[first]
        for row in constant(x)[first : t + 1]:
            h = torch.tanh(weights @ h + constant(U) @ row + bias)
        total = total + h @ constant(g)[t]
    dW, db = torch.autograd.grad(total, (weights, bias))
    return array(dW), array(db)


def _states(W: Tensor, U: Tensor, b: Tensor, x: Tensor, h0: Tensor) -> list[Tensor]:
    """h_1 ... h_T."""
    import torch

    states, h = [], h0
    for row in x:
        h = torch.tanh(W @ h + U @ row + b)
        states.append(h)
    return states
