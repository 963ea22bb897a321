"""One bilinear sample and what its gradient does, by PyTorch's sampler."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, constant, leaf


def cell_value(a: float, b: float, c: float, d: float, s: float, t: float) -> float:
    """The value at the fractions s (to the right) and t (down) of a cell with the rows (a, b) and (c, d)."""
    import torch

    corners = constant([[a, b], [c, d]])[None, None]
    place = constant([2 * float(s) - 1, 2 * float(t) - 1]).reshape(1, 1, 1, 2)
    return float(torch.nn.functional.grid_sample(corners, place, align_corners=True))


def entry_slope(U: Array, x: float, y: float, g: float, x0: float, y0: float, entry: int) -> float:
    """dL/d(entry of theta) by autograd, entries counted 0 to 5 row by row; g arrives at the sample of (x0, y0) alone.

    The shift of theta is chosen so that the sampled place is column x, row y of U; -1 and 1 are centres of pixels.
    """
    import torch

    height, width = U.shape
    at = np.array([2 * float(x) / (width - 1) - 1, 2 * float(y) / (height - 1) - 1])
    matrix = np.array([[0.5, 0.25], [-0.25, 0.75]])
    shift = at - matrix @ np.array([float(x0), float(y0)])
    theta = leaf(np.hstack([matrix, shift[:, None]]))
    place: Any = theta @ constant([float(x0), float(y0), 1.0])
    value = torch.nn.functional.grid_sample(constant(U)[None, None], place.reshape(1, 1, 1, 2), align_corners=True)
    (slope,) = torch.autograd.grad(float(g) * value.sum(), theta)
    return float(slope.reshape(-1)[int(entry)])
