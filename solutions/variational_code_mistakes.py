"""Wrong references for code on variational inference, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_variational as right
from solutions.arrays import Array

Three = tuple[Array, Array, Array]


def kl_no_variance(mu: Array, logvar: Array, weight: float) -> Three:
    """Leaves the variance out of the KL and its gradient."""
    kl = 0.5 * (mu**2 - 1 - logvar).sum(axis=1)
    return kl, weight * mu / len(mu), np.full_like(mu, -weight / 2 / len(mu))


def kl_as_deviation(mu: Array, logvar: Array, weight: float) -> Three:
    """Takes logvar for the logarithm of the standard deviation."""
    return right.kl_to_prior(mu, 2 * logvar, weight)


def kl_averaged(mu: Array, logvar: Array, weight: float) -> Three:
    """Averages over the components, too."""
    kl, dmu, dlogvar = right.kl_to_prior(mu, logvar, weight)
    return kl / mu.shape[1], dmu / mu.shape[1], dlogvar / mu.shape[1]


def kl_summed(mu: Array, logvar: Array, weight: float) -> Three:
    """Sums over the examples in the gradients."""
    return right.kl_to_prior(mu, logvar, weight)[0], weight * mu, weight * (np.exp(logvar) - 1) / 2


def kl_unweighted(mu: Array, logvar: Array, weight: float) -> Three:
    """Forgets the weight."""
    return right.kl_to_prior(mu, logvar, 1.0)


def kl_by_variance(mu: Array, logvar: Array, weight: float) -> Three:
    """Gives the gradient by the variance."""
    kl, dmu, _ = right.kl_to_prior(mu, logvar, weight)
    return kl, dmu, weight * (1 - np.exp(-logvar)) / 2 / len(mu)


def field_log_of_mean(P: Array, q1: Array, q2: Array, sweeps: int) -> Three:
    """Averages probabilities instead of their logarithms."""
    logs, bounds = np.log(P), []
    for _ in range(sweeps):
        q1 = P @ q2 / (P @ q2).sum()
        q2 = q1 @ P / (q1 @ P).sum()
        bounds.append(q1 @ logs @ q2 - q1 @ np.log(q1) - q2 @ np.log(q2))
    return q1, q2, np.array(bounds)


def field_at_once(P: Array, q1: Array, q2: Array, sweeps: int) -> Three:
    """Updates both factors from the old ones."""
    logs, bounds = np.log(P), []
    for _ in range(sweeps):
        q1, q2 = _normalised(logs @ q2), _normalised(q1 @ logs)
        bounds.append(q1 @ logs @ q2 - q1 @ np.log(q1) - q2 @ np.log(q2))
    return q1, q2, np.array(bounds)


def field_other_order(P: Array, q1: Array, q2: Array, sweeps: int) -> Three:
    """Updates q2 first."""
    second, first, bounds = right.mean_field(P.T, q2, q1, sweeps)
    return first, second, bounds


def field_no_entropy(P: Array, q1: Array, q2: Array, sweeps: int) -> Three:
    """Leaves the entropies out of the bound."""
    bounds = []
    for _ in range(sweeps):
        q1, q2, _ = right.mean_field(P, q1, q2, 1)
        bounds.append(q1 @ np.log(P) @ q2)
    return q1, q2, np.array(bounds)


def field_marginals(P: Array, q1: Array, q2: Array, sweeps: int) -> Three:
    """Takes the exact marginals as factors."""
    q1, q2 = P.sum(1) / P.sum(), P.sum(0) / P.sum()
    bound = q1 @ np.log(P) @ q2 - q1 @ np.log(q1) - q2 @ np.log(q2)
    return q1, q2, np.full(sweeps, bound)


def _normalised(logs: Array) -> Array:
    values = np.exp(logs)
    return np.asarray(values / values.sum())


def poisson_no_half(x: Array, m: float, s: float, rate: float, steps: int) -> tuple[Array, Array]:
    """Takes exp(m) for the mean of exp(z)."""
    return _poisson(x, m, s, rate, steps, spread=0.0)


def poisson_descent(x: Array, m: float, s: float, rate: float, steps: int) -> tuple[Array, Array]:
    """Steps against the gradient of the bound."""
    with np.errstate(over="ignore", invalid="ignore"):
        return right.poisson_fit(x, m, s, -rate, steps)


def poisson_one_count(x: Array, m: float, s: float, rate: float, steps: int) -> tuple[Array, Array]:
    """Counts the rate once instead of once for each observation."""
    return _poisson(x, m, s, rate, steps, times=1)


def poisson_no_prior(x: Array, m: float, s: float, rate: float, steps: int) -> tuple[Array, Array]:
    """Leaves the KL to the prior out, but keeps the entropy."""
    return _poisson(x, m, s, rate, steps, prior=0.0)


def _poisson(
    x: Array, m: float, s: float, rate: float, steps: int, spread: float = 0.5, times: int = 0, prior: float = 1.0
) -> tuple[Array, Array]:
    path, bounds, n, total = [], [], times or len(x), x.sum()
    for _ in range(steps):
        variance = np.exp(2 * s)
        expected = np.exp(m + spread * variance)
        m, s = (
            m + rate * (total - n * expected - prior * m),
            s + rate * (1 - prior * variance - 2 * spread * n * expected * variance),
        )
        fit = total * m - n * np.exp(m + spread * np.exp(2 * s))
        path.append([m, s])
        bounds.append(fit - 0.5 * (prior * (np.exp(2 * s) + m**2) - 1 - 2 * s))
    return np.array(path), np.array(bounds)
