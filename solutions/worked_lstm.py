"""Model answers to code questions on LSTM sequences, clipped steps and teacher forcing: NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def lstm_last(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Hidden and cell state (N, H) of each sequence at its own end."""
    h = np.zeros((len(x), W.shape[1]))
    s = np.zeros_like(h)
    for t in range(x.shape[1]):
        i, f, u, o = gates(x[:, t], h, W, U, b)
        cell = f * s + i * u
        running = (t < np.asarray(lengths))[:, None]
        h = np.where(running, o * np.tanh(cell), h)
        s = np.where(running, cell, s)
    return h, s


def gates(x: Array, h: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array, Array, Array]:
    """Input gate, forget gate, candidate, output gate (N, H) for a batch of inputs (N, D) and states (N, H)."""
    z = np.einsum("khd,nd->knh", W, x) + np.einsum("khj,nj->knh", U, h) + b[:, None]
    i, f, o = (1 / (1 + np.exp(-z[k])) for k in (0, 1, 3))
    return i, f, np.tanh(z[2]), o


def clipped_step(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """W and b after a step with the clipped mean gradient; unchanged where that is not finite."""
    mean_W, mean_b = gW.mean(axis=0), gb.mean(axis=0)
    norm = np.sqrt((mean_W**2).sum() + (mean_b**2).sum())
    if not np.isfinite(norm):
        return W.copy(), b.copy()
    factor = min(1.0, c / norm)
    return W - eta * factor * mean_W, b - eta * factor * mean_b


def log_probabilities(h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array) -> Array:
    """log p of each target sentence (N,), its end symbol included."""
    result = np.zeros(len(h0))
    for n, sentence in enumerate(np.asarray(targets, dtype=int)):
        h, symbol = h0[n], 0
        for wanted in sentence:
            h = np.tanh(W @ h + U @ E[symbol])
            z = V @ h
            z = z - z.max()
            result[n] += z[wanted] - np.log(np.exp(z).sum())
            symbol = wanted
            if wanted == 1:
                break
    return result
