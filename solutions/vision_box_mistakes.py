"""Wrong references for code on losses of boxes, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_vision as right
from solutions.arrays import Array

Answer = tuple[float, Array]


def _targets(P: Array, G: Array) -> Array:
    old, new = P[:, 2:] - P[:, :2], G[:, 2:] - G[:, :2]
    return np.hstack([(G[:, :2] + G[:, 2:] - P[:, :2] - P[:, 2:]) / 2 / old, np.log(new / old)])


def _smooth(r: Array) -> Answer:
    each = np.where(np.abs(r) < 1, r**2 / 2, np.abs(r) - 0.5)
    return float(each.sum() / len(r)), np.clip(r, -1, 1) / len(r)


def loss_corners(P: Array, G: Array, V: Array) -> Answer:
    """Moves the lower left corner instead of the centre."""
    old, new = P[:, 2:] - P[:, :2], G[:, 2:] - G[:, :2]
    return _smooth(V - np.hstack([(G[:, :2] - P[:, :2]) / old, np.log(new / old)]))


def loss_by_object(P: Array, G: Array, V: Array) -> Answer:
    """Divides the move by the object's size."""
    targets = _targets(P, G)
    scale = np.exp(targets[:, 2:])
    return _smooth(V - np.hstack([targets[:, :2] / scale, targets[:, 2:]]))


def loss_ratio(P: Array, G: Array, V: Array) -> Answer:
    """Leaves the logarithm out."""
    targets = _targets(P, G)
    return _smooth(V - np.hstack([targets[:, :2], np.exp(targets[:, 2:])]))


def loss_squared(P: Array, G: Array, V: Array) -> Answer:
    """Half squared errors everywhere."""
    r = V - _targets(P, G)
    return float((r**2).sum() / 2 / len(r)), np.asarray(r / len(r))


def loss_all_mean(P: Array, G: Array, V: Array) -> Answer:
    """Averages over the four numbers as well."""
    loss, slope = right.box_loss(P, G, V)
    return loss / 4, slope / 4


def loss_sign(P: Array, G: Array, V: Array) -> Answer:
    """The gradient with respect to the target."""
    loss, slope = right.box_loss(P, G, V)
    return loss, -slope
