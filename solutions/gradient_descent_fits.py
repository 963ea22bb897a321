"""Curvatures of penalised least squares by autograd, and the steps of gradient descent that they allow.

The data have two features with X.T X = diag(s, m) and N rows; kind names sum or mean, half or not, see `_objective`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.arrays import constant

if TYPE_CHECKING:
    from torch import Tensor


def limit(s: float, m: float, rho: float, N: float, kind: str) -> float:
    """The step at which the largest curvature's factor reaches -1."""
    return 2 / _curvatures(s, m, rho, N, kind)[1]


def best_step(s: float, m: float, rho: float, N: float, kind: str) -> float:
    """The step with the smallest worst factor, by bisection for where the two factors cross."""
    flat, steep = _curvatures(s, m, rho, N, kind)
    low, high = 0.0, 2 / steep
    for _ in range(70):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - middle * flat > abs(1 - middle * steep) else (low, middle)
    return low


def best_factor(s: float, m: float, rho: float, N: float, kind: str) -> float:
    """The worst factor of one step of gradient descent with that step."""
    return 1 - best_step(s, m, rho, N, kind) * _curvatures(s, m, rho, N, kind)[0]


def condition(s0: float, m0: float, rho0: float, N0: float, kind: str) -> float:
    """Largest over smallest curvature."""
    flat, steep = _curvatures(s0, m0, rho0, N0, kind)
    return steep / flat


def _curvatures(s: float, m: float, rho: float, N: float, kind: str) -> tuple[float, float]:
    """Smallest and largest eigenvalue of the Hessian, which torch takes of the objective."""
    import torch

    zero = constant([0.0, 0.0])
    hessian = torch.autograd.functional.hessian(lambda w: _objective(w, s, m, rho, N, kind), zero)  # type: ignore[no-untyped-call]
    low, high = torch.linalg.eigvalsh(hessian).tolist()
    return low, high


def _objective(w: Tensor, s: float, m: float, rho: float, N: float, kind: str) -> Tensor:
    errors = constant([float(s) ** 0.5, float(m) ** 0.5]) * w - 1  # further rows of X are zero
    squares, penalty = errors.square().sum(), float(rho) * w.square().sum()
    return {
        "sum": squares / 2 + penalty / 2,
        "mean": squares / (2 * float(N)) + penalty / 2,
        "whole": squares + penalty,
        "mixed": squares / float(N) + penalty / 2,
    }[kind]
