"""Forward functions on torch tensors, for gradients by autograd: tensors in, one tensor out.

What a question on a gradient names as `forward`; each is called with the parameters that it asks for, float64.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def softmax(z: Tensor) -> Tensor:
    """softmax over the last axis, in the shape of z."""
    import torch

    return torch.softmax(z, dim=-1)


def batch_norm(X: Tensor, gamma: Tensor, epsilon: float) -> Tensor:
    """Batch normalisation of X (N, D) in training mode, without a shift."""
    return gamma * (X - X.mean(0)) / (X.var(0, unbiased=False) + epsilon).sqrt()


def residual_block(x: Tensor, V: Tensor, W: Tensor) -> Tensor:
    """x + W relu(V x), (D,)."""
    import torch

    return x + W @ torch.relu(V @ x)


def linear(X: Tensor, W: Tensor) -> Tensor:
    """X W.T, (N, H)."""
    return X @ W.T


def cross_entropy(z: Tensor, t: Tensor) -> Tensor:
    """The mean over the batch of -sum(t*log softmax(z)), shape ()."""
    import torch

    return -(t * torch.log_softmax(z, dim=1)).sum() / len(z)
