"""Model answers in NumPy to code questions on spatial transformers, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def affine_grid(theta: Array, H: int, W: int, ends: int) -> Array:
    """Sampling positions (H, W, 2), x first."""
    first, last = (1.0, 1.0) if ends else (1 - 1 / W, 1 - 1 / H)
    x = np.linspace(-first, first, int(W))
    y = np.linspace(-last, last, int(H))
    grid = np.stack([*np.meshgrid(x, y), np.ones((int(H), int(W)))], axis=-1)  # (H, W, 3)
    found: Array = grid @ theta.T
    return found


def bilinear(U: Array, x: Array, y: Array, g: Array) -> tuple[Array, Array, Array, Array]:
    """Values (P,) of U (H, W) at columns x and rows y (P,); dL/dU, dL/dx and dL/dy for the gradient g (P,)."""
    H, W = U.shape
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    V, dU, dx, dy = np.zeros(len(x)), np.zeros((H, W)), np.zeros(len(x)), np.zeros(len(x))
    for p in range(len(x)):
        for n in (top[p], top[p] + 1):
            for m in (left[p], left[p] + 1):
                if not (0 <= n < H and 0 <= m < W):
                    continue
                across, down = 1 - abs(x[p] - m), 1 - abs(y[p] - n)
                V[p] += U[n, m] * across * down
                dU[n, m] += g[p] * across * down
                dx[p] += g[p] * U[n, m] * down * (1 if m > x[p] else -1)
                dy[p] += g[p] * U[n, m] * across * (1 if n > y[p] else -1)
    return V, dU, dx, dy
