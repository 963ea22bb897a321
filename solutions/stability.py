"""Softmax and its relatives in numbers.

a, b, c  exponentials of three scores     k  class, counted from 0     rule  what is done to the scores
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

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


def two_class(d: float, setting: str) -> float:
    """What the setting asks of a softmax whose scores differ by d, computed from the full softmax."""
    import torch

    u, v = leaf(d + 0.7), leaf(0.7)
    own, others = {"many": (1, 3), "many_loss": (1, 3), "pair": (2, 1)}.get(setting, (1, 1))
    scores = torch.stack([u] * own + [v] * others) / (2 if setting == "warm" else 1)
    logs = torch.log_softmax(scores, dim=0)
    share = logs[:own].exp().sum()
    match setting:
        case "second":
            return float(logs[1].detach().exp())
        case "loss" | "many_loss":
            return float(-logs[0].detach())
        case "loss_second":
            return float(-logs[1].detach())
        case "slope":
            return float(gradient(share, u))
        case "slope_other":
            return float(gradient(share, v))
        case "loss_slope":
            return float(gradient(-logs[0], u))
    return float(share.detach())


def two_class_value(r: float, setting: str) -> float:
    """`two_class` where the scores differ by log(r)."""
    import math

    return two_class(math.log(r), setting)


def softmax_jacobian(y: Array, layer: str) -> Array:
    """Jacobian (K, K) of the layer where the probabilities are y (K,), row by row by autograd."""
    import torch

    factor = {"warm": 1 / 2, "sharp": 3.0, "cost": -1.0}.get(layer, 1.0)
    x = leaf(torch.log(constant(y)).numpy() / factor)
    out = torch.softmax(factor * x, dim=0)
    if layer == "logs":
        out = torch.log_softmax(x, dim=0)
    if layer == "square":
        out = out**2
    return np.stack([array(torch.autograd.grad(entry, x, retain_graph=True)[0]) for entry in out])


def softmax_jacobian_entry(u: Array, layer: str, m: int, n: int) -> float:
    """Entry (m, n) of the Jacobian where the probabilities are u (3,) over their sum."""
    return float(softmax_jacobian(u / u.sum(), layer)[m, n])


def softmax_vjp(y: Array, g: Array, layer: str) -> Array:
    """The gradient (K,) at the input where the probabilities are y and g (K,) arrives: g times the Jacobian's rows."""
    return g @ softmax_jacobian(y, layer)


def softmax_vjp_entry(u: Array, v: Array, layer: str, k: int) -> float:
    """Entry k of the gradient at the input where the probabilities are u over their sum and v arrives."""
    return float(softmax_vjp(u / u.sum(), v, layer)[k])
