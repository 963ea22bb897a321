"""Gradient descent with exact line search by torch, and inputs for it."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def descend(H: Array, b: Array, start: Array, steps: int) -> tuple[Array, Array]:
    """Points (steps, n) and objective values (steps,) after each step on t H t/2 - b t.

    Slope and curvature along the ray come from autograd: one Newton step on the step size.
    """
    import torch

    bend, pull, at = constant(H), constant(b), constant(start)
    points, values = [], []
    for _ in range(steps):
        t = leaf(array(at))
        (slope,) = torch.autograd.grad(t @ bend @ t / 2 - pull @ t, t)
        if slope.any():
            alpha = leaf(0.0)
            moved = at - alpha * slope
            (first,) = torch.autograd.grad(moved @ bend @ moved / 2 - pull @ moved, alpha, create_graph=True)
            (second,) = torch.autograd.grad(first, alpha)
            at = at + (first / second).detach() * slope
        points.append(array(at))
        values.append((at @ bend @ at / 2 - pull @ at).item())
    return np.array(points), np.array(values)


def descend_inputs(seed: int) -> list[dict[str, Any]]:
    """Six quadratics of 1 to 5 parameters; the last one starts at its minimum, with whole numbers."""
    source = random.Random(f"exact line search:{seed}")
    cases = [_case(source, *size) for size in ((1, 2), (2, 6), (2, 12), (3, 8), (5, 10))]
    whole = {"H": np.diag([2.0, 4.0]), "b": np.array([2.0, -8.0]), "start": np.array([1.0, -2.0]), "steps": 3}
    return [*cases, whole]


def _case(source: random.Random, n: int, steps: int) -> dict[str, Any]:
    factor = np.array([[source.gauss(0, 1) for _ in range(n)] for _ in range(n)])
    return {
        "H": factor @ factor.T + source.uniform(0.3, 1.0) * np.eye(n),
        "b": np.array([source.gauss(0, 1) for _ in range(n)]),
        "start": np.array([source.gauss(0, 2) for _ in range(n)]),
        "steps": steps,
    }
