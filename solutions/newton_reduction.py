"""Reduction ratios: what a quadratic model predicts for a step, and the damping that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.arrays import Array, constant

if TYPE_CHECKING:
    from torch import Tensor


def predicted(step: str, d: Array, H: Array, c: Array, rho: float) -> float:
    """Fall of the undamped model at the step d, with the gradient g that makes d the step of that name."""
    import torch

    move, bowl, weights, rate = constant(d), constant(H), constant(c), float(rho)
    eye = torch.eye(len(d), dtype=bowl.dtype)
    match step:
        case "damped":
            g = -(bowl + rate * eye) @ move
        case "scaled":
            g = -(bowl + rate * torch.diag(weights)) @ move
        case "gradient":
            g = -move / rate
        case "shortened":
            g = -bowl @ move / rate
        case _:
            g = -move / (rate * weights)
    return float(-(g @ move) - move @ bowl @ move / 2)


def ratio(h1: float, h2: float, p: float, q: float, l: float, before: float, after: float) -> float:  # noqa: E741
    """Actual over predicted fall for the damped step with Hessian diag(h1, h2) and gradient (p, q)."""
    import torch

    bowl, g = torch.diag(constant([h1, h2])), constant([p, q])

    def model(d: Tensor) -> Tensor:
        return g @ d + d @ bowl @ d / 2

    def damped(d: Tensor) -> Tensor:
        return model(d) + l * d.square().sum() / 2

    functional: Any = torch.autograd.functional
    origin = torch.zeros_like(g)
    step = torch.linalg.solve(functional.hessian(damped, origin), -functional.jacobian(damped, origin))
    return (before - after) / float(model(origin) - model(step))


def next_damping(
    h1: float, h2: float, p: float, q: float, l: float, before: float, after: float,  # noqa: E741
    low: float, high: float, up: float, down: float,
) -> float:  # fmt: skip
    """The damping after the rule has been applied."""
    found = ratio(h1, h2, p, q, l, before, after)
    if found < low:
        return l * up
    return l / down if found > high else l
