"""The transpose of a convolution in one dimension: by torch's transposed layer and by the inner product's other side.

w the first k entries are the kernel, y the first M entries are what the transpose is applied to, s stride.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant


def transposed_entry(w: Array, y: Array, s: int, k: int, M: int, n: int) -> float:
    """Entry n, of 6, of the transposed convolution of y."""
    return float(_transposed(w, y, s, k, M)[int(n)])


def inner_product(w: Array, x: Array, y: Array, s: int, k: int, M: int) -> float:
    """The inner product of x (6,) with the transposed convolution of y."""
    return float(constant(x) @ constant(_transposed(w, y, s, k, M)))


def _transposed(w: Array, y: Array, s: int, k: int, M: int) -> Array:
    import torch

    small, kernel = constant(y[: int(M)])[None, None], constant(w[: int(k)])[None, None]
    spread: Array = torch.nn.functional.conv_transpose1d(small, kernel, stride=int(s))[0, 0].numpy()
    return np.concatenate([spread, np.zeros(6 - len(spread))])
