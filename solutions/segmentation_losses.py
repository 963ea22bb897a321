"""Losses and scores of segmentation, by PyTorch, with pictures of small images.

An image has 2 by 2 pixels, told row by row; q0 to q3 are their class probabilities (3,), l0 to l3 their classes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.drawings import Grid, Grids

IGNORED = -100


def predicted(q0: Array, q1: Array, q2: Array, q3: Array, l0: int, l1: int, l2: int, l3: int, skipped: int) -> Grids:
    """The probabilities of each class and the right classes, side by side. skipped: the pixel without a class."""
    pixels = np.array([q0, q1, q2, q3], dtype=float)
    grids = [Grid(f"class {k}", _square(pixels[:, k].tolist())) for k in range(3)]
    labels = [str(int(label)) for label in (l0, l1, l2, l3)]
    labels[int(skipped)] = "none"
    return Grids("Probabilities, and the right classes", (*grids, Grid("right class", _square(labels))))


def _square(values: list[Any]) -> tuple[tuple[Any, ...], ...]:
    return (values[0], values[1]), (values[2], values[3])


def loss_of_image(
    reduction: str, q0: Array, q1: Array, q2: Array, q3: Array, l0: int, l1: int, l2: int, l3: int, skipped: int,
    c0: float, c1: float, c2: float,
) -> float:  # fmt: skip
    """The loss by `cross_entropy` on scores (1, 3, 2, 2).

    reduction: 'mean', 'sum', 'weighted' (divided by the weights that count), 'by-count' (weighted, over pixels).
    """
    loss, _ = _loss(reduction, [q0, q1, q2, q3], [l0, l1, l2, l3], skipped, [c0, c1, c2])
    return float(loss.detach())


def score_slope(
    reduction: str, q0: Array, q1: Array, q2: Array, q3: Array, l0: int, l1: int, l2: int, l3: int, skipped: int,
    c0: float, c1: float, c2: float, asked: int,
) -> float:  # fmt: skip
    """The derivative of that loss by the score of class `asked` at the first pixel, by autograd."""
    import torch

    loss, scores = _loss(reduction, [q0, q1, q2, q3], [l0, l1, l2, l3], skipped, [c0, c1, c2])
    (slope,) = torch.autograd.grad(loss, scores)
    return float(slope[0, int(asked), 0, 0])


def _loss(reduction: str, pixels: list[Array], labels: list[int], skipped: int, weights: list[float]) -> Any:
    """The loss, and the scores (1, 3, 2, 2) that it was computed from."""
    import torch
    from torch.nn import functional

    logs = np.log(np.array(pixels, dtype=float)) + 1.5  # scores: softmax takes the 1.5 away again
    scores = leaf(logs.T.reshape(1, 3, 2, 2))
    classes = torch.tensor([int(label) for label in labels])
    classes[int(skipped)] = IGNORED
    where = classes.reshape(1, 2, 2)
    if reduction in ("mean", "sum"):
        return functional.cross_entropy(scores, where, reduction=reduction), scores
    each = constant([float(weight) for weight in weights])
    if reduction == "weighted":
        return functional.cross_entropy(scores, where, weight=each, reduction="mean"), scores
    summed = functional.cross_entropy(scores, where, weight=each, reduction="sum")
    return summed / int((classes != IGNORED).sum()), scores


def pixel_loss(Z: Array, y: Array) -> tuple[Array, Array]:
    """Mean cross-entropy of scores Z (N, C, H, W) and classes y (N, H, W), -1 for none, and dL/dZ."""
    import torch

    scores = leaf(Z)
    classes = torch.tensor(np.asarray(y)).long()
    loss = torch.nn.functional.cross_entropy(scores, classes, ignore_index=-1)
    (dZ,) = torch.autograd.grad(loss, scores)
    return array(loss), array(dZ)


def pixel_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `pixel_loss`: different sizes, pixels without a class, and scores in the thousands.

    The first pixel is always far from its class: where all are right, a gradient is lost in rounding.
    """
    draw = np.random.default_rng([seed, 75])
    calls = []
    for n, c, h, w, scale in ((2, 3, 3, 2, 1.0), (1, 4, 2, 5, 3.0), (3, 2, 4, 3, 1.0), (1, 3, 2, 2, 900.0)):
        y = draw.integers(0, c, size=(n, h, w))
        y[draw.random(size=y.shape) < 0.25] = -1
        y[0, 0, 0], y[0, -1, -1] = 0, -1
        y[1:2] = np.maximum(y[1:2], 0)  # of two images never as many pixels count
        Z = scale * draw.normal(size=(n, c, h, w))
        Z[0, 0, 0, 0] = -3 * scale
        calls.append({"Z": Z, "y": y})
    return calls
