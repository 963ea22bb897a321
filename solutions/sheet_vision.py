"""Second roads for the sheet on detection, segmentation and spatial transformers: counting, PyTorch's own layers."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions import (
    detection_overlap,
    detection_stages,
    detection_targets,
    segmentation_scores,
    warping_affine,
    warping_grids,
)
from solutions.arrays import Array, array, constant

# Boxes


def centre_and_size(p: float, q: float) -> Array:
    """Centre and size (2,) of a box from p to q along one axis, found by solving for what gives these sides."""
    sides = np.array([[1, -0.5], [1, 0.5]])  # of centre and size
    found: Array = np.linalg.solve(sides, np.array([p, q]))
    return found


def centre_target(q: float, v: float, m: float, r: float) -> float:
    """Target for the centre: proposal with centre q and width v, object with centre m and width r."""
    return detection_targets.target_symbols("centre", q, v, m, r)


def size_target(q: float, v: float, m: float, r: float) -> float:
    """Target for the width of the same."""
    return detection_targets.target_symbols("size", q, v, m, r)


def smooth_absolute(x: Array, t: Array) -> float:
    """Smooth L1 loss of the numbers x, summed."""
    import torch

    return float(torch.nn.functional.smooth_l1_loss(constant(x), constant(t), reduction="sum"))


def overlap(p: float, q: float, w: float, h: float, r: float, s: float, u: float, v: float) -> float:
    """IoU of the box with the corner (p, q) and the size (w, h) and the box with the corner (r, s), size (u, v)."""
    boxes = [np.array([[x, y, x + width, y + height]]) for x, y, width, height in ((p, q, w, h), (r, s, u, v))]
    return float(detection_overlap.overlaps(*boxes)[0, 0])


def moved_overlap(w: float, d: float) -> float:
    """IoU of a box of width w and the same box moved by d along its width."""
    return detection_overlap.symbolic_overlap("beside", w, 1.0, d, 0.0, 1.0)


# Time and recall of detectors


def crops_time(P: float, a: float, c: float) -> float:
    """Time for P boxes, each cropped and put through the whole network."""
    return detection_stages.milliseconds("crops", int(P), a, 0.0, c, 0.0, 0.0)


def shared_time(P: float, a: float, b: float, h: float) -> float:
    """Time for P boxes on maps that are computed once."""
    return detection_stages.milliseconds("shared", int(P), a, b, 0.0, h, 0.0)


def learned_time(P: float, b: float, r: float, h: float) -> float:
    """The same with proposals made from the maps."""
    return detection_stages.milliseconds("learned", int(P), 0.0, b, 0.0, h, r)


def system_recall(n: float, k: float, q: float) -> float:
    """Share of n objects that are found: k have no proposal, each of the others is recognised with probability q."""
    return float(np.mean([0.0 if i < k else q for i in range(int(n))]))


# Segmentation


def flat_place(c: float, i: float, j: float, C: float, N: float, M: float) -> int:
    """Place of channel c, row i, column j among maps (C, N, M) that are flattened as torch does it."""
    import torch

    maps = torch.zeros(int(C), int(N), int(M))
    maps[int(c), int(i), int(j)] = 1
    return int(maps.flatten().argmax())


def dense_parameters(k: float, c: float, n: float) -> int:
    """Parameters of a convolution from c channels to k scores with kernels of n by n."""
    import torch

    return sum(p.numel() for p in torch.nn.Conv2d(int(c), int(k), int(n), device="meta").parameters())


def score_rows(r: float, n: float) -> int:
    """Rows of the scores that a kernel of n rows gives on maps of r rows."""
    import torch

    return int(torch.nn.Conv2d(1, 1, int(n), device="meta")(torch.zeros(1, 1, int(r), int(n), device="meta")).shape[2])


def upsampled_size(n: float, k: float, s: float, p: float) -> int:
    """Rows that a transposed convolution makes of n rows: kernel k, stride s, padding p."""
    import torch

    layer = torch.nn.ConvTranspose2d(1, 1, int(k), stride=int(s), padding=int(p), device="meta")
    return int(layer(torch.zeros(1, 1, int(n), int(n), device="meta")).shape[2])


def pointwise(X: Array, W: Array, b: Array) -> Array:
    """Scores (P, K) of a 1 x 1 convolution of the pixels X (P, C), laid out as an image of one column."""
    import torch

    kernels = constant(W)[:, :, None, None]
    return array(torch.nn.functional.conv2d(_image(X), kernels, constant(b))[0, :, :, 0].T)


def pixel_loss(Z: Array, T: Array) -> float:
    """Mean cross-entropy of an image whose pixels have the scores Z (P, C) and the one-hot targets T (P, C)."""
    import torch

    return float(torch.nn.functional.cross_entropy(_image(Z), _classes(T)))


def weighted_pixel_loss(Z: Array, T: Array, c: Array) -> float:
    """The same with a weight for each class, divided by the sum of the weights of the pixels."""
    import torch

    return float(torch.nn.functional.cross_entropy(_image(Z), _classes(T), weight=constant(c)))


def _image(pixels: Array) -> Any:
    """Pixels (P, C) as an image (1, C, P, 1)."""
    return constant(pixels).T[None, :, :, None]


def _classes(T: Array) -> Any:
    return constant(T).argmax(dim=1)[None, :, None]


def class_overlaps(M: Array) -> Array:
    """IoU (3,) of each class from the counts of pixels M (3, 3), a row for each right class, by painting them."""
    return np.array([segmentation_scores.overlap(M, "right class", k) for k in range(3)])


def pixel_accuracy(M: Array) -> float:
    """Share of the painted pixels with the right class."""
    return segmentation_scores.accuracy(M, "right class")


# Spatial transformers


def sampled_place(theta: Array, x: float, y: float) -> Array:
    """Where the output place (x, y) is sampled, interpolated between the places of torch's grid of 2 by 2 corners."""
    corners = warping_grids.grid(theta, 2, 2, 1)
    right, down = (x + 1) / 2, (y + 1) / 2
    rows = (1 - right) * corners[:, 0] + right * corners[:, 1]
    found: Array = (1 - down) * rows[0] + down * rows[1]
    return found


def zoom(z: float) -> Array:
    """theta (2, 3) of scaling by z."""
    return warping_affine.transform("z", 0.0, z, 0.0, 0.0)


def shift(p: float, q: float) -> Array:
    """theta of a shift by (p, q)."""
    return warping_affine.transform("s", 0.0, 1.0, p, q)


def rotate_and_shift(alpha: float, p: float, q: float) -> Array:
    """theta of a rotation by alpha, then a shift by (p, q)."""
    return warping_affine.transform("rs", alpha, 1.0, p, q)


def shift_and_rotate(alpha: float, p: float, q: float) -> Array:
    """theta of a shift by (p, q), then a rotation by alpha."""
    return warping_affine.transform("sr", alpha, 1.0, p, q)


def undone(z: float, p: float, q: float) -> Array:
    """theta that undoes scaling by z and then shifting by (p, q)."""
    return warping_affine.transform("SZ", 0.0, z, p, q)


def column_between_centres(x: float, W: float) -> float:
    """Column of the coordinate x, where -1 and 1 are the centres of the outer ones of W columns."""
    return warping_grids.pixel("x", 1, int(W), int(W), 0, 0, 0.0, 0.0, x, 0.0, 0.0, 0.0)


def column_between_edges(x: float, W: float) -> float:
    """The same where -1 and 1 are their outer edges."""
    return warping_grids.pixel("x", 0, int(W), int(W), 0, 0, 0.0, 0.0, x, 0.0, 0.0, 0.0)


def coordinate_between_centres(j: float, W: float) -> float:
    """Coordinate of column j, where -1 and 1 are the centres of the outer ones of W columns."""
    return warping_grids.target_x(1, int(W), int(W), 0, int(j))


def coordinate_between_edges(j: float, W: float) -> float:
    """The same where -1 and 1 are their outer edges."""
    return warping_grids.target_x(0, int(W), int(W), 0, int(j))
