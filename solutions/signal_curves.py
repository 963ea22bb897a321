"""How large signals and gradients are in a deep network at its start, by the spread of its weights."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot

WIDTH, DEPTH, EXAMPLES, SEED = 128, 20, 64, 0


def activations_by_layer() -> Plot:
    """Root mean squares behind each ReLU layer of 128: steady with √(2/n) alone."""
    layers = np.arange(DEPTH + 1)
    shown = tuple(series(name, layers, sizes(spread)[0]) for name, spread in spreads().items())
    return Plot("Activations at the start", "layer", "root mean square", shown, log=True)


def gradients_by_layer() -> Plot:
    """Root mean squares of the gradient in front of each layer, over that at the end."""
    layers = np.arange(DEPTH + 1)
    shown = tuple(series(name, layers, sizes(spread)[1]) for name, spread in spreads().items())
    return Plot("Gradients at the start", "layer", "root mean square", shown, log=True)


def spreads() -> dict[str, float]:
    """Standard deviations of weights, by their name."""
    return {
        "0.05": 0.05,
        "1/√n (Xavier)": 1 / math.sqrt(WIDTH),
        "√(2/n) (He)": math.sqrt(2 / WIDTH),
        "1.5·√(2/n)": 1.5 * math.sqrt(2 / WIDTH),
    }


def sizes(spread: float) -> tuple[Array, Array]:
    """Root mean squares of the activations after 0, 1, ... layers, and of the gradients there, by back-propagation."""
    source = np.random.default_rng(SEED)
    weights = [spread * source.standard_normal((WIDTH, WIDTH)) for _ in range(DEPTH)]
    signals = [source.standard_normal((EXAMPLES, WIDTH))]
    for w in weights:
        signals.append(np.maximum(signals[-1] @ w, 0))
    gradients = [source.standard_normal((EXAMPLES, WIDTH))]
    for w, after in zip(reversed(weights), reversed(signals[1:]), strict=True):
        gradients.append((gradients[-1] * (after > 0)) @ w.T)
    return _sizes(signals), _sizes(gradients[::-1])


def _sizes(values: list[Array]) -> Array:
    return np.array([math.sqrt((value**2).mean()) for value in values])
