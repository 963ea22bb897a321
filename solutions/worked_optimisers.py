"""Model answers to code questions on optimisers, as a student would hand them in: NumPy alone.

Optimisers with a state are classes; the `*_path` functions step them, a second road to the PyTorch references.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class SGD:
    """Called with a gradient (D,); returns the new weights (D,)."""

    def __init__(self, w: Array, rate: float, momentum: float, decay: float) -> None:
        self.w, self.rate, self.momentum, self.decay = w, rate, momentum, decay
        self.velocity = np.zeros_like(w)

    def __call__(self, gradient: Array) -> Array:
        self.velocity = self.momentum * self.velocity - self.rate * (gradient + self.decay * self.w)
        self.w = self.w + self.velocity
        return self.w


class RMSProp:
    """Called with a gradient (D,); returns the new weights (D,)."""

    def __init__(self, w: Array, rate: float, beta: float, epsilon: float) -> None:
        self.w, self.rate, self.beta, self.epsilon = w, rate, beta, epsilon
        self.square = np.zeros_like(w)

    def __call__(self, gradient: Array) -> Array:
        self.square = self.beta * self.square + (1 - self.beta) * gradient**2
        self.w = self.w - self.rate * gradient / (np.sqrt(self.square) + self.epsilon)
        return self.w


class Adam:
    """Called with a gradient (D,); returns the new weights (D,)."""

    def __init__(self, w: Array, rate: float, beta1: float, beta2: float) -> None:
        self.w, self.rate, self.beta1, self.beta2 = w, rate, beta1, beta2
        self.mean, self.square, self.t = np.zeros_like(w), np.zeros_like(w), 0

    def __call__(self, gradient: Array) -> Array:
        self.t += 1
        self.mean = self.beta1 * self.mean + (1 - self.beta1) * gradient
        self.square = self.beta2 * self.square + (1 - self.beta2) * gradient**2
        mean = self.mean / (1 - self.beta1**self.t)
        square = self.square / (1 - self.beta2**self.t)
        self.w = self.w - self.rate * mean / (np.sqrt(square) + 1e-8)
        return self.w


def sgd_path(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """Weights (T, D) after each step of `SGD`."""
    step = SGD(w, rate, momentum, decay)
    return np.stack([step(gradient) for gradient in gradients])


def rmsprop_path(w: Array, rate: float, beta: float, epsilon: float, gradients: Array) -> Array:
    """Weights (T, D) after each step of `RMSProp`."""
    step = RMSProp(w, rate, beta, epsilon)
    return np.stack([step(gradient) for gradient in gradients])


def adam_path(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """Weights (T, D) after each step of `Adam`."""
    step = Adam(w, rate, beta1, beta2)
    return np.stack([step(gradient) for gradient in gradients])


def nesterov(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int) -> Array:
    """The weights after each step (T, D)."""
    velocity, path = np.zeros_like(w), []
    for _ in range(steps):
        ahead = w + eta * velocity
        velocity = eta * velocity - rate * (A @ ahead - b)
        w = w + velocity
        path.append(w)
    return np.stack(path)


def newton(X: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """The weights after each step (T, D)."""
    path = []
    for _ in range(steps):
        p = 1 / (1 + np.exp(-(X @ w)))
        gradient = X.T @ (p - y)
        hessian = X.T @ ((p * (1 - p))[:, None] * X)
        w = w - np.linalg.solve(hessian + rho * np.eye(len(w)), gradient)
        path.append(w)
    return np.stack(path)
