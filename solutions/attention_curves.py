"""Weights of attention as curves: windows over positions, and why scores are divided by √d."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import level, series
from solutions.drawings import Plot

KEYS, DRAWS, SEED = 16, 200, 0


def windows(places: tuple[tuple[float, float], ...] = ((4.0, 0.7), (11.5, 2.0), (16.0, 4.0)), length: int = 20) -> Plot:
    """Weights exp(−(j − centre)²/(2·width²)) over positions j, made to add up to 1: a narrow one reads one position."""
    j = np.arange(1.0, length + 1)
    shown = tuple(series(f"at {c:g}, width {w:g}", j, window(j, c, w), "path") for c, w in places)
    return Plot("Gaussian windows", "position", "weight", shown)


def window(j: Array, centre: float, width: float) -> Array:
    """The weights of the positions j."""
    weights: Array = np.exp(-(((j - centre) / width) ** 2) / 2)
    shares: Array = weights / weights.sum()
    return shares


def largest_weights() -> Plot:
    """The mean largest of 16 weights by the size d of random queries and keys: near 1 where scores are not divided."""
    sizes = [2**k for k in range(11)]
    plain, scaled = np.array([largest(d) for d in sizes]).T
    both = (series("q·k", np.log2(sizes), plain, "path"), series("q·k / √d", np.log2(sizes), scaled, "path"))
    even = level("all alike", np.log2(sizes), 1 / KEYS)
    return Plot("How sharp attention is by the size of keys", "log₂ of d", "largest weight", (*both, even))


def largest(size: int) -> tuple[float, float]:
    """The mean largest weight of softmax(q·k) and of softmax(q·k / √d)."""
    source = np.random.default_rng(SEED)
    queries, keys = source.standard_normal((DRAWS, size)), source.standard_normal((DRAWS, KEYS, size))
    scores = np.einsum("nd,nkd->nk", queries, keys)
    return _largest(scores), _largest(scores / np.sqrt(size))


def _largest(scores: Array) -> float:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return float((powers.max(axis=1) / powers.sum(axis=1)).mean())
