"""Notes on recurrent networks with one wrong line, found by torch at sampled points.

One step: a = W o + U x + b, h = tanh(a), z = B h + c, p = softmax(z), L = -log p[class] and what comes later.
o, h (H,) old and new state; x (D,); p, y (V,) probabilities and one-hot target; d (H,) gradient at the sum before the
activation of the NEXT step; r (H,) that of this step, as a value of its own; W (H, H), U (H, D), B (V, H).
"""

from __future__ import annotations

import numpy as np

from grader.formula import Domain, Scope, Symbol
from solutions.arrays import Array, array, constant, leaf
from solutions.rnn_time import over_time
from solutions.wrong_lines import differing, only

STEP = ("scores", "readout", "delta", "recurrent", "inputs", "passed")
SUMS = ("w", "u", "b", "h0")


def wrong_in_step(l1: str, l2: str, l3: str, l4: str, l5: str, l6: str) -> str:
    """The name in STEP of the line that torch contradicts, by shape or by value."""
    scope = Scope({
        "W": Symbol("W", ("H", "H")), "U": Symbol("U", ("H", "D")), "B": Symbol("B", ("V", "H")),
        "x": Symbol("x", ("D",)), "o": Symbol("o", ("H",)), "h": Symbol("h", ("H",), Domain("unit")),
        "d": Symbol("d", ("H",)), "r": Symbol("r", ("H",)),
        "p": Symbol("p", ("V",), Domain("simplex")), "y": Symbol("y", ("V",), Domain("one_hot")),
    })  # fmt: skip
    lines = dict(zip(STEP, (l1, l2, l3, l4, l5, l6), strict=True))
    return only(differing(scope, lines, step_line, seed="recurrent notes"))


def step_line(
    W: Array, U: Array, B: Array, x: Array, o: Array, h: Array, d: Array, r: Array, p: Array, y: Array, wrong: str
) -> Array:
    """What the line named `wrong` should say."""
    import torch

    weights, inputs, readout, given = (leaf(value) for value in (W, U, B, x))
    before = weights @ constant(o) + inputs @ given
    if wrong in ("recurrent", "inputs", "passed"):
        target = {"recurrent": weights, "inputs": inputs, "passed": given}[wrong]
        return array(torch.autograd.grad(before, target, constant(r))[0])
    total = leaf(np.zeros(len(h)))  # stands for a change of the sum before the activation
    state = constant(h) + (1 - constant(h) ** 2) * total
    scores = constant(p).log() + readout @ state - (readout @ state).detach()
    loss = -(constant(y) * scores.log_softmax(0)).sum() + constant(d) @ (constant(W) @ state)
    target = {"scores": scores, "readout": readout, "delta": total}[wrong]
    return array(torch.autograd.grad(loss, target)[0])


def drawn_share(w: float, v: Array, s: float, old: float, later: float, q0: float, k: int) -> float:
    """The share of the step in dL/dw for one unit: readout v (2,), new state s, old state, delta of the next step,

    probability q0 of class 0, right class k."""
    one = np.array([[float(w)]])
    y, q = np.eye(2)[int(k)], np.array([float(q0), 1 - float(q0)])
    column, state = np.asarray(v, dtype=float)[:, None], np.array([float(s)])
    args = (one, one, column, np.ones(1), np.array([float(old)]), state, np.array([float(later)]))
    delta = step_line(*args, np.zeros(1), q, y, "delta")
    return float(step_line(*args, delta, q, y, "recurrent")[0, 0])


def wrong_sum(l1: str, l2: str, l3: str, l4: str) -> str:
    """The name in SUMS of the derivative whose double sum torch contradicts."""
    arrays = {name: Symbol(name, ("T",), first=0) for name in "dghx"}
    scope = Scope({"w": Symbol("w", ()), **arrays})
    lines = dict(zip(SUMS, (l1, l2, l3, l4), strict=True))
    return only(differing(scope, lines, sum_line, seed="recurrent notes"))


def sum_line(w: float, d: Array, g: Array, h: Array, x: Array, wrong: str) -> Array:
    """The derivative of sum_t g_t h_{t+1} by w, u, b or h0 for h_{t+1} = f(w h_t + u x_t + b) with slopes d_t."""
    return np.asarray(over_time(w, 0.0, d, h, x, g, 0.0, "plain", wrong, "all"))


def drawn_sum(m: float, z: Array, s: Array) -> float:
    """`sum_line` by w in drawn numbers: weight m, slopes z, states s, each g_t = 1."""
    one = np.ones(3)
    return float(sum_line(float(m), np.asarray(z, dtype=float), one, np.asarray(s, dtype=float), one, "w"))


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong
