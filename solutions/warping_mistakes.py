"""Wrong references for code on spatial transformers, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_warping as right
from solutions.arrays import Array

Four = tuple[Array, Array, Array, Array]


def grid_swapped(theta: Array, H: int, W: int, ends: int) -> Array:
    """Takes y for x and x for y on the output side."""
    return right.affine_grid(np.asarray(theta[:, [1, 0, 2]]), H, W, ends)


def grid_y_first(theta: Array, H: int, W: int, ends: int) -> Array:
    """Returns y before x."""
    return np.asarray(right.affine_grid(theta, H, W, ends)[..., ::-1])


def grid_other_ends(theta: Array, H: int, W: int, ends: int) -> Array:
    """The other convention for -1 and 1."""
    return right.affine_grid(theta, H, W, 1 - int(ends))


def grid_shift_first(theta: Array, H: int, W: int, ends: int) -> Array:
    """Adds the shift before it multiplies with the matrix."""
    moved = np.concatenate([theta[:, :2], theta[:, :2] @ theta[:, 2:]], axis=1)
    return right.affine_grid(moved, H, W, ends)


def grid_inverse(theta: Array, H: int, W: int, ends: int) -> Array:
    """Applies the inverse transform."""
    back = np.linalg.inv(np.vstack([theta, [0.0, 0.0, 1.0]]))
    return right.affine_grid(np.asarray(back[:2]), H, W, ends)


def grid_from_zero(theta: Array, H: int, W: int, ends: int) -> Array:
    """Lets the coordinates run from 0 to 1."""
    halved = np.concatenate([theta[:, :2] / 2, theta[:, 2:] + theta[:, :2].sum(1, keepdims=True) / 2], axis=1)
    return right.affine_grid(halved, H, W, ends)


def bilinear_swapped(U: Array, x: Array, y: Array, g: Array) -> Four:
    """Weights of x and y swapped within the cell."""
    left, top = np.floor(x), np.floor(y)
    return right.bilinear(U, left + (y - top), top + (x - left), g)


def bilinear_nearest(U: Array, x: Array, y: Array, g: Array) -> Four:
    """Nearest neighbour, with no gradient at the places."""
    V, dU, _, _ = right.bilinear(U, np.round(x), np.round(y), g)
    return V, dU, 0 * x, 0 * y


def bilinear_overwritten(U: Array, x: Array, y: Array, g: Array) -> Four:
    """Each place overwrites what an earlier one gave to the same pixels."""
    V, _, dx, dy = right.bilinear(U, x, y, g)
    dU = np.zeros(U.shape)
    for p in range(len(x)):
        one = slice(p, p + 1)
        _, own, _, _ = right.bilinear(U, x[one], y[one], g[one])
        dU = np.where(own != 0, own, dU)
    return V, dU, dx, dy


def bilinear_sign(U: Array, x: Array, y: Array, g: Array) -> Four:
    """Gradients at the places with the sign turned round."""
    V, dU, dx, dy = right.bilinear(U, x, y, g)
    return V, dU, -dx, -dy


def bilinear_clamped(U: Array, x: Array, y: Array, g: Array) -> Four:
    """Moves places outside the image to its border."""
    return right.bilinear(U, np.clip(x, 0, U.shape[1] - 1), np.clip(y, 0, U.shape[0] - 1), g)


def bilinear_no_upstream(U: Array, x: Array, y: Array, g: Array) -> Four:
    """Leaves the arriving gradient out at the places."""
    V, dU, _, _ = right.bilinear(U, x, y, g)
    _, _, dx, dy = right.bilinear(U, x, y, np.ones_like(g))
    return V, dU, dx, dy
