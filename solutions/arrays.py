"""Between NumPy and PyTorch: references take and return NumPy arrays and compute on torch tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from torch import Tensor

Array = NDArray[np.float64]


def constant(values: ArrayLike) -> Tensor:
    """A float64 tensor with the same numbers."""
    import torch

    return torch.tensor(np.asarray(values, dtype=np.float64))


def leaf(values: ArrayLike) -> Tensor:
    """A float64 tensor that gradients can be taken with respect to."""
    return constant(values).requires_grad_()


def array(tensor: Tensor) -> Array:
    """The tensor's numbers as a float64 NumPy array."""
    result: Array = tensor.detach().cpu().numpy().astype(np.float64)
    return result


def gradient(output: Tensor, with_respect_to: Tensor, upstream: ArrayLike | None = None) -> Array:
    """dL/d(leaf) in the leaf's shape, by autograd.

    upstream: dL/d(output), in the output's shape; left out where the output is L itself.
    """
    import torch

    seed = None if upstream is None else constant(upstream)
    (found,) = torch.autograd.grad(output, with_respect_to, seed)
    return array(found)


def activation(name: str) -> Any:
    """The torch function of that name: sigmoid, tanh, relu, softplus or softmax (over the last axis)."""
    import torch

    table = {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "softplus": torch.nn.functional.softplus,
        "softmax": lambda z: torch.softmax(z, dim=-1),
    }
    return table[name]
