"""Activations and their derivatives as curves."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot

PLACES = np.linspace(-5, 5, 101)  # 0 is among them


def squashing() -> Plot:
    """Sigmoid and hyperbolic tangent."""
    return _plot("Squashing activations", "activation", {"sigmoid": _sigmoid(PLACES), "tanh": np.tanh(PLACES)})


def squashing_slopes() -> Plot:
    """Their derivatives: at most 1/4 and 1, and next to 0 at both ends."""
    s, t = _sigmoid(PLACES), np.tanh(PLACES)
    return _plot("Slopes of squashing activations", "derivative", {"sigmoid": s * (1 - s), "tanh": 1 - t**2})


def rectifiers() -> Plot:
    """ReLU and what is like it but smooth: softplus, GELU x·Φ(x), swish x·σ(x)."""
    z = PLACES
    curves = {
        "ReLU": np.maximum(z, 0),
        "softplus": np.logaddexp(0, z),
        "GELU": z * _normal_share(z),
        "swish": z * _sigmoid(z),
    }
    return _plot("Rectifiers", "activation", curves)


def rectifier_slopes() -> Plot:
    """Derivatives of the rectifiers; ReLU's jumps at 0, where it is drawn upright."""
    z, s = PLACES, _sigmoid(PLACES)
    density = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    curves = {"softplus": s, "GELU": _normal_share(z) + z * density, "swish": s + z * s * (1 - s)}
    plot = _plot("Slopes of rectifiers", "derivative", curves)
    step = series("ReLU", (z[0], 0, 0, z[-1]), (0, 0, 1, 1))
    return Plot(plot.title, plot.x, plot.y, (step, *plot.series))


def _plot(title: str, y: str, curves: Mapping[str, Array]) -> Plot:
    return Plot(title, "z", y, tuple(series(name, PLACES, values) for name, values in curves.items()))


def _sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def _normal_share(z: Array) -> Array:
    """How likely a standard normal number is below each z."""
    return np.array([(1 + math.erf(value / math.sqrt(2))) / 2 for value in z])
