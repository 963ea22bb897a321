"""Model answers to code questions on recurrent networks, as a student would hand them in: NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def gates(x: Array, h: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array, Array, Array]:
    """Input gate, forget gate, candidate, output gate, (H,) each."""
    z = W @ x + U @ h + b
    i, f, o = (1 / (1 + np.exp(-z[k])) for k in (0, 1, 3))
    return i, f, np.tanh(z[2]), o


def lstm_step(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Next hidden state, next cell state."""
    i, f, u, o = gates(x, h, W, U, b)
    cell = f * s + i * u
    return o * np.tanh(cell), cell


def lstm_step_backward(
    x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """dL/dx, dL/dh, dL/ds, dL/dW, dL/dU, dL/db."""
    i, f, u, o = gates(x, h, W, U, b)
    cell = f * s + i * u
    dcell = gs + gh * o * (1 - np.tanh(cell) ** 2)
    dz = np.stack([
        dcell * u * i * (1 - i),
        dcell * s * f * (1 - f),
        dcell * i * (1 - u**2),
        gh * np.tanh(cell) * o * (1 - o),
    ])  # fmt: skip
    dW, dU = dz[:, :, None] * x, dz[:, :, None] * h
    dx, dh = np.einsum("khd,kh->d", W, dz), np.einsum("khj,kh->j", U, dz)
    return dx, dh, dcell * f, dW, dU, dz


def sequence_losses(W: Array, U: Array, V: Array, x: Array, h0: Array, targets: Array) -> Array:
    """The loss of each step (T,)."""
    h, losses = h0, []
    for row, target in zip(x, targets, strict=True):
        h = np.tanh(W @ h + U @ row)
        z = V @ h
        z = z - z.max()
        losses.append(np.log(np.exp(z).sum()) - z[target])
    return np.array(losses)


def clip(A: Array, b: Array, c: float) -> tuple[Array, Array]:
    """Both gradients, clipped by their common norm."""
    norm = np.sqrt((A**2).sum() + (b**2).sum())
    factor = min(1.0, c / norm)
    return factor * A, factor * b
