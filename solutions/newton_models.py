"""Second-order models of functions of two variables, with derivatives by torch.

Functions are named; a, b, c are their constants, (x0, y0) the point, (u, v) a step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def model_value(f: str, a: float, b: float, c: float, x0: float, y0: float, u: float, v: float) -> float:
    """The Taylor model of second order after the step (u, v)."""
    value, g, H = expansion(f, a, b, c, x0, y0)
    d = np.array([u, v], dtype=np.float64)
    return float(value + g @ d + d @ H @ d / 2)


def newton_change(f: str, a: float, b: float, c: float, x0: float, y0: float) -> float:
    """First entry of the pure Newton step."""
    _, g, H = expansion(f, a, b, c, x0, y0)
    return float(-np.linalg.solve(H, g)[0])


def model_decrease(f: str, a: float, b: float, c: float, x0: float, y0: float) -> float:
    """Value of the model at the step 0 minus its value at the Newton step."""
    _, g, H = expansion(f, a, b, c, x0, y0)
    d = -np.linalg.solve(H, g)
    return float(-(g @ d + d @ H @ d / 2))


def expansion(f: str, a: float, b: float, c: float, x0: float, y0: float) -> tuple[float, Array, Array]:
    """Value, gradient (2,) and Hessian (2, 2) at (x0, y0)."""
    import torch

    def function(at: Tensor) -> Tensor:
        return _value(f, at[0], at[1], a, b, c)

    functional: Any = torch.autograd.functional
    at = constant([x0, y0])
    return float(function(at)), array(functional.jacobian(function, at)), array(functional.hessian(function, at))


def _value(f: str, x: Tensor, y: Tensor, a: float, b: float, c: float) -> Tensor:
    match f:
        case "quadratic":
            return a * x * x + b * x * y + c * y * y
        case "cubic":
            return x**3 + b * x * y + c * y * y
        case "quartic":
            return x**4 + b * x * y + c * y * y
        case "product":
            return a * x * x + x * x * y + c * y * y
        case "fitted":
            return ((x * y - b) ** 2 + a * x * x + c * y * y) / 2
    return c * (y - x * x) ** 2 + (x - b) ** 2
