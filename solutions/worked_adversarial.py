"""Model answers to code questions on adversarial learning, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def sigmoid(t: Array) -> Array:
    """The sigmoid, without overflow."""
    small = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + small), small / (1 + small))


def softplus(t: Array) -> Array:
    """log(1 + exp(t)), without overflow."""
    return np.asarray(np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t))))


def gan_losses(s: Array, u: Array) -> tuple[float, float, float, Array, Array, Array, Array]:
    """Three losses, then the gradients by s, u, u and u."""
    N, M = len(s), len(u)
    judged = float(np.mean(softplus(-s)) + np.mean(softplus(u)))
    minimax = -float(np.mean(softplus(u)))
    other = float(np.mean(softplus(-u)))
    return judged, minimax, other, -sigmoid(-s) / N, sigmoid(u) / M, -sigmoid(u) / M, -sigmoid(-u) / M


def train_gan(x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float) -> tuple[Array, Array, Array]:
    """Weights (T, D), biases (T,) and offsets (T, D) after each round."""
    weights, biases, offsets = [], [], []
    for real, noise in zip(x, z, strict=True):
        fake = noise @ A + c
        missing = sigmoid(-(real @ w + b))  # 1 - D on data
        fooled = sigmoid(fake @ w + b)  # D on samples
        w = w + rate * (missing @ real - fooled @ fake) / len(real)
        b = b + rate * float(np.mean(missing) - np.mean(fooled))
        pull = sigmoid(-(fake @ w + b))[:, None] * w / len(noise)  # minus the loss's gradient at the samples
        A = A + rate * noise.T @ pull
        c = c + rate * pull.sum(axis=0)
        weights.append(w)
        biases.append(b)
        offsets.append(c)
    return np.stack(weights), np.array(biases), np.stack(offsets)
