"""Gradients along four steps of an LSTM's cell, by torch's autograd."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant


def state_gradient(f: Array, q: Array, m1: int, m2: int, m3: int, at: int) -> float:
    """The whole gradient at s_at. f (4,) forget gates; q (4,) arrives at the states whose m is 1 (the last always)."""
    return _run(f, q, (m1, m2, m3, 1), int(at), 1.0)[0]


def gate_gradient(f: Array, q: Array, m1: int, m2: int, m3: int, at: int, s: float) -> float:
    """The gradient before the sigmoid of the forget gate of step `at`; s is the cell state before that step."""
    return _run(f, q, (m1, m2, m3, 1), int(at), float(s))[1]


def _run(f: Array, q: Array, seen: tuple[int, ...], at: int, before: float) -> tuple[float, float]:
    """Gradients at s_at and at the pre-activation of its forget gate; what is written is 0.3 in each later step."""
    import torch

    gates = np.asarray(f, dtype=np.float64)
    logits = constant(np.log(gates) - np.log1p(-gates)).requires_grad_()
    upstream = np.asarray(q, dtype=np.float64) * np.array([int(m) for m in seen])
    state = start = torch.sigmoid(logits[at - 1]) * before
    loss = upstream[at - 1] * state
    for step in range(at, 4):
        state = torch.sigmoid(logits[step]) * state + 0.3
        loss = loss + upstream[step] * state
    at_state, at_logits = torch.autograd.grad(loss, (start, logits))
    return float(at_state), float(at_logits[at - 1])
