"""Model answers in NumPy to code questions on detection and segmentation, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def overlaps(A: Array, B: Array) -> Array:
    """IoU (N, M) of the boxes A (N, 4) with the boxes B (M, 4)."""
    left, low = (np.maximum(A[:, None, i], B[None, :, i]) for i in (0, 1))
    right, high = (np.minimum(A[:, None, i], B[None, :, i]) for i in (2, 3))
    shared = np.maximum(0, right - left) * np.maximum(0, high - low)
    area_a = (A[:, 2] - A[:, 0]) * (A[:, 3] - A[:, 1])
    area_b = (B[:, 2] - B[:, 0]) * (B[:, 3] - B[:, 1])
    found: Array = shared / (area_a[:, None] + area_b - shared)
    return found


def suppress(boxes: Array, scores: Array, t: float) -> Array:
    """1 for every box (N,) that greedy suppression keeps, 0 for the others."""
    overlap = overlaps(boxes, boxes)
    kept = np.zeros(len(boxes))
    for i in np.argsort(-scores):
        if not np.any(overlap[i, kept == 1] > t):
            kept[i] = 1
    return kept


def box_loss(P: Array, G: Array, V: Array) -> tuple[float, Array]:
    """Smooth L1 loss of the predictions V (N, 4) for the proposals P (N, 4) and the boxes G (N, 4), and dL/dV."""
    old, new = P[:, 2:] - P[:, :2], G[:, 2:] - G[:, :2]
    moved = ((G[:, :2] + G[:, 2:]) / 2 - (P[:, :2] + P[:, 2:]) / 2) / old
    r = V - np.hstack([moved, np.log(new / old)])
    each = np.where(np.abs(r) < 1, r**2 / 2, np.abs(r) - 0.5)
    return float(each.sum() / len(V)), np.clip(r, -1, 1) / len(V)


def dense_scores(A: Array, b: Array, x: Array, N: int) -> Array:
    """Scores (K, R - N + 1, Q - N + 1) of the dense layer A (K, C*N*N), b (K,) at every place of x (C, R, Q)."""
    rows, columns = x.shape[1] - N + 1, x.shape[2] - N + 1
    scores = np.empty((len(A), rows, columns))
    for i in range(rows):
        for j in range(columns):
            scores[:, i, j] = A @ x[:, i : i + N, j : j + N].reshape(-1) + b
    return scores


def pixel_loss(Z: Array, y: Array) -> tuple[float, Array]:
    """Mean cross-entropy of scores Z (N, C, H, W) over the pixels with y (N, H, W) other than -1, and dL/dZ."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    target = np.arange(Z.shape[1])[None, :, None, None] == y[:, None]
    counts = (y >= 0)[:, None]
    pixels = counts.sum()
    return float(-logs[target].sum() / pixels), counts * (np.exp(logs) - target) / pixels
