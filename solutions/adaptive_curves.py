"""How long the steps of methods are that divide by gradients seen before: one coordinate, a given row of gradients."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot

DECAY, SLOW = 0.9, 0.999  # of the mean of gradients (and of squares in RMSProp), of the squares in Adam


def first_steps(steps: int = 100) -> Plot:
    """Steps over the rate where every gradient is 1: with its corrections Adam's are 1 from the start."""
    g, t = np.ones(steps), np.arange(1, steps + 1)
    curves = {
        "Adam": adam(g),
        "Adam uncorrected": adam(g, corrected=False),
        "RMSProp": rmsprop(g),
        "AdaGrad": adagrad(g),
    }
    shown = tuple(series(name, t, values) for name, values in curves.items())
    return Plot("Steps under a constant gradient", "step", "step / rate", shown)


def after_a_change(steps: int = 100, change: int = 40, later: float = 0.1) -> Plot:
    """Steps over the rate where gradients are 1 and from some step on `later`: AdaGrad never forgets the large ones."""
    t = np.arange(1, steps + 1)
    g = np.where(t <= change, 1.0, later)
    curves = {"Adam": adam(g), "RMSProp": rmsprop(g), "AdaGrad": adagrad(g)}
    shown = tuple(series(name, t, values) for name, values in curves.items())
    return Plot("Steps before and after gradients shrink", "step", "step / rate", shown)


def adam(g: Array, *, corrected: bool = True) -> Array:
    """m / √v at each step, with both corrected for their start at 0, or not."""
    t = np.arange(1, len(g) + 1)
    m, v = averaged(g, DECAY), averaged(g**2, SLOW)
    found: Array = m / (1 - DECAY**t) / np.sqrt(v / (1 - SLOW**t)) if corrected else m / np.sqrt(v)
    return found


def rmsprop(g: Array) -> Array:
    """g / √(moving mean of g²) at each step; the mean starts at 0."""
    found: Array = g / np.sqrt(averaged(g**2, DECAY))
    return found


def adagrad(g: Array) -> Array:
    """g / √(sum of g²) at each step."""
    found: Array = g / np.sqrt(np.cumsum(g**2))
    return found


def averaged(values: Array, decay: float) -> Array:
    """a ← decay·a + (1 − decay)·value from a = 0, after each value."""
    found, a = [], 0.0
    for value in values:
        a = decay * a + (1 - decay) * float(value)
        found.append(a)
    return np.array(found)
