"""Jacobians between states of recurrent networks, by torch on steps that are linear with given slopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def two_steps(W: Array, p: Array, q: Array, a: float, m: Array, g: Array, cell: str, way: str) -> Array:
    """The Jacobian (H, H) of the state after two steps by the state before, or for way 'back' its transpose times g.

    p, q (H,): slopes of the activation in the first and the second step. m (H,): a mask. cell: as in `_step`.
    """
    import torch

    def both(h: Tensor) -> Tensor:
        return _step(_step(h, W, p, a, m, cell), W, q, a, m, cell)

    start = torch.zeros(len(p), dtype=torch.float64, requires_grad=True)
    if way == "back":
        (found,) = torch.autograd.grad(both(start), start, constant(g))
        return array(found)
    return array(torch.autograd.functional.jacobian(both, start))  # type: ignore[no-untyped-call]


def two_steps_entry(
    V: Array, d1: Array, d2: Array, r: float, s: Array, u: Array, cell: str, way: str, i: int, k: int
) -> float:
    """Entry (i, k) of `two_steps` in drawn numbers, or entry i of its product with the gradient u for way 'back'."""
    found = two_steps(np.asarray(V, dtype=float), d1, d2, float(r), s, u, cell, way)
    return float(found[int(i)] if way == "back" else found[int(i), int(k)])


def _step(h: Tensor, W: Array, slopes: Array, a: float, m: Array, cell: str) -> Tensor:
    """One step: 'post' f(W h), 'pre' W f(h), 'residual' h + f(W h), 'leaky' a h + (1 - a) f(W h), 'mask' m f(W h)."""
    weights, slope = constant(W), constant(slopes)
    new = weights @ (slope * h) if cell == "pre" else slope * (weights @ h)
    match cell:
        case "residual":
            return h + new
        case "leaky":
            return a * h + (1 - a) * new
        case "mask":
            return constant(m) * new
        case _:
            return new


def factor_places(cell: str, way: str) -> Array:
    """The places of A, B, C, p, q, r in the product over three steps (weights A, B, C, slopes p, q, r), by trying all.

    way: 'jacobian' for the Jacobian of the last state by the first one, 'back' for what multiplies a gradient.
    """
    from itertools import permutations

    draw = np.random.default_rng(0)
    weights = [draw.normal(size=(2, 2)) for _ in range(3)]
    slopes = [draw.uniform(0.2, 0.9, size=2) for _ in range(3)]
    jacobian = np.eye(2)
    for matrix, slope in zip(weights, slopes, strict=True):
        jacobian = _matrix(matrix, slope, cell) @ jacobian
    names = ["A", "B", "C", "p", "q", "r"]
    factors = dict(zip(names, [*weights, *map(np.diag, slopes)], strict=True))
    if way == "back":
        jacobian, factors = jacobian.T, {name: value.T for name, value in factors.items()}
    for order in permutations(names):
        product = np.eye(2)
        for name in order:
            product = product @ factors[name]
        if np.abs(product - jacobian).max() < 1e-9:
            return np.array([order.index(name) for name in names], dtype=np.float64)
    raise ValueError(f"no order of the factors gives the Jacobian of {cell}")


def _matrix(W: Array, slopes: Array, cell: str) -> Array:
    """The Jacobian of `_step`, column by column."""
    zero = np.zeros(2)
    columns = [_step(constant(row), W, slopes, 0.0, zero, cell) for row in np.eye(2)]
    return np.stack([array(column) for column in columns], axis=1)
