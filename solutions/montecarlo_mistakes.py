"""Wrong references for code on Monte Carlo gradients, each one slip away from the right one."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array


def _parts(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> tuple[Array, Array, Array]:
    scale = np.exp(rho)
    z = mu + scale * eps
    return scale, z @ A + b, np.sum((z @ A) * z, axis=1) / 2 + z @ b


def _sampled(
    mu: Array, rho: Array, eps: Array, A: Array, b: Array, *, inner: str = "full", base: str = "others"
) -> Any:
    scale, slope, f = _parts(mu, rho, eps, A, b)
    K = len(eps)
    path = {"full": slope * scale * eps, "no-noise": slope * scale, "no-scale": slope * eps}[inner]
    weight = {"others": (f - f.mean()) * K / (K - 1), "none": f, "all": f - f.mean()}[base]
    return slope.mean(0), path.mean(0), weight @ (eps / scale) / K, weight @ (eps**2 - 1) / K


def sampled_no_noise(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> Any:
    """Leaves the noise out of the pathwise gradient by rho."""
    return _sampled(mu, rho, eps, A, b, inner="no-noise")


def sampled_by_sigma(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> Any:
    """Gives the pathwise gradient by sigma, not by its logarithm."""
    return _sampled(mu, rho, eps, A, b, inner="no-scale")


def sampled_no_baseline(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> Any:
    """Subtracts no baseline."""
    return _sampled(mu, rho, eps, A, b, base="none")


def sampled_own_in_baseline(mu: Array, rho: Array, eps: Array, A: Array, b: Array) -> Any:
    """Takes the mean of all samples, the own one too, as baseline."""
    return _sampled(mu, rho, eps, A, b, base="all")


def _doubly(
    x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array, *, factor: bool = True,
    average: bool = True, kl: str = "scaled",
) -> Any:  # fmt: skip
    scale = len(x) / len(batch) if factor else 1.0
    z = mu[batch][:, None] + sigma[batch][:, None] * eps
    left = x[batch][:, None] - theta * z
    reduce = np.mean if average else np.sum
    by_mu = np.zeros(len(x))
    pull = {"scaled": scale, "once": 1.0, "none": 0.0}[kl] * mu[batch]
    by_mu[batch] = scale * theta * reduce(left, axis=1) - pull
    return scale * np.sum(reduce(left * z, axis=1)), by_mu


def doubly_unscaled(x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array) -> Any:
    """Does not scale the minibatch up."""
    return _doubly(x, mu, sigma, theta, batch, eps, factor=False)


def doubly_summed(x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array) -> Any:
    """Sums over the latent samples."""
    return _doubly(x, mu, sigma, theta, batch, eps, average=False)


def doubly_kl_once(x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array) -> Any:
    """Does not scale the KL of the minibatch up."""
    return _doubly(x, mu, sigma, theta, batch, eps, kl="once")


def doubly_no_kl(x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array) -> Any:
    """Leaves the KL out."""
    return _doubly(x, mu, sigma, theta, batch, eps, kl="none")


def doubly_mean(x: Array, mu: Array, sigma: Array, theta: float, batch: Array, eps: Array) -> Any:
    """Estimates the mean over the data, not the sum."""
    by_theta, by_mu = _doubly(x, mu, sigma, theta, batch, eps)
    return by_theta / len(x), by_mu / len(x)
