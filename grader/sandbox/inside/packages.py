"""Imports and warms what a submission may use, so that its child pays for none of it."""

from __future__ import annotations

import importlib
from typing import Any

# Modules of the standard library that need shared libraries from outside it, or that learners often import: loaded now,
# because the child cannot read the system's library folders.
COMMON = (
    *("bz2", "collections", "copy", "dataclasses", "decimal", "enum", "fractions", "functools", "hashlib", "heapq"),
    *("itertools", "json", "lzma", "math", "operator", "random", "re", "statistics", "string", "time", "typing"),
)
OPTIMISERS = (*("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "Rprop", "ASGD"),)


def warm(kind: str) -> None:
    """Imports and exercises the packages of a kind ("numpy", "torch", "cuda"), single-threaded."""
    for name in COMMON:
        _import_if_there(name)
    _warm_numpy()
    if kind != "numpy":
        _warm_torch()


def _import_if_there(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError:  # an interpreter built without it
        return


def _warm_numpy() -> None:
    import numpy as np
    import numpy.linalg
    import numpy.random

    square = np.arange(9.0).reshape(3, 3) + np.eye(3)
    numpy.linalg.solve(square, square @ square)
    np.einsum("ij,jk->ik", square, square)
    numpy.random.default_rng(0).normal(size=3)


def _warm_torch() -> None:
    """A forward pass of the common layers and a step of each optimiser.

    Never a backward pass: autograd's threads would not survive the fork. Gradients are set by hand.
    """
    import torch

    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    image = torch.ones(1, 1, 4, 4)
    torch.nn.Conv2d(1, 1, 3)(image)
    torch.nn.LSTM(2, 2)(torch.ones(3, 1, 2))
    torch.nn.functional.cross_entropy(torch.ones(2, 3) @ torch.ones(3, 3), torch.tensor([0, 1]))
    for name in OPTIMISERS:
        _step(torch, name)


def _step(torch: Any, name: str) -> None:
    weight = torch.nn.Parameter(torch.ones(2))
    weight.grad = torch.ones(2)
    optimiser = getattr(torch.optim, name)([weight], lr=0.1)
    optimiser.step()
    optimiser.zero_grad()
