"""First-order models and their errors: gradients by autograd, remainders by evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.arrays import constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def predicted(kind: str, p: float, q: float, u: float, v: float, s: float) -> float:
    """The change that the first-order model at (p, q) expects for the step s*(u, v)."""
    import torch

    at = leaf([float(p), float(q)])
    (slope,) = torch.autograd.grad(_function(kind, at), at)
    return float(slope @ (float(s) * constant([float(u), float(v)])))


def remainder(kind: str, p: float, q: float, u: float, v: float, s: float) -> float:
    """The true change for that step less the expected one."""
    at = constant([float(p), float(q)])
    moved = at + float(s) * constant([float(u), float(v)])
    return float(_function(kind, moved) - _function(kind, at)) - predicted(kind, p, q, u, v, s)


def error_ratio(near: str, cut: float) -> int:
    """The limit of the error at a step over that at a step `cut` times shorter, from 0: measured with 60 digits."""
    from mpmath import mp, mpf, workdps

    with workdps(80):
        table: dict[str, Any] = {
            "general": mp.exp, "waves": mp.cos, "bend": mp.sin, "tanh": mp.tanh,
            "logistic": lambda x: 1 / (1 + mp.exp(-x)), "soft": lambda x: mp.log(1 + mp.exp(x)),
            "flat": lambda x: mp.sqrt(1 + x**4),
        }  # fmt: skip
        h, tiny = table[near], mpf(10) ** -30
        slope = (h(tiny) - h(-tiny)) / (2 * tiny)
        step = mpf(10) ** -6
        errors = [h(d) - h(mpf(0)) - slope * d for d in (step, step / int(cut))]
        return round(float(errors[0] / errors[1]))


def _function(kind: str, at: Tensor) -> Tensor:
    x, y = at
    table: dict[str, Tensor] = {
        "product": x * y,
        "bowl": x.square() + 3 * y.square(),
        "saddle": x.square() - x * y - y.square(),
        "cubic": x.square() * y,
        "mixed": x * y + y.pow(3),
        "square": (x - y.square()).square(),
    }
    return table[kind]
