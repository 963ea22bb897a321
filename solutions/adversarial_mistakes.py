"""Wrong references for code on adversarial learning, each one slip away from the right one."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array
from solutions.worked_adversarial import gan_losses, sigmoid


def losses_swapped(s: Array, u: Array) -> Any:
    """Gives the two generator losses and their gradients in exchanged places."""
    judged, minimax, other, by_s, by_u, by_minimax, by_other = gan_losses(s, u)
    return judged, other, minimax, by_s, by_u, by_other, by_minimax


def losses_summed(s: Array, u: Array) -> Any:
    """Sums over each class."""
    N, M = len(s), len(u)
    judged, minimax, other, by_s, by_u, by_minimax, by_other = gan_losses(s, u)
    return judged, minimax, other, by_s * N, by_u * M, by_minimax * M, by_other * M


def losses_value(s: Array, u: Array) -> Any:
    """Gives the value, not the loss, of the discriminator."""
    judged, minimax, other, by_s, by_u, by_minimax, by_other = gan_losses(s, u)
    return -judged, minimax, other, -by_s, -by_u, by_minimax, by_other


def losses_by_output(s: Array, u: Array) -> Any:
    """Gives gradients by the outputs, not by the logits."""
    judged, minimax, other, by_s, by_u, by_minimax, by_other = gan_losses(s, u)
    with np.errstate(all="ignore"):
        ds, du = sigmoid(s) * sigmoid(-s), sigmoid(u) * sigmoid(-u)
        return judged, minimax, other, by_s / ds, by_u / du, by_minimax / du, by_other / du


def losses_naive(s: Array, u: Array) -> Any:
    """Takes logarithms of outputs that have become 0 or 1."""
    _, _, _, *slopes = gan_losses(s, u)
    with np.errstate(all="ignore"):
        D, E = 1 / (1 + np.exp(-s)), 1 / (1 + np.exp(-u))
        fooled = np.mean(np.log(1 - E))
        return -np.mean(np.log(D)) - fooled, fooled, -np.mean(np.log(E)), *slopes


def _train(
    x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float, *, old: bool = False, up: float = 1.0,
    minimax: bool = False, fixed: bool = False,
) -> Any:  # fmt: skip
    rows = []
    for real, noise in zip(x, z, strict=True):
        fake = noise @ A + c
        missing, fooled = sigmoid(-(real @ w + b)), sigmoid(fake @ w + b)
        new_w = w + up * rate * (missing @ real - fooled @ fake) / len(real)
        new_b = b + up * rate * float(np.mean(missing) - np.mean(fooled))
        at_w, at_b = (w, b) if old else (new_w, new_b)
        logits = fake @ at_w + at_b
        pull = sigmoid(logits if minimax else -logits)[:, None] * at_w / len(noise)
        if not fixed:
            A = A + rate * noise.T @ pull
        c = c + rate * pull.sum(0)
        w, b = new_w, new_b
        rows.append((w, b, c))
    return tuple(np.stack([np.asarray(row[i]) for row in rows]) for i in range(3))


def train_together(x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float) -> Any:
    """Moves the generator by the old discriminator."""
    return _train(x, z, A, c, w, b, rate, old=True)


def train_down(x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float) -> Any:
    """Moves the discriminator down its value."""
    return _train(x, z, A, c, w, b, rate, up=-1.0)


def train_minimax(x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float) -> Any:
    """Uses the minimax loss for the generator."""
    return _train(x, z, A, c, w, b, rate, minimax=True)


def train_offset_alone(x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float) -> Any:
    """Does not move the generator's matrix."""
    return _train(x, z, A, c, w, b, rate, fixed=True)
