"""Fisher and empirical Fisher matrices of a network's outputs: outer products of gradients, averaged over outcomes.

Heads: 'softmax', 'sigmoid', 'poisson' and 'gaussian' (standard deviation 1/2); p holds probabilities or means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def matrix(head: str, asked: str, J: Array, p: Array, y: Array) -> Array:
    """The matrix (D, D) asked for, 'fisher' or 'empirical'."""
    return fisher(head, J, p) if asked == "fisher" else empirical(head, J, p, y)


def entry_by_enumeration(head: str, rows: Array, P: Array) -> float:
    """Entry in row 0 and column 1 of the Fisher matrix."""
    return float(fisher(head, rows, P)[0, 1])


def empirical_entry(head: str, rows: Array, P: Array, Y: Array) -> float:
    """The same of the empirical one, for the target Y."""
    return float(empirical(head, rows, P, Y)[0, 1])


def fisher(head: str, J: Array, p: Array) -> Array:
    """The mean over the model's outcomes of the outer product of the gradient of log p(y) by the parameters."""
    size = J.shape[1]
    total = np.zeros((size, size))
    if head == "softmax":
        for chance, y in zip(p, np.eye(len(p)), strict=True):
            total += chance * empirical(head, J, p, y)
        return total
    # independent entries have scores of mean 0, so that products of different entries have mean 0
    for k in range(len(p)):
        for chance, value in _outcomes(head, float(p[k])):
            slope = _score(head, p[k : k + 1], np.array([value]))[0] * J[k]
            total += chance * np.outer(slope, slope)
    return total


def empirical(head: str, J: Array, p: Array, y: Array) -> Array:
    """Outer product of the gradient of log p(y) by the parameters."""
    slope = J.T @ _score(head, p, y)
    result: Array = np.outer(slope, slope)
    return result


def _outcomes(head: str, p: float) -> Iterator[tuple[float, float]]:
    """Chances and values of one entry of y; a normal one by Gauss-Hermite nodes, exact for these polynomials."""
    if head == "sigmoid":
        yield from ((1 - p, 0.0), (p, 1.0))
    elif head == "poisson":
        chance = np.exp(-p)
        for value in range(40):
            yield float(chance), float(value)
            chance *= p / (value + 1)
    else:
        nodes, weights = np.polynomial.hermite_e.hermegauss(6)
        yield from zip((weights / weights.sum()).tolist(), (p + nodes / 2).tolist(), strict=True)


def _score(head: str, p: Array, y: Array) -> Array:
    """Gradient of log p(y) by the outputs, by autograd."""
    logarithms = {"softmax": np.log(p), "poisson": np.log(p), "sigmoid": np.log(p) - np.log1p(-p)}
    outputs = leaf(logarithms.get(head, p))
    return gradient(_log_chance(head, outputs, constant(y)), outputs)


def _log_chance(head: str, z: Tensor, y: Tensor) -> Tensor:
    """log p(y) up to terms without z."""
    import torch

    match head:
        case "softmax":
            return (y * torch.log_softmax(z, dim=-1)).sum()
        case "sigmoid":
            return -torch.nn.functional.binary_cross_entropy_with_logits(z, y, reduction="sum")
        case "poisson":
            return (y * z - z.exp()).sum()
    return -2 * (y - z).square().sum()
