"""Values and gradients of a small convolution by torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Array = NDArray[np.float64]


def output(image: Array, kernel: Array, row: int, column: int, b: float) -> float:
    """One output of `conv2d`. image: (H, W), kernel: (k, k), b: the bias."""
    return float(_run(image, kernel, b)[0][row, column].detach())


def kernel_gradient(image: Array, kernel: Array, row: int, column: int, b: float) -> float:
    """The gradient at the last kernel entry where 2 arrives at one output and 0 at the others."""
    outputs, weights = _run(image, kernel, b)
    (2 * outputs[row, column]).backward()  # type: ignore[no-untyped-call]
    assert weights.grad is not None
    return float(weights.grad[0, 0, -1, -1])


def _run(image: Array, kernel: Array, b: float) -> tuple[Tensor, Tensor]:
    """Outputs (H - k + 1, W - k + 1), and the weights as a leaf."""
    import torch
    from torch.nn.functional import conv2d

    weights = torch.tensor(kernel[None, None], requires_grad=True)
    found = conv2d(torch.tensor(image[None, None]), weights, torch.tensor([float(b)], dtype=torch.float64))
    return found[0, 0], weights
