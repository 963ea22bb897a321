"""Model answers to code questions on networks as graphs, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Linear:
    """y = x W.T + b, one example a row."""

    def __init__(self, W: Array, b: Array) -> None:
        self.W, self.b = W, b

    def forward(self, x: Array) -> Array:
        """The output; the input is kept."""
        self.x = x
        return np.asarray(x @ self.W.T + self.b)

    def backward(self, g: Array) -> Array:
        """The gradient at the input."""
        return np.asarray(g @ self.W)

    def parameters(self, g: Array) -> tuple[Array, Array]:
        """The gradients of W and b."""
        return g.T @ self.x, g.sum(axis=0)


class Tanh:
    """Entry by entry, without parameters."""

    def forward(self, x: Array) -> Array:
        """The output, which is kept."""
        self.y = np.tanh(x)
        return self.y

    def backward(self, g: Array) -> Array:
        """The gradient at the input."""
        return np.asarray(g * (1 - self.y**2))


def run(X: Array, V: Array, a: Array, W: Array, b: Array, G: Array) -> tuple[Array, Array, Array, Array, Array, Array]:
    """The output of linear, tanh, linear, and the gradients of X, V, a, W and b for the upstream gradient G."""
    first, middle, last = Linear(V, a), Tanh(), Linear(W, b)
    Y = last.forward(middle.forward(first.forward(X)))
    dW, db = last.parameters(G)
    g = middle.backward(last.backward(G))
    dV, da = first.parameters(g)
    return Y, first.backward(g), dV, da, dW, db
