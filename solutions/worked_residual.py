"""Model answers to code questions on residual blocks, as a student would hand them in, but without PyTorch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def convolve(x: Array, kernels: Array, s: int) -> Array:
    """x (N, C, H, Q) with kernels (F, C, 3, 3), padding 1 and stride s: (N, F, R, T)."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))[:, :, ::s, ::s]
    return np.asarray(np.einsum("ncrtij,fcij->nfrt", windows, kernels))


def residual_block(x: Array, V: Array, W: Array, P: Array, s: int) -> Array:
    """The output of the block (N, F, R, T)."""
    branch = convolve(np.maximum(convolve(x, V, s), 0), W, 1)
    shortcut = np.einsum("fc,ncrt->nfrt", P, x[:, :, ::s, ::s])
    return np.asarray(np.maximum(shortcut + branch, 0))
