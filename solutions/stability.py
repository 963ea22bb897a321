"""Softmax and its relatives in numbers, and what survives in float16, float32 and float64.

a, b, c  exponentials of three scores     k  class, counted from 0     rule  what is done to the scores
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import constant

if TYPE_CHECKING:
    from torch import Tensor


def softmax_share(a: float, b: float, c: float, rule: str, k: int) -> float:
    """Probability of class k."""
    import torch

    return float(torch.softmax(_scores(a, b, c, rule), dim=0)[k])


def softmax_log_odds(a: float, b: float, c: float, rule: str) -> float:
    """log of the probability of class 0 minus that of class 1."""
    import torch

    logs = torch.log_softmax(_scores(a, b, c, rule), dim=0)
    return float(logs[0] - logs[1])


def _scores(a: float, b: float, c: float, rule: str) -> Tensor:
    """The scores of all classes; the first three are those that are asked for."""
    import torch

    z = torch.log(constant([a, b, c]))
    match rule:
        case "half" | "third":
            return z / (1 / 2 if rule == "half" else 1 / 3)
        case "negated":
            return -z
        case "shifted":
            return z + torch.log(constant(4))
        case "one":
            return z + torch.log(constant([3, 1, 1]))
        case "fourth":
            return torch.cat([z, constant([0])])
        case "twins":
            return torch.cat([z, z])
    return z
