"""Recurrent layers by PyTorch: what code questions on them are compared with, and inputs for them.

The LSTM's parameters W (4, H, D), U (4, H, H) and b (4, H) belong to input gate, forget gate, candidate, output gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def lstm_step(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """The next hidden state and the next cell state, both (H,)."""
    hidden, cell = _cell(*map(constant, (x, h, s, W, U, b)))
    return array(hidden), array(cell)


def lstm_step_backward(
    x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """dL/dx, dL/dh, dL/ds, dL/dW, dL/dU, dL/db; gh and gs (H,) arrive at the next hidden and cell state."""
    import torch

    leaves = [leaf(value) for value in (x, h, s, W, U, b)]
    hidden, cell = _cell(*leaves)
    found = torch.autograd.grad([hidden, cell], leaves, [constant(gh), constant(gs)])
    dx, dh, ds, dW, dU, db = map(array, found)
    return dx, dh, ds, dW, dU, db


def _cell(x: Tensor, h: Tensor, s: Tensor, W: Tensor, U: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    import torch

    width, inputs = h.shape[0], x.shape[0]
    cell = torch.nn.LSTMCell(inputs, width, dtype=torch.float64)
    parameters = {
        "weight_ih": W.reshape(4 * width, inputs),
        "weight_hh": U.reshape(4 * width, width),
        "bias_ih": b.reshape(4 * width),
        "bias_hh": torch.zeros(4 * width, dtype=torch.float64),
    }
    hidden, state = torch.func.functional_call(cell, parameters, (x, (h, s)))
    return hidden, state


def sequence_losses(W: Array, U: Array, V: Array, x: Array, h0: Array, targets: Array) -> Array:
    """-log of the probability of each target (T,): h = tanh(W h + U x[t]), softmax(V h), classes counted from 0."""
    import torch

    h, losses = constant(h0), []
    w, u, v = constant(W), constant(U), constant(V)
    for row, target in zip(constant(x), np.asarray(targets), strict=True):
        h = torch.tanh(w @ h + u @ row)
        losses.append(torch.nn.functional.cross_entropy((v @ h)[None], torch.tensor([int(target)])))
    return array(torch.stack(losses))


def sequence_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `sequence_losses`; in the last one the scores are large."""
    draw, calls = np.random.default_rng([seed, 1]), []
    for i, (t, h, d, c) in enumerate(((3, 2, 3, 4), (5, 4, 2, 3), (1, 3, 1, 2), (4, 2, 2, 5))):
        shapes = {"W": (h, h), "U": (h, d), "V": (c, h), "x": (t, d), "h0": (h,)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        arrays["V"] *= 900 if i == 3 else 1
        calls.append({**arrays, "targets": draw.integers(0, c, size=t)})
    return calls


def clipped(A: Array, b: Array, c: float) -> tuple[Array, Array]:
    """Both gradients, scaled so that their common norm is c at most."""
    import torch

    parts = constant(A), constant(b)
    norm = torch.linalg.vector_norm(torch.cat([part.reshape(-1) for part in parts]))
    factor = torch.clamp(float(c) / norm, max=1.0)
    return array(parts[0] * factor), array(parts[1] * factor)


def clip_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `clipped`: gradients that are too long, short enough, and long only when taken together."""
    draw, calls = np.random.default_rng([seed, 2]), []
    for rows, columns, ratio in ((2, 3, 0.3), (3, 2, 1.8), (4, 4, 0.9), (1, 5, 0.05), (2, 2, 40.0)):
        A, b = draw.normal(size=(rows, columns)), draw.normal(size=rows)
        norm = float(np.sqrt((A**2).sum() + (b**2).sum()))
        calls.append({"A": A, "b": b, "c": ratio * norm})
    return calls
