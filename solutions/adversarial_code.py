"""Losses, gradients and training of adversarial networks in PyTorch: what code questions are compared with."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def gan_losses(s: Array, u: Array) -> tuple[float, float, float, Array, Array, Array, Array]:
    """Discriminator loss, minimax and non-saturating generator losses; gradients of the first by s (N,) and u (M,), of
    the others by u (M,).

    s, u: logits on data and on samples. Each loss is made of means over its class.
    """
    import torch

    data, samples, zero = leaf(s), leaf(u), constant(0.0)
    judged = torch.logaddexp(zero, -data).mean() + torch.logaddexp(zero, samples).mean()
    minimax = -torch.logaddexp(zero, samples).mean()
    other = torch.logaddexp(zero, -samples).mean()
    by_data, by_samples = torch.autograd.grad(judged, (data, samples))
    (by_minimax,) = torch.autograd.grad(minimax, samples)
    (by_other,) = torch.autograd.grad(other, samples)
    values = (float(judged.item()), float(minimax.item()), float(other.item()))
    return *values, array(by_data), array(by_samples), array(by_minimax), array(by_other)


def losses_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `gan_losses`, one with logits of hundreds, of both signs: else a whole gradient is lost in rounding."""
    draw, calls = np.random.default_rng([seed, 31]), []
    for n, m, size in ((4, 3, 2.0), (2, 5, 1.0)):
        calls.append({"s": draw.normal(size=n) * size, "u": draw.normal(size=m) * size})
    signs = np.array([-1, 1, -1])
    calls.append({name: draw.uniform(100, 1000, size=3) * signs for name in "su"})
    return calls


def train_gan(x: Array, z: Array, A: Array, c: Array, w: Array, b: float, rate: float) -> tuple[Array, Array, Array]:
    """Discriminator weights (T, D), biases (T,) and generator offsets (T, D) after each round.

    x (T, B, D): data, z (T, B, K): noise. Samples z A + c, logits x w + b. A round: a step of ascent on the value with
    the samples held fixed, then a step of descent on the non-saturating loss in A and c, with the new discriminator.
    """
    import torch

    weights, bias, maker, offset, rows = constant(w), constant(b), constant(A), constant(c), []
    zero = constant(0.0)
    for real, noise in zip(constant(x), constant(z), strict=True):
        weights, bias = weights.detach().requires_grad_(), bias.detach().requires_grad_()
        fake = noise @ maker + offset
        value = -torch.logaddexp(zero, -(real @ weights + bias)).mean()
        value = value - torch.logaddexp(zero, fake @ weights + bias).mean()
        up = torch.autograd.grad(value, (weights, bias))
        weights, bias = (weights + rate * up[0]).detach(), (bias + rate * up[1]).detach()
        maker, offset = maker.detach().requires_grad_(), offset.detach().requires_grad_()
        loss = torch.logaddexp(zero, -((noise @ maker + offset) @ weights + bias)).mean()
        down = torch.autograd.grad(loss, (maker, offset))
        maker, offset = (maker - rate * down[0]).detach(), (offset - rate * down[1]).detach()
        rows.append((weights, bias, offset))
    stacked = [array(torch.stack([row[i] for row in rows])) for i in range(3)]
    return stacked[0], stacked[1], stacked[2]


def training_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `train_gan`."""
    draw, calls = np.random.default_rng([seed, 32]), []
    for t, n, d, k in ((3, 4, 2, 2), (4, 2, 1, 3), (2, 5, 3, 1)):
        calls.append({
            "x": draw.normal(size=(t, n, d)) + 1, "z": draw.normal(size=(t, n, k)), "A": draw.normal(size=(k, d)),
            "c": draw.normal(size=d), "w": draw.normal(size=d), "b": float(draw.normal()),
            "rate": float(draw.uniform(0.2, 1)),
        })  # fmt: skip
    return calls
