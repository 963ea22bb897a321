"""One step of Nesterov's method on losses of one parameter, by autograd and by torch.optim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import leaf

if TYPE_CHECKING:
    from torch import Tensor


def slope_ahead(loss: str, a: float, m: float, x0: float, v0: float, h: float) -> float:
    """The derivative at x0 + h*v0, by autograd."""
    return _slope(loss, x0 + h * v0, a, m)


def next_point(loss: str, a: float, m: float, x0: float, v0: float, h: float, al: float) -> float:
    """x after one step from x0 with velocity v0, by torch.optim, whose parameter is the point ahead."""
    import torch

    ahead = leaf([x0 + h * v0])
    optimiser = torch.optim.SGD([ahead], lr=al, momentum=h, nesterov=True)
    optimiser.state[ahead]["momentum_buffer"] = torch.tensor([-v0 / al], dtype=torch.float64)
    ahead.grad = torch.tensor([_slope(loss, ahead.item(), a, m)], dtype=torch.float64)
    optimiser.step()
    velocity = -al * optimiser.state[ahead]["momentum_buffer"].item()
    return float(ahead.item() - h * velocity)


def next_velocity(loss: str, a: float, m: float, x0: float, v0: float, h: float, al: float) -> float:
    """How far that step moves x."""
    return next_point(loss, a, m, x0, v0, h, al) - x0


def _slope(loss: str, at: float, a: float, m: float) -> float:
    import torch

    x = leaf([at])
    (found,) = torch.autograd.grad(_value(loss, x, a, m).sum(), x)
    return float(found.item())


def _value(loss: str, x: Tensor, a: float, m: float) -> Tensor:
    match loss:
        case "bowl":
            return a * x**2 / 2
        case "moved":
            return a * (x - m) ** 2 / 2
        case "quartic":
            return x**4 / 4
        case "mixed":
            return x**2 / 2 + x**4 / 4
        case "cubic":
            return x**3 / 3 + a * x
    return x**4 / 4 - a * x**2 / 2
