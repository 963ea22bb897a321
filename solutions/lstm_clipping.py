"""Clipping of a gradient g (3,) at the limit c, by torch's own functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def clipped_entry(g: Array, limit: float, j: int) -> float:
    """Entry j after clipping by the norm of the whole."""
    return float(_whole(g, limit)[int(j)])


def step_length(g: Array, limit: float, eta: float) -> float:
    """How far one step of torch's SGD with the clipped gradient goes."""
    import torch

    weights = leaf(np.zeros(len(g)))
    weights.grad = _whole(g, limit)
    torch.optim.SGD([weights], lr=float(eta)).step()
    return float(torch.linalg.vector_norm(weights.detach()))


def norm_apart(g: Array, limit: float) -> float:
    """The norm after cutting each part on its own."""
    import torch

    return float(torch.linalg.vector_norm(_parts(g, limit)))


def turned_by(g: Array, limit: float) -> str:
    """'second', 'first', 'both' or 'none': which way changes the direction, by the angle to g."""
    import torch

    before = constant(g)
    first, second = (
        float(torch.nn.functional.cosine_similarity(before, after, dim=0)) < 1 - 1e-9
        for after in (_whole(g, limit), _parts(g, limit))
    )
    return {(False, True): "second", (True, False): "first", (True, True): "both", (False, False): "none"}[
        (first, second)
    ]


def turned_by_ratios(g: Array, limit: float) -> str:
    """The same from the factors by which the parts shrink: they are equal where the direction stays."""
    factors = [min(1.0, float(limit) / abs(float(entry))) for entry in g]
    return "second" if max(factors) > min(factors) + 1e-9 else "none"


def _whole(g: Array, limit: float) -> Tensor:
    import torch

    parameter = leaf(np.zeros(len(g)))
    parameter.grad = constant(g)
    torch.nn.utils.clip_grad_norm_([parameter], float(limit))
    found: Tensor = parameter.grad
    norm = torch.linalg.vector_norm(constant(g))
    exact: Tensor = found * (norm + 1e-6) / norm  # without torch's addition to the norm
    return exact


def _parts(g: Array, limit: float) -> Tensor:
    import torch

    parameter = leaf(np.zeros(len(g)))
    parameter.grad = constant(g)
    torch.nn.utils.clip_grad_value_([parameter], float(limit))
    found: Tensor = parameter.grad
    return found
