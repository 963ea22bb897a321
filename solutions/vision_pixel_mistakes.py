"""Wrong references for code on the cross-entropy over pixels, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_vision as right
from solutions.arrays import Array

Answer = tuple[float, Array]


def loss_all_pixels(Z: Array, y: Array) -> Answer:
    """Divides by all pixels, those without a class too."""
    loss, slope = right.pixel_loss(Z, y)
    share = float((y >= 0).mean())
    return loss * share, slope * share


def loss_by_image(Z: Array, y: Array) -> Answer:
    """Averages within each image first, then over the images."""
    parts = [right.pixel_loss(Z[n : n + 1], y[n : n + 1]) for n in range(len(Z)) if (y[n] >= 0).any()]
    slopes = np.zeros(Z.shape)
    kept = [n for n in range(len(Z)) if (y[n] >= 0).any()]
    for n, (_, slope) in zip(kept, parts, strict=True):
        slopes[n] = slope[0] / len(kept)
    return float(np.mean([loss for loss, _ in parts])), slopes


def loss_ignored_pull(Z: Array, y: Array) -> Answer:
    """Pixels without a class still get the gradient of the softmax."""
    loss, slope = right.pixel_loss(Z, y)
    shifted = np.exp(Z - Z.max(axis=1, keepdims=True))
    probabilities = shifted / shifted.sum(axis=1, keepdims=True)
    return loss, np.where((y >= 0)[:, None], slope, probabilities / (y >= 0).sum())


def loss_last_class(Z: Array, y: Array) -> Answer:
    """Lets -1 stand for the last class."""
    return right.pixel_loss(Z, np.where(y < 0, Z.shape[1] - 1, y))


def loss_over_places(Z: Array, y: Array) -> Answer:
    """Softmax over the pixels of each channel."""
    flat = Z.reshape(*Z.shape[:2], -1)
    shifted = flat - flat.max(axis=2, keepdims=True)
    logs = (shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))).reshape(Z.shape)
    target = np.arange(Z.shape[1])[None, :, None, None] == y[:, None]
    counts = (y >= 0)[:, None]
    return float(-logs[target].sum() / counts.sum()), counts * (np.exp(logs) - target) / counts.sum()


def loss_classes_too(Z: Array, y: Array) -> Answer:
    """Averages over the classes as well."""
    loss, slope = right.pixel_loss(Z, y)
    return loss / Z.shape[1], slope / Z.shape[1]
