"""Steps in other coordinates: derivatives of the map by autograd, steps by solving in the new coordinates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor


def asked_for(
    map: str, asked: str, F: Array, H: Array, A: Array, g: Array, u: Array, b: Array, c: Array, s: float, alpha: float,
) -> Array:  # fmt: skip
    """The Fisher matrix (D, D) in u, or a change (D,) of u or t, as `asked` says."""
    import torch

    functional: Any = torch.autograd.functional
    forward = _map(map, A, b, c, s)
    J = functional.jacobian(forward, constant(u))  # t by u
    slope, fisher = constant(g), constant(F)
    gradient_u = functional.jacobian(lambda v: slope @ forward(v), constant(u))
    match asked:
        case "fisher":  # the second derivative by v of half the score's variance in the direction v
            return array(functional.hessian(lambda v: (J @ v) @ fisher @ (J @ v) / 2, torch.zeros_like(slope)))
        case "natural":
            return array(torch.linalg.solve(J.T @ fisher @ J, -float(alpha) * gradient_u))
        case "newton":
            return array(torch.linalg.solve(J.T @ constant(H) @ J, -gradient_u))
    return array(functional.jvp(forward, constant(u), -float(alpha) * gradient_u)[1])


def information_in_u(power: int, tv: float, fv: float) -> float:
    """Fisher information in u of a normal observation with mean r*t, r the root of fv: that mean's squared slope."""
    return float(((fv**0.5) * _slope(power, tv)) ** 2)


def step_in_u(power: int, tv: float, fv: float, gv: float, al: float) -> float:
    """Change of u in a natural-gradient step."""
    slope = _slope(power, tv)
    return -al * (gv * slope) / information_in_u(power, tv, fv)


def plain_ratio(power: int, tv: float, gv: float) -> float:
    """First-order change of t by a plain step in u, over that by one in t."""
    slope = _slope(power, tv)
    return (-gv * slope) * slope / -gv


def _slope(power: int, tv: float) -> float:
    """dt/du at t = tv, by autograd."""
    import torch

    table: list[tuple[Callable[[Tensor], Tensor], float]] = [
        (torch.exp, float(constant(tv).log())),
        (torch.square, tv**0.5),
        (lambda u: 3 * u, tv / 3),
        (torch.reciprocal, 1 / tv),
        (lambda u: u / 4, 4 * tv),
    ]
    forward, at = table[int(power)]
    functional: Any = torch.autograd.functional
    return float(functional.jacobian(forward, constant(at)))


def _map(name: str, A: Array, b: Array, c: Array, s: float) -> Callable[[Tensor], Tensor]:
    import torch

    matrix = constant(A)
    table: dict[str, Callable[[Tensor], Tensor]] = {
        "linear": lambda u: matrix @ u,
        "inverse": lambda u: torch.linalg.solve(matrix, u),
        "scaled": lambda u: constant(c) * u,
        "power": torch.exp,
        "shifted": lambda u: constant(b) + float(s) * matrix @ u,
    }
    return table[name]
