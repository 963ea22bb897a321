"""Pure Newton's method on functions of one variable: iterates by autograd, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import leaf

if TYPE_CHECKING:
    from torch import Tensor


def next_iterate(f: str, x: float, a: float) -> float:
    """x minus slope over curvature, both by autograd."""
    slope, curvature = derivatives(f, x, a)
    return float(x) - slope / curvature


def first_step(f: str, x0: float, a: float) -> float:
    """The same from the start x0."""
    return next_iterate(f, x0, a)


def fate_by_running(f: str, x0: float, a: float) -> str:
    """'quick', 'slow', 'away' or 'hill', from up to 60 iterates."""
    x, sizes = float(x0), []
    for _ in range(60):
        slope, curvature = derivatives(f, x, a)
        step = -slope / curvature
        sizes.append(abs(step))
        x += step
        if abs(x) > 30 or (f == "barrier" and x <= 0):
            return "away"
        if abs(step) < 1e-9:
            break
    if curvature < -1e-3:
        return "hill"
    return "slow" if sizes[-1] > 0.3 * sizes[-2] else "quick"


def fate_by_theory(f: str, x0: float, a: float) -> str:
    """The same by where the iterates contract: intervals that follow from the fixed-point equations."""
    match f:
        case "power":
            return "slow"
        case "tilted":
            return "quick"
        case "barrier":
            return "quick" if 0 < a * x0 < 2 else "away"
        case "hills":
            return "quick" if 5 * x0**2 < 1 else "hill"
    # the border of the others is the point that is mapped to its mirror image
    border = {"logcosh": 1.08857, "root": a, "robust": 3**-0.5}[f]
    return "quick" if abs(x0) < border else "away"


def derivatives(f: str, x: float, a: float) -> tuple[float, float]:
    """First and second derivative at x."""
    import torch

    at = leaf([float(x)])
    (slope,) = torch.autograd.grad(_value(f, at, float(a)).sum(), at, create_graph=True)
    (curvature,) = torch.autograd.grad(slope.sum(), at)
    return float(slope.item()), float(curvature.item())


def _value(f: str, x: Tensor, a: float) -> Tensor:
    match f:
        case "logcosh":
            return x.cosh().log()
        case "root":
            return (a * a + x * x).sqrt()
        case "power":
            return x ** int(2 * a)
        case "barrier":
            return a * x - x.log()
        case "tilted":
            return x.exp() - a * x
        case "hills":
            return x**2 / 2 - x**4 / 4
    return (1 + x * x).log()
