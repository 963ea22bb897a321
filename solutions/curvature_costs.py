"""What approximations of a curvature matrix cost, counted matrix by matrix from the shapes of a network's weights.

One unit of work is one multiplication; a k x k matrix is stored with all its k*k entries and inverted in k^3.
Schemes: 'full', 'layers' and 'units' (diagonal blocks), 'kron' (two factors for each layer), 'rank' (diagonal plus
U U.T with r columns), 'diagonal'.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from solutions.arrays import Array

Shapes = Sequence[tuple[int, int]]  # of weight matrices, outputs x inputs, a bias counted among the inputs


def network_cost(n0: int, n1: int, n2: int, r: int, scheme: str, quantity: str) -> float:
    """Numbers 'stored', or multiplications to 'invert', for a network n0 - n1 - n2 with biases."""
    import torch

    layers = [torch.nn.Linear(int(i), int(o), device="meta") for i, o in ((n0, n1), (n1, n2))]
    shapes = [(layer.weight.shape[0], layer.weight.shape[1] + 1) for layer in layers]
    return _cost(shapes, int(r), scheme, quantity)


def network_stored(n0: int, n1: int, n2: int, r: int, scheme: str) -> float:
    """`network_cost` of the numbers that are stored."""
    return network_cost(n0, n1, n2, r, scheme, "stored")


def network_inverted(n0: int, n1: int, n2: int, r: int, scheme: str) -> float:
    """`network_cost` of the multiplications that the inverse takes."""
    return network_cost(n0, n1, n2, r, scheme, "invert")


def square_cost(m: float, d: float, r: float, scheme: str, quantity: str) -> float:
    """The same for m square layers of width d without biases; the quantity may also be 'apply'."""
    return _cost([(int(d), int(d))] * int(m), int(r), scheme, quantity)


def square_formula(m: float, d: float, scheme: str, quantity: str) -> float:
    """`square_cost` where nothing has a rank."""
    return square_cost(m, d, 3, scheme, quantity)


def square_cost_drawn(m0: int, d0: int, scheme: str, quantity: str) -> float:
    """`square_cost` at drawn sizes."""
    return square_cost(m0, d0, 3, scheme, quantity)


def growth(m0: int, d0: int, t: int, scheme: str, quantity: str) -> float:
    """The factor by which the cost grows when the width becomes t times what it was; rank 3 throughout."""
    return square_cost(m0, int(d0) * int(t), 3, scheme, quantity) / square_cost(m0, d0, 3, scheme, quantity)


def square_costs(m: int, d: int, r: int, quantity: str) -> Array:
    """Costs of full, layers, units, kron and rank, in this order (5,)."""
    return np.array([square_cost(m, d, r, scheme, quantity) for scheme in ("full", "layers", "units", "kron", "rank")])


def _cost(shapes: Shapes, r: int, scheme: str, quantity: str) -> float:
    n = sum(rows * columns for rows, columns in shapes)
    if scheme == "rank":
        return {"stored": n + n * r, "invert": n * r + r * n * r + r * r * r, "apply": n + 2 * n * r}[quantity]
    if scheme == "kron" and quantity == "apply":
        return sum(rows * rows * columns + rows * columns * columns for rows, columns in shapes)
    sides = _sides(shapes, scheme)
    power = {"stored": 2, "invert": 3, "apply": 2}[quantity]
    return float(sum(side**power for side in sides))


def _sides(shapes: Shapes, scheme: str) -> list[int]:
    """Side lengths of all dense matrices that the scheme keeps."""
    if scheme == "full":
        return [sum(rows * columns for rows, columns in shapes)]
    if scheme == "layers":
        return [rows * columns for rows, columns in shapes]
    if scheme == "units":
        return [columns for rows, columns in shapes for _ in range(rows)]
    if scheme == "kron":
        return [side for shape in shapes for side in shape]
    return [1 for rows, columns in shapes for _ in range(rows * columns)]
