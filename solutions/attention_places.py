"""Distributions over glimpses in drawn numbers, by torch."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def place_probability(n: Array, rule: str, i: int, j: int) -> float:
    """The probability of the place in row i, column j. n (2, 3): the exponentials of the scores; rule as in `_map`."""
    return float(_map(n, rule)[int(i), int(j)])


def column_probability(n: Array, rule: str, j: int) -> float:
    """The probability that the sampled place lies in column j."""
    return float(_map(n, rule).sum(axis=0)[int(j)])


def log_density(m: Array, t: float, x: Array) -> float:
    """The log-density of a glimpse centred at x (2,) under independent Gaussians with means m and width t."""
    return float(array(_log_density(leaf(m), t, x)))


def score_by_mean(m: Array, t: float, x: Array, axis: int) -> float:
    """The derivative of `log_density` by the mean along `axis`, by autograd."""
    import torch

    mean = leaf(m)
    return float(torch.autograd.grad(_log_density(mean, t, x), mean)[0][int(axis)])


def _log_density(mean: Tensor, t: float, x: Array) -> Tensor:
    """The density as the slope of the distribution function, coordinate by coordinate."""
    import torch

    place = leaf(x)
    below = torch.special.ndtr((place - mean) / float(t))
    (density,) = torch.autograd.grad(below.sum(), place, create_graph=True)
    return density.log().sum()


def _map(n: Array, rule: str) -> Array:
    """Probabilities (2, 3).

    'whole': one softmax over all places; 'warm': of half the scores; 'halves': a row by chance, then a softmax in it;
    'apart': the row by the scores of column 0, the column by those of row 0; 'masked': without place (1, 2).
    """
    import torch

    scores = constant(np.log(np.asarray(n, dtype=float)))
    match rule:
        case "warm":
            flat = torch.softmax(scores.flatten() / 2, 0)
        case "apart":
            return array(torch.outer(torch.softmax(scores[:, 0], 0), torch.softmax(scores[0], 0)))
        case "masked":
            hidden = scores.clone()
            hidden[1, 2] = -math.inf
            flat = torch.softmax(hidden.flatten(), 0)
        case "halves":
            return array(torch.softmax(scores, 1) / 2)
        case _:
            flat = torch.distributions.Categorical(logits=scores.flatten()).probs
    return array(flat.reshape(2, 3))
