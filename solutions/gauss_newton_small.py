"""Entries of Gauss-Newton matrices and Hessians of models with two parameters, by autograd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.arrays import Array, constant

if TYPE_CHECKING:
    from torch import Tensor


def matrix_entry(model: str, loss: str, entry: str, a: float, b: float, x: float, y: float, s: float) -> float:
    """The entry of G: of the Hessian of the loss after the output has been linearised in (a, b)."""
    import torch

    at = constant([a, b])
    functional: Any = torch.autograd.functional
    slope = functional.jacobian(lambda w: _output(model, w, x), at)
    base = _output(model, at, x)
    return _entry(entry, functional.hessian(lambda w: _loss(loss, base + slope @ (w - at), y, s), at))


def rest_entry(model: str, loss: str, entry: str, a: float, b: float, x: float, y: float, s: float) -> float:
    """The entry of the Hessian of the loss minus that of G."""
    import torch

    functional: Any = torch.autograd.functional
    whole = functional.hessian(lambda w: _loss(loss, _output(model, w, x), y, s), constant([a, b]))
    return _entry(entry, whole) - matrix_entry(model, loss, entry, a, b, x, y, s)


def summed_entry(
    loss: str, entry: str, rows: Array, z1: float, z2: float, y1: float, y2: float, sd: float,
) -> float:  # fmt: skip
    """Entry of the Hessian of the summed loss of two examples whose outputs are linear, with slopes `rows` (2, 2)."""
    return summed_hessian(loss, entry, rows, z1, z2, y1, y2, sd, 0, 0)


def summed_hessian(
    loss: str, entry: str, rows: Array, z1: float, z2: float, y1: float, y2: float, sd: float, t1: float, t2: float,
) -> float:  # fmt: skip
    """The same where the outputs have the second derivatives t1 and t2 at that entry."""
    import torch

    def objective(w: Tensor) -> Tensor:
        bend = w[0] * w[1] if entry == "ab" else w[1] ** 2 / 2
        outputs = constant([z1, z2]) + constant(rows) @ w + constant([t1, t2]) * bend
        return _loss(loss, outputs[0], y1, sd) + _loss(loss, outputs[1], y2, sd)

    functional: Any = torch.autograd.functional
    return _entry(entry, functional.hessian(objective, constant([0.0, 0.0])))


def _entry(entry: str, matrix: Tensor) -> float:
    return float(matrix[0, 1] if entry == "ab" else matrix[1, 1])


def _output(model: str, w: Tensor, x: float) -> Tensor:
    a, b = w[0], w[1]
    match model:
        case "decay":
            return a * (b * x).exp()
        case "unit":
            return a * (b * x).tanh()
        case "product":
            return a * b * x
        case "growth":
            return a * x / (b + x)
    return a * b * b * x


def _loss(loss: str, z: Tensor, y: float, s: float) -> Tensor:
    import torch

    match loss:
        case "half":
            return (z - y) ** 2 / 2
        case "full":
            return (z - y) ** 2
        case "logistic":
            return torch.nn.functional.softplus(z) - y * z
        case "poisson":
            return z.exp() - y * z
    return (z - y) ** 2 / (2 * s**2)
