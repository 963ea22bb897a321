"""What each step adds to the gradient of the recurrent weight of one unit, by copies of the weight.

h_t = f(w h_{t-1} + ...) for t = 1 ... 5 with slopes z (5,), states s = h_0 ... h_4; the gradient g arrives at h_5.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, leaf


def shares(w: float, z: Array, s: Array, g: float) -> Array:
    """The absolute share of each step in dL/dw (5,), by autograd with one copy of w for each step."""
    return np.abs(_signed(w, z, s, g))


def early_part(w: float, z: Array, s: Array, g: float, k: int) -> float:
    """The shares of the steps 1 ... k over the whole derivative."""
    parts = _signed(w, z, s, g)
    return float(parts[: int(k)].sum() / parts.sum())


def _signed(w: float, z: Array, s: Array, g: float) -> Array:
    import torch

    copies = [leaf(float(w)) for _ in range(5)]
    slopes, states = constant(np.asarray(z, dtype=float)), constant(np.asarray(s, dtype=float))
    h = states[0]
    for t, weight in enumerate(copies):
        inner = weight * h
        moved = slopes[t] * (inner - inner.detach())
        h = moved + (states[t + 1] if t + 1 < len(states) else 0.0)
    parts = torch.autograd.grad(h, copies, constant(float(g)))
    return np.array([float(part) for part in parts])


def steps_until(cell: str, v: float, q: float, a: float, K: int) -> float:
    """After how many steps back the gradient has changed K-fold, by doubling and halving the number of steps.

    cell: 'sigmoid', 'tanh' (states q), 'leaky' (share a of the old state, tanh states q) or 'residual' (tanh states q).
    """
    state = leaf(0.0)
    inner = float(v) * state
    activated = 0.25 * inner if cell == "sigmoid" else (1 - float(q) ** 2) * inner
    following = {
        "sigmoid": activated,
        "tanh": activated,
        "leaky": float(a) * state + (1 - float(a)) * activated,
        "residual": state + activated,
    }[cell]
    following.backward()  # type: ignore[no-untyped-call]
    assert state.grad is not None
    factor = float(state.grad)
    low, high = 0.0, 1.0
    while max(factor, 1 / factor) ** high < K:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if max(factor, 1 / factor) ** middle < K else (low, middle)
    return high
