"""What a ReLU and its relatives do to the size of a signal: moments by integration, and starts that answer to them.

z is normal with mean 0 and variance v. kind: 'relu', 'leaky' (slope a below 0), 'folded' (slope -a below 0), 'abs',
'double' (2 relu(z)), 'linear', 'negative' (relu(-z)), 'dropout' (relu, then inverted dropout that keeps with chance a).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.initialisation import layer_weight

if TYPE_CHECKING:
    from torch import Tensor

_POINTS = 40


def kept_share(kind: str, way: str, a: float) -> float:
    """Share of a mean square that passes: E[f(z)^2]/E[z^2] forward, E[f'(z)^2] backward (of gradients).

    By Gauss-Hermite quadrature, exact for each half: f is linear on either side of 0.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(_POINTS)  # an even number of nodes: none is 0
    z = leaf(nodes)
    outputs = [(chance, _curve(z, kind, a, kept)) for kept, chance in _masks(kind, a)]
    squares = np.zeros(_POINTS)
    for chance, y in outputs:
        squares += chance * (array(y) if way == "forward" else gradient(y.sum(), z)) ** 2
    return float(weights @ squares / (weights @ (nodes**2 if way == "forward" else np.ones(_POINTS))))


def steady_variance(kind: str, way: str, n: float, m: float, a: float) -> float:
    """The variance of the weights of n inputs and m outputs with which the share that passes makes a whole."""
    return 1 / (round(n if way == "forward" else m) * kept_share(kind, way, a))


def steady_deviation(kind: str, way: str, c: int, f: int, k: int, slope: float) -> float:
    """The standard deviation for a convolution from c to f channels with k x k pixels; fans by torch."""
    import torch

    inputs, outputs = torch.nn.init._calculate_fan_in_and_fan_out(layer_weight("image", c, f, k))
    return math.sqrt(steady_variance(kind, way, inputs, outputs, float(slope)))


def square_mean(kind: str, v: float, a: float) -> float:
    """E[f(z)^2], by numerical integration."""
    return _integral(kind, v, a, 2)


def mean(kind: str, v: float, a: float) -> float:
    """E[f(z)], by numerical integration."""
    return _integral(kind, v, a, 1)


def variance(kind: str, v: float, a: float) -> float:
    """Var f(z) as E[(f(z) - E f(z))^2], by numerical integration."""
    return _integral(kind, v, a, 2, centre=mean(kind, v, a))


def variance_drawn(kind: str, q: float, slope: float) -> float:
    """`variance` for drawn numbers: z has the variance q."""
    return variance(kind, float(q), float(slope))


def half_integral(v: float, kind: str) -> float:
    """The integral of z^2 times the density of z over the positive half, for a normal density of variance v."""
    return _integral("relu", v, 0.0, 2)


def _integral(kind: str, v: float, a: float, power: int, centre: float = 0.0) -> float:
    """E[(f(z) - centre)^power] by Gauss-Legendre quadrature out to 12 standard deviations, each half for itself."""
    nodes, weights = np.polynomial.legendre.leggauss(120)
    total = 0.0
    for side in (-6.0, 6.0):
        u = side + 6 * nodes  # z in standard deviations
        values = array(_curve(constant(math.sqrt(v) * u), kind, a, 1.0)) - centre
        total += 6 * float(weights @ (values**power * np.exp(-u * u / 2))) / math.sqrt(2 * math.pi)
    return total


def _masks(kind: str, a: float) -> list[tuple[float, float]]:
    """Factors of dropout with their chances."""
    return [(1 / float(a), float(a)), (0.0, 1 - float(a))] if kind == "dropout" else [(1.0, 1.0)]


def _curve(z: Tensor, kind: str, a: float, kept: float) -> Tensor:
    import torch

    if kind in ("leaky", "folded"):
        return torch.nn.functional.leaky_relu(z, float(a) if kind == "leaky" else -float(a))
    relu = torch.relu
    table = {"abs": torch.maximum(z, -z), "double": 2 * relu(z), "linear": z, "negative": relu(-z)}
    return table.get(kind, kept * relu(z))


def signal_factor(start: str, kind: str, a: float, K: float) -> float:
    """By what K layers of equal width multiply the mean square, with a start of torch.nn.init and f of `kind`.

    The variance of the weights is torch's own gain squared over a width of 100; layers are followed one by one.
    """
    import torch

    width, size = 100, 1.0
    init = torch.nn.init
    gains = {
        "lecun": init.calculate_gain("linear"),
        "xavier": math.sqrt(2 * width / (width + width)),
        "he": init.calculate_gain("relu"),
        "tanh": init.calculate_gain("tanh"),
        "halved": init.calculate_gain("relu") / 2,
    }
    for _ in range(round(K)):
        before = width * (gains[start] ** 2 / width) * size
        size = before * kept_share(kind, "forward", a)
    return size


def signal_factor_drawn(start: str, kind: str, slope: float, k: int) -> float:
    """`signal_factor` for drawn numbers."""
    return signal_factor(start, kind, float(slope), k)


def fate(start: str, kind: str, slope: float) -> str:
    """What becomes of the signal in a deep network: 'vanishes', 'grows' or 'stays'."""
    share = signal_factor(start, kind, float(slope), 200)
    return "vanishes" if share < 0.5 else "grows" if share > 2 else "stays"


def fate_by_simulation(start: str, kind: str, slope: float) -> str:
    """The same by passing 8 random examples through 30 random layers of 256 units; fixed seed.

    A factor of 1 leaves the logarithm of the size within about sqrt(30*5/256) = 0.8 of 0; the nearest other factor,
    1.09, moves it by 30*log(1.09) = 2.6.
    """
    source = np.random.default_rng(3)
    width, depth = 256, 30
    deviation = {"lecun": 1.0, "xavier": 1.0, "he": 2**0.5, "tanh": 5 / 3, "halved": 0.5**0.5}[start] / width**0.5
    x: Array = source.normal(size=(8, width))
    before = np.mean(x**2)
    for _ in range(depth):
        z = x @ source.normal(0, deviation, size=(width, width))
        x = array(_curve(constant(z), kind, float(slope), 1.0))
    grown = float(np.log(np.mean(x**2) / before))
    return "vanishes" if grown < -1.5 else "grows" if grown > 1.5 else "stays"
