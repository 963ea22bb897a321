"""Soft against hard attention in drawn numbers: losses of the mean glimpse and mean losses of the glimpses.

p (N,) probabilities, x (N,) what the glimpses show, t a target, c, d numbers. loss: the names in `_loss`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def soft(p: Array, x: Array, t: float, c: float, loss: str) -> float:
    """The loss of the mean glimpse."""
    return float(_loss(constant(p) @ constant(x), float(t), float(c), loss))


def gap(p: Array, x: Array, t: float, c: float, loss: str) -> float:
    """The mean loss of the glimpses less the loss of the mean, glimpse by glimpse."""
    mean = sum(float(w) * float(_loss(constant(v), float(t), float(c), loss)) for w, v in zip(p, x, strict=True))
    return mean - soft(p, x, t, c, loss)


def drawn_soft(u: Array, x0: Array, t0: float, loss: str) -> float:
    """`soft` in drawn numbers, c = 2."""
    return soft(_shares(u), x0, t0, 2.0, loss)


def drawn_hard(u: Array, x0: Array, t0: float, loss: str) -> float:
    """The expected loss of hard attention in drawn numbers, c = 2."""
    return soft(_shares(u), x0, t0, 2.0, loss) + gap(_shares(u), x0, t0, 2.0, loss)


def drawn_slope(u: Array, x0: Array, t0: float, loss: str, aim: str, k: int) -> float:
    """The derivative of the soft loss, or of the hard attention's expected loss, by the score of glimpse k, c = 2."""
    import torch

    scores = constant(u).log().requires_grad_()
    weights, shown = torch.softmax(scores, 0), constant(x0)
    if aim == "soft":
        value = _loss(weights @ shown, float(t0), 2.0, loss)
    else:
        value = weights @ torch.stack([_loss(entry, float(t0), 2.0, loss) for entry in shown])
    return float(array(torch.autograd.grad(value, scores)[0])[int(k)])


def _loss(v: Tensor, t: float, c: float, loss: str) -> Tensor:
    import torch

    match loss:
        case "half":
            return (v - t) * (v - t) / 2
        case "square":
            return (v - t) * (v - t)
        case "weighted":
            return c * (v - t) * (v - t)
        case "logistic":
            return torch.nn.functional.softplus(-v)
        case "linear":
            return c * v + t
        case _:
            return torch.exp(-v)


def _shares(u: Array) -> Array:
    return array(constant(u) / constant(u).sum())
