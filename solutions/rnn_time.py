"""Gradients through time of recurrences of one unit, by autograd on steps that are linear around given states.

d (T,) slopes of the activation; h (T,) states h_0 ... h_{T-1}; x (T,) inputs; g (T,) what the loss sends directly into
the states h_1 ... h_T. What is differentiated: w of the state, u of the input, b the bias, h0 the start state.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def over_time(
    w: float, a: float, d: Array, h: Array, x: Array, g: Array, q: float, cell: str, tag: str, loss: str
) -> float:
    """dL/d(tag). loss: 'all' with L = sum_t g_t h_t, 'mean' with that over T, 'last' with L = q h_T."""
    direct = np.array(g, dtype=float)
    if loss == "last":
        direct = np.zeros_like(direct)
        direct[-1] = q
    if loss == "mean":
        direct = direct / len(direct)
    values = {"w": leaf(w), "u": leaf(1.0), "b": leaf(1.0), "h0": leaf(h[0])}
    slopes, inputs, state, total = constant(d), constant(x), values["h0"], constant(0.0)
    for t in range(len(d)):
        inner = values["u"] * inputs[t] + values["b"]
        if cell != "outside":
            inner = inner + values["w"] * state
        moved = slopes[t] * (inner - inner.detach())  # 0, with the slope of the activation
        match cell:
            case "outside":
                following = values["w"] * state + moved
            case "residual":
                following = state + moved
            case "leaky":
                following = a * state + (1 - a) * moved
            case _:
                following = moved
        state = following
        total = total + direct[t] * state
        if t + 1 < len(d):
            state = state - state.detach() + float(h[t + 1])
    return float(gradient(total, values[tag]))


def drawn_over_time(
    m: float, r: float, z: Array, s: Array, v: Array, c: Array, cell: str, tag: str, loss: str
) -> float:
    """`over_time` in drawn numbers: weight m, mixing r, slopes z, states s, inputs v, direct gradients c."""
    last = float(c[-1])
    return over_time(float(m), float(r), z, s, v, c, last, cell, tag, loss)
