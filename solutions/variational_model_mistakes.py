"""Wrong references for code on a small variational auto-encoder, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_variational as right
from solutions.arrays import Array

Three = tuple[Array, Array, Array]


def vae_variance(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> Three:
    """Takes exp of the log-variance for the standard deviation of the sample."""
    return _bound(X, A, B, V, c, E, half=1.0)


def vae_kl_added(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> Three:
    """Adds the KL."""
    return _bound(X, A, B, V, c, E, weight=-1.0)


def vae_kl_averaged(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> Three:
    """Averages the KL over the latent variables."""
    return _bound(X, A, B, V, c, E, weight=1 / A.shape[1])


def vae_negated(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> Three:
    """Returns the loss and its gradient."""
    Z, F, dV = right.vae_bound(X, A, B, V, c, E)
    return Z, -F, -dV


def vae_summed(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> Three:
    """Gives the gradient of the sum over the rows."""
    Z, F, dV = right.vae_bound(X, A, B, V, c, E)
    return Z, F, dV * len(X)


def vae_no_noise(X: Array, A: Array, B: Array, V: Array, c: Array, E: Array) -> Three:
    """Decodes the mean."""
    return right.vae_bound(X, A, B, V, c, 0 * E)


def _bound(
    X: Array, A: Array, B: Array, V: Array, c: Array, E: Array, half: float = 0.5, weight: float = 1.0
) -> Three:  # fmt: skip
    mean, logvar = X @ A, X @ B
    Z = mean + np.exp(half * logvar) * E
    logits = Z @ V + c
    fit = (X * logits - np.logaddexp(0, logits)).sum(axis=1)
    kl = 0.5 * (np.exp(logvar) + mean**2 - 1 - logvar).sum(axis=1)
    return Z, fit - weight * kl, Z.T @ (X - np.exp(-np.logaddexp(0, -logits))) / len(X)
