"""Gradients from samples: variances of minibatch estimates, by enumerating every batch that can be drawn."""

from __future__ import annotations

import itertools

import numpy as np

from solutions.arrays import Array


def batch_spread(N: float, m: float, v: float, drawing: str, reduction: str, asked: str) -> float:
    """Variance of the minibatch estimate of a derivative, or its standard deviation, over all batches of m of N.

    The N single derivatives are spread so that their variance (divided by N) is v. drawing: 'without' or 'with'
    replacement; reduction: 'sum' or 'mean', the loss; asked: 'variance' or 'deviation'.
    """
    n, size = round(N), round(m)
    single = np.arange(n) ** 2.0
    single = (single - single.mean()) / single.std() * float(v) ** 0.5 + 1.0
    found = _variance(single, size, drawing, reduction)
    return found**0.5 if asked == "deviation" else found


def batch_spread_number(single: Array, size: int, drawing: str, reduction: str, asked: str) -> float:
    """The same for drawn derivatives `single` (N,) and batches of `size`."""
    found = _variance(single, int(size), drawing, reduction)
    return found**0.5 if asked == "deviation" else found


def batches(single: Array, size: int, drawing: str) -> int:
    """How many batches can be drawn: subsets without replacement, ordered draws with it."""
    return len(_all_batches(len(single), int(size), drawing))


def _variance(single: Array, size: int, drawing: str, reduction: str) -> float:
    """Mean squared distance of the estimate to what it estimates, over all equally likely batches."""
    n = len(single)
    whole = single.sum() if reduction == "sum" else single.mean()
    factor = n / size if reduction == "sum" else 1 / size
    estimates = [factor * single[list(batch)].sum() for batch in _all_batches(n, size, drawing)]
    return float(np.mean([(estimate - whole) ** 2 for estimate in estimates]))


def _all_batches(n: int, size: int, drawing: str) -> list[tuple[int, ...]]:
    if drawing == "with":
        return list(itertools.product(range(n), repeat=size))
    return list(itertools.combinations(range(n), size))
