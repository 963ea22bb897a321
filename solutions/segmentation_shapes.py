"""Shapes and sums of a segmentation's output, by running PyTorch on zeros."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def output_shape(B: int, C: int, H: int, W: int) -> Array:
    """Shape of what a 1 x 1 convolution from 3 channels to C classes gives for B images of H by W."""
    import torch

    images = torch.zeros(int(B), 3, int(H), int(W), device="meta")
    return np.array(torch.nn.Conv2d(3, int(C), 1, device="meta")(images).shape)


def sum_of_softmax(B: int, C: int, H: int, W: int) -> int:
    """Sum of all probabilities of a softmax over the classes, for one row of pixels, times the rows."""
    import torch

    row = torch.softmax(torch.zeros(int(B), int(C), 1, int(W), dtype=torch.float64), dim=1)
    return round(float(row.sum()) * int(H))
