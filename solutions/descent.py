"""One step of gradient descent on drawn functions of two parameters, by torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import leaf

if TYPE_CHECKING:
    from torch import Tensor


def new_second(kind: str, p: float, q: float, c: float, e: float) -> float:
    """The second parameter after one step of SGD from (p, q); kind names the loss, c is its constant."""
    return _stepped(kind, p, q, c, e)[0][1]


def change_of_loss(kind: str, p: float, q: float, c: float, e: float) -> float:
    """The loss after the step less the loss before it."""
    _, before, after = _stepped(kind, p, q, c, e)
    return after - before


def _stepped(kind: str, p: float, q: float, c: float, e: float) -> tuple[tuple[float, float], float, float]:
    """Both parameters after the step, and the loss before and after it."""
    import torch

    a, b = leaf(p), leaf(q)
    optimiser = torch.optim.SGD([a, b], lr=float(e))
    before = _loss(kind, a, b, c)
    a.grad, b.grad = torch.autograd.grad(before, [a, b])
    optimiser.step()
    return (a.item(), b.item()), before.item(), _loss(kind, a, b, c).item()


def _loss(kind: str, a: Tensor, b: Tensor, c: float) -> Tensor:
    table: dict[str, Tensor] = {
        "product": (a * b - c).square() / 2,
        "valley": a.square() + a * b + c * b.square(),
        "cubic": a.pow(3) / 3 + c * b.square() / 2 - a * b,
        "curve": (b - a.square()).square() / 2 + c * a.square() / 2,
        "line": ((a + b - 1).square() + (a + 2 * b - c).square()) / 2,
        "quartic": (a - b).pow(4) / 4 + c * b.square() / 2,
    }
    return table[kind]
