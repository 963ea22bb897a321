"""Densities of transformed variables by roads other than the change of variables: distribution functions, laws."""

from __future__ import annotations

from collections.abc import Callable
from math import log, pi
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def density(kind: str, base: str, x: float, a: float, b: float) -> float:
    """The density of x = f(z), as the slope of its distribution function, by autograd."""
    at = leaf(x)
    return abs(float(gradient(_distribution(base, _inverse(kind, at, a, b)), at)))


def drawn_log(kind: str, base: str, z0: float, a0: float, b0: float) -> float:
    """The logarithm of the density of x at the point that z0 is sent to."""
    x0 = float(_forward(kind, constant(float(z0)), float(a0), float(b0)))
    return log(density(kind, base, x0, float(a0), float(b0)))


def _distribution(base: str, z: Tensor) -> Tensor:
    import torch

    table: dict[str, Callable[[], Tensor]] = {
        "normal": lambda: torch.special.ndtr(z), "logistic": lambda: torch.sigmoid(z),
        "exponential": lambda: 1 - torch.exp(-z), "uniform": lambda: z,
    }  # fmt: skip
    return table[base]()


def _forward(kind: str, z: Tensor, a: float, b: float) -> Tensor:
    import torch

    table: dict[str, Callable[[], Tensor]] = {
        "affine": lambda: a * z + b, "flip": lambda: b - a * z, "exp": lambda: torch.exp(a * z + b),
        "sigmoid": lambda: torch.sigmoid(a * z), "sinh": lambda: torch.sinh(z) / a, "root": lambda: a * torch.sqrt(z),
        "cube": lambda: z**3, "inverse": lambda: a / z, "minus-log": lambda: -torch.log(z) / a,
        "softplus": lambda: torch.log1p(torch.exp(z)), "decay": lambda: torch.exp(-a * z),
    }  # fmt: skip
    return table[kind]()


def _inverse(kind: str, x: Tensor, a: float, b: float) -> Tensor:
    import torch

    table: dict[str, Callable[[], Tensor]] = {
        "affine": lambda: (x - b) / a, "flip": lambda: (b - x) / a, "exp": lambda: (torch.log(x) - b) / a,
        "sigmoid": lambda: torch.logit(x) / a, "sinh": lambda: torch.asinh(a * x), "root": lambda: (x / a) ** 2,
        "cube": lambda: x ** (1 / 3), "inverse": lambda: a / x, "minus-log": lambda: torch.exp(-a * x),
        "softplus": lambda: torch.log(torch.expm1(x)), "decay": lambda: -torch.log(x) / a,
    }  # fmt: skip
    return table[kind]()


def plane(kind: str, x: float, y: float, a: float, b: float, c: float, d: float) -> float:
    """The log-density at (x, y) of a map of two standard normals: from a conditional law, or from the covariance."""
    match kind:
        case "triangle":
            return _normal(x, 0, a) + _normal(y, c * x / a, b)
        case "coupling":
            return _normal(x, 0, 1) + _normal(y, c * x, np.exp(d * x))
        case "warped":
            return _normal(np.log(x), 0, a) - float(np.log(x)) + _normal(y, c * np.log(x) / a, b)
        case "bent":
            return _normal(x, 0, a) + _normal(y, c * x**2, b)
    matrix = {
        "turn": [[a, -b], [b, a]], "shears": [[1, c], [d, 1 + c * d]], "swap": [[0, a], [b, c]],
    }[kind]  # fmt: skip
    return _linear(np.array(matrix, dtype=float), np.array([x, y], dtype=float))


def drawn_plane(A: Array, t: Array, s: Array) -> float:
    """The log-density of x = A z + t at x = s, from the covariance of x."""
    return _linear(np.asarray(A, float), np.asarray(s, float) - np.asarray(t, float))


def area(A: Array) -> float:
    """The area of the image of the unit square, by the shoelace formula."""
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) @ np.asarray(A, float).T
    following = np.roll(corners, -1, axis=0)
    return float(abs((corners[:, 0] * following[:, 1] - corners[:, 1] * following[:, 0]).sum()) / 2)


def _normal(value: float, mean: float, deviation: float) -> float:
    return float(-(((value - mean) / deviation) ** 2) / 2 - np.log(deviation) - log(2 * pi) / 2)


def _linear(matrix: Array, point: Array) -> float:
    covariance = matrix @ matrix.T
    return float(-point @ np.linalg.solve(covariance, point) / 2 - np.linalg.slogdet(2 * pi * covariance)[1] / 2)
