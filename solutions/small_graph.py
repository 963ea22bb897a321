"""The graph u(a, b), v = u + c, y(v, u) run by torch: values and gradients of a small drawn graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

INNER = {"a · b": lambda a, b: a * b, "a + b": lambda a, b: a + b, "a − b": lambda a, b: a - b}
OUTER = {"v · u": lambda v, u: v * u, "v² − u": lambda v, u: v**2 - u, "v · (u − 1)": lambda v, u: v * (u - 1)}


def value(a: float, b: float, c: float, inner: str, outer: str) -> float:
    """y."""
    return float(_run(a, b, c, inner, outer)[-1].detach())


def gradient_a(a: float, b: float, c: float, inner: str, outer: str) -> float:
    """dy/da by autograd."""
    return _gradient(a, b, c, inner, outer, 0)


def gradient_c(a: float, b: float, c: float, inner: str, outer: str) -> float:
    """dy/dc by autograd."""
    return _gradient(a, b, c, inner, outer, 2)


def _gradient(a: float, b: float, c: float, inner: str, outer: str, of: int) -> float:
    *inputs, y = _run(a, b, c, inner, outer)
    y.backward()  # type: ignore[no-untyped-call]
    found = inputs[of].grad
    return 0.0 if found is None else float(found)


def _run(a: float, b: float, c: float, inner: str, outer: str) -> list[Tensor]:
    import torch

    leaves = [torch.tensor(float(x), dtype=torch.float64, requires_grad=True) for x in (a, b, c)]
    u = INNER[inner](leaves[0], leaves[1])
    v = u + leaves[2]
    return [*leaves, OUTER[outer](v, u)]
