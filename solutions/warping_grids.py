"""Where an affine grid samples, and what bilinear sampling gives, by PyTorch.

a..f: theta = [[a, b, c], [d, e, f]]; the source is at (a x + b y + c, d x + e y + f) for the target at (x, y), all in
[-1, 1]. ends: 1 where -1 and 1 are the centres of the outer pixels, 0 where they are their outer edges.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.drawings import Grid, Grids


def grid(theta: Array, H: int, W: int, ends: int) -> Array:
    """The sampling positions (H, W, 2), x first, that theta (2, 3) gives for H by W output pixels."""
    import torch

    found = torch.nn.functional.affine_grid(constant(theta)[None], [1, 1, int(H), int(W)], align_corners=bool(ends))
    return array(found[0])


def grid_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `grid`: heights that differ from widths, both conventions."""
    draw = np.random.default_rng([seed, 76])
    sizes = ((3, 4, 1), (5, 2, 0), (2, 3, 1), (4, 6, 0))
    return [{"theta": draw.normal(size=(2, 3)), "H": H, "W": W, "ends": ends} for H, W, ends in sizes]


def position(
    along: str, ends: int, H: int, W: int, row: int, column: int,
    a: float, b: float, c: float, d: float, e: float, f: float,
) -> float:  # fmt: skip
    """The normalised source coordinate x or y (`along`) of one output pixel."""
    return float(_place(ends, H, W, row, column, [a, b, c, d, e, f])[0 if along == "x" else 1])


def target_x(ends: int, H: int, W: int, row: int, column: int) -> float:
    """The normalised x of one output pixel."""
    return float(_place(ends, H, W, row, column, [1, 0, 0, 0, 1, 0])[0])


def pixel(
    along: str, ends: int, H: int, W: int, row: int, column: int,
    a: float, b: float, c: float, d: float, e: float, f: float,
) -> float:  # fmt: skip
    """The same in pixels of a source of H by W: sampled from an image that holds the column (or row) number.

    Such a ramp goes on by more than its size on every side here, so that no place lies outside.
    """
    x, y = _place(ends, H, W, row, column, [a, b, c, d, e, f])
    at, size = (x, int(W)) if along == "x" else (y, int(H))
    return float(_ramp(at, size, ends))


def _ramp(at: float, size: int, ends: int) -> float:
    """The pixel number at a normalised coordinate, by sampling pixel numbers; size: pixels along the axis."""
    import torch

    wide = 9 * size  # the same grid, with 4 sizes more on each side
    scale = (size - 1) / (wide - 1) if ends else size / wide
    numbers = (torch.arange(wide, dtype=torch.float64) - 4 * size).reshape(1, 1, 1, wide)
    place = torch.tensor([[[[float(at) * scale, 0.0]]]], dtype=torch.float64)
    return float(torch.nn.functional.grid_sample(numbers, place, align_corners=bool(ends)))


def _place(ends: int, H: int, W: int, row: int, column: int, theta: list[float]) -> Array:
    rows = np.array([float(value) for value in theta]).reshape(2, 3)
    found: Array = grid(rows, int(H), int(W), ends)[int(row), int(column)]
    return found


def sample(U: Array, x: Array, y: Array) -> Array:
    """Bilinear values (P,) of U (H, W) at columns x (P,) and rows y (P,), in pixels from 0; outside U counts as 0."""
    import torch

    height, width = U.shape
    # a border of zeros all around, so that single rows and columns have a scale as well
    image = torch.nn.functional.pad(constant(U), (1, 1, 1, 1))
    places = torch.stack([2 * (constant(x) + 1) / (width + 1) - 1, 2 * (constant(y) + 1) / (height + 1) - 1], dim=-1)
    found = torch.nn.functional.grid_sample(image[None, None], places[None, None], align_corners=True)
    return array(found[0, 0, 0])


def image(U: Array) -> Grids:
    """The image of whole numbers; rows and columns count from 0."""
    return Grids("An image", (Grid("U (row y from the top, column x from the left, from 0)", _told(U)),))


def _told(values: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(v) for v in row) for row in values)


def value_at(U: Array, x: float, y: float) -> float:
    """The bilinear value at column x and row y."""
    return float(sample(U, np.array([float(x)]), np.array([float(y)]))[0])


def slope_at(U: Array, x: float, y: float, along: str) -> float:
    """Its derivative by x or y, as a difference within one cell, where the value is linear along each axis."""
    step = 1 / 64
    moved = (x + step, y) if along == "x" else (x, y + step)
    return (value_at(U, *moved) - value_at(U, x, y)) / step


def pixel_weight(U: Array, x: float, y: float, near: int, low: int) -> float:
    """The derivative of the value by a pixel of the cell: of column floor(x) + near, row floor(y) + low."""
    import torch

    places = torch.tensor([float(x), float(y)], dtype=torch.float64)
    source = leaf(U)
    size = torch.tensor([U.shape[1] - 1.0, U.shape[0] - 1.0], dtype=torch.float64)
    value = torch.nn.functional.grid_sample(
        source[None, None], (2 * places / size - 1).reshape(1, 1, 1, 2), align_corners=True
    )
    (slope,) = torch.autograd.grad(value.sum(), source)
    return float(slope[int(np.floor(float(y))) + int(low), int(np.floor(float(x))) + int(near)])
