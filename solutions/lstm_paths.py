"""Paths through the cell state of an LSTM, by running it and by torch's autograd."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def three_steps(
    f1: Array, f2: Array, f3: Array, i1: Array, i2: Array, i3: Array, u1: Array, u2: Array, u3: Array, s0: Array,
    kind: str,
) -> Array:  # fmt: skip
    """The cell state (H,) after three steps. kind: 'usual', 'coupled', 'reset' or 'last'."""
    return np.asarray(_three(kind, (f1, f2, f3), (i1, i2, i3), (u1, u2, u3), s0)[-1])


def three_steps_drawn(F: Array, I: Array, U: Array, S: float, kind: str) -> float:  # noqa: E741
    """The same for one unit: gates F and I, candidates U (3,), start S."""
    return float(_three(kind, [float(v) for v in F], [float(v) for v in I], [float(v) for v in U], float(S))[-1])


def three_steps_gradient(
    f1: Array, f2: Array, f3: Array, i1: Array, i2: Array, i3: Array, u1: Array, u2: Array, u3: Array, s0: Array,
    q: Array, p: Array, kind: str, name: str, seen: str,
) -> Array:  # fmt: skip
    """dL/d(name) (H,) by autograd, where L gets q from s3 (-q where seen is 'late') and p from s2 (not for 'last')."""
    import torch

    every = dict(f1=f1, f2=f2, f3=f3, i1=i1, i2=i2, i3=i3, u1=u1, u2=u2, u3=u3, s0=s0)
    leaves = {key: constant(value).requires_grad_() for key, value in every.items()}
    keep, write, new = ([leaves[f"{letter}{step}"] for step in (1, 2, 3)] for letter in "fiu")
    _, second, third = _three(kind, keep, write, new, leaves["s0"])
    loss = (constant(q) * third).sum() * (-1 if seen == "late" else 1)
    if seen != "last":
        loss = loss + (constant(p) * second).sum()
    return array(torch.autograd.grad(loss, leaves[name])[0])


def _three(kind: str, keep: Any, write: Any, new: Any, state: Any) -> list[Any]:
    """The three cell states of a rule, for numbers, arrays or tensors."""
    states = []
    for step, (f, i, u) in enumerate(zip(keep, write, new, strict=True), start=1):
        if kind == "coupled":
            state = u + f * (state - u)
        elif kind == "last":
            state = (state + i * u) * f
        else:
            forgets = kind == "usual" or step == 2
            state = (state * f if forgets else state) + i * u
        states.append(state)
    return states
