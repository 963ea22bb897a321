"""Boxes and proposals as numbers that a network predicts, and losses on them, with PyTorch.

A box is (x1, y1, x2, y2), or centre and size (c, d, w, h); P stands for a proposal, G for the object's box.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def recovered(which: str, px: float, pw: float, gx: float, gw: float) -> float:
    """The target of that name, found by search: what must be predicted so that decoding gives the object's box.

    px, gx: centres along one axis, pw, gw: widths. Decoding: centre px + pw*t, width pw*exp(u).
    """
    low, high = -20.0, 20.0
    for _ in range(90):
        middle = (low + high) / 2
        reached, aimed = (px + pw * middle, gx) if which == "centre" else (pw * float(np.exp(middle)), gw)
        low, high = (middle, high) if reached < aimed else (low, middle)
    return low


def side_of_decoded(name: str, px: float, pw: float, t: float, u: float) -> float:
    """The left or right side of the box that a prediction (t, u) stands for, along one axis."""
    centre, width = px + pw * t, pw * float(np.exp(u))
    ends = [[0.5, 0.5], [-1.0, 1.0]]  # their mean and their difference
    sides = np.linalg.solve(np.array(ends), np.array([centre, width]))
    return float(sides[0 if name == "left" else 1])


def encoded(P: Array, G: Array) -> Array:
    """Targets (N, 4) of the boxes G (N, 4) with respect to the proposals P (N, 4), both with corners."""
    import torch

    ends = constant(P), constant(G)
    (pc, ps), (gc, gs) = ((torch.lerp(box[:, :2], box[:, 2:], 0.5), box[:, 2:] - box[:, :2]) for box in ends)
    return array(torch.cat([(gc - pc) / ps, torch.log(gs) - torch.log(ps)], dim=1))


def box_loss(P: Array, G: Array, V: Array) -> tuple[Array, Array]:
    """Smooth L1 loss, summed over the 4 numbers and averaged over boxes, of the predictions V (N, 4), and dL/dV."""
    import torch

    prediction = leaf(V)
    summed = torch.nn.functional.smooth_l1_loss(prediction, constant(encoded(P, G)), reduction="sum", beta=1.0)
    loss = summed / len(V)
    (dV,) = torch.autograd.grad(loss, prediction)
    return array(loss), array(dV)


def box_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `box_loss`: predictions near the targets and far from them."""
    draw = np.random.default_rng([seed, 73])
    calls = []
    for n, far in ((4, 0.5), (1, 2.0), (6, 1.5), (3, 4.0)):
        P, G = (_boxes(draw, n) for _ in range(2))
        calls.append({"P": P, "G": G, "V": encoded(P, G) + far * draw.normal(size=(n, 4))})
    return calls


def _boxes(draw: np.random.Generator, n: int) -> Array:
    corner = draw.uniform(0, 20, size=(n, 2))
    return np.hstack([corner, corner + draw.uniform(2, 30, size=(n, 2))])


def target_symbols(which: str, q: float, v: float, m: float, r: float) -> float:
    """The target of that name for a proposal with centre q and width v and an object with centre m and width r."""
    half = np.array([-0.5, 0.5])
    row = [np.array([[low, 0.0, high, 1.0]]) for low, high in (q + v * half, m + r * half)]
    return float(encoded(row[0], row[1])[0, 0 if which == "centre" else 2])


def weight_slope(kind: str, f0: float, f1: float, w: float, t0: float, t1: float, c: float) -> float:
    """dL/dw by autograd for two windows with features f0 (an object) and f1 (none), targets t0, t1; c: lambda."""
    import torch
    from torch.nn import functional

    weight = leaf(float(w))
    out, aims = constant([float(f0), float(f1)]) * weight, constant([float(t0), float(t1)])
    squares = functional.mse_loss(out, aims, reduction="none")
    losses = {
        "squares": squares.sum() / 2,
        "ridge": squares.sum() / 2 + float(c) / 2 * weight.square(),
        "smooth": functional.smooth_l1_loss(out, aims, reduction="sum"),
        "mean": functional.smooth_l1_loss(out, aims, reduction="mean"),
        "objects": squares[0] / 2,
        "both": float(c) * squares[0],
        "absolute": float(c) * functional.l1_loss(out[0], aims[0]),
    }
    (slope,) = torch.autograd.grad(losses[kind], weight)
    return float(slope)
