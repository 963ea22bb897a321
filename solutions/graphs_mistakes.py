"""Wrong references for code on networks as graphs, each one slip away from the right one.

X (N, D), V (H, D), a (H,), W (K, H), b (K,), G (N, K); all return the output and the gradients of X, V, a, W, b.
"""

from __future__ import annotations

import numpy as np

from solutions import worked_graphs as right
from solutions.arrays import Array

Six = tuple[Array, Array, Array, Array, Array, Array]


def run_without_slope(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> Six:
    """Goes back through tanh as if it were the identity."""
    Y, _, _, _, dW, db = right.run(X, V, a, W, b, G)
    g = G @ W
    return Y, g @ V, g.T @ X, g.sum(axis=0), dW, db


def run_slope_of_input(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> Six:
    """Takes 1 - z**2 of the input of tanh instead of its output."""
    Y, _, _, _, dW, db = right.run(X, V, a, W, b, G)
    g = (G @ W) * (1 - (X @ V.T + a) ** 2)
    return Y, g @ V, g.T @ X, g.sum(axis=0), dW, db


def run_averaged(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> Six:
    """Averages the parameters' gradients over the batch."""
    Y, dX, dV, da, dW, db = right.run(X, V, a, W, b, G)
    n = len(X)
    return Y, dX, dV / n, da / n, dW / n, db / n


def run_bias_of_one(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> Six:
    """Takes the biases' gradients from the last example alone."""
    Y, dX, dV, _, dW, _ = right.run(X, V, a, W, b, G)
    g = (G @ W) * (1 - np.tanh(X @ V.T + a) ** 2)
    return Y, dX, dV, g[-1], dW, G[-1]


def run_wrong_input(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> Six:
    """Uses the values before the activation for the gradient of the last weights."""
    Y, dX, dV, da, _, db = right.run(X, V, a, W, b, G)
    return Y, dX, dV, da, G.T @ (X @ V.T + a), db
