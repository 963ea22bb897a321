"""Second roads to the formulas of the sheet on variational inference: ascent, quadrature, listing cases, torch."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant
from solutions.gaussian_bound import sampled
from solutions.gaussian_divergence import divergence
from solutions.gaussian_estimates import estimate
from solutions.mixtures_code import gradient_e_step
from solutions.mixtures_regressions import weighted_fit
from solutions.mixtures_steps import climbed
from solutions.montecarlo_batches import variance
from solutions.montecarlo_discrete import best_baseline
from solutions.montecarlo_variances import path_variance, score_variance
from solutions.variational_chains import chain_parameters, counts
from solutions.variational_factors import best_factor
from solutions.variational_fixed import bound as quadrature
from solutions.variational_fixed import drawn_fit, mean_under
from solutions.variational_free import ascended, bound
from solutions.variational_orders import product_bound
from solutions.variational_variance import conditional


def free_form(p: Array, A: Array) -> Array:
    """The q with the largest bound for one z behind N observations, by mirror ascent."""
    prior, logs = constant(p), constant(A).log().sum(0)
    return ascended(lambda q: bound(q, prior, logs), len(p))


def fixed_mean(x: float, w: float, b: float, v: float, c: float) -> float:
    """The mean of the Gaussian with the largest bound, by parabolas through the log-joint."""
    return drawn_fit(w, b, x, v, c)[0]


def fixed_variance(x: float, w: float, b: float, v: float, c: float) -> float:
    """The variance of the Gaussian with the largest bound."""
    return drawn_fit(w, b, x, v, c)[1]


def regressed(y: Array, W: Array, b: Array, v: float) -> Array:
    """The posterior mean of z, by least squares with rows for the prior."""
    return weighted_fit(W, y - b, np.ones(len(y)), v, 1.0)


def count_bound(k: float, m: float, s: float) -> float:
    """The bound for a count with the rate exp(z) without log k!, by quadrature."""
    return quadrature(m, 0.0, s, 0.0, k, "count", "s")


def first_factor(P: Array, r: Array) -> Array:
    """The best factor of the first variable, by mirror ascent."""
    return best_factor(np.log(P), r)


def factored_bound(P: Array, w: Array, r: Array) -> float:
    """log p(x) less the KL divergence from the product of both factors to the posterior."""
    return product_bound(P, w, r)


def factor_means(Lambda: Array, mu: Array, n: Array) -> Array:
    """Means of each variable of N(mu, inverse of Lambda) where all others are at n, from blocks of the covariance."""
    S, found = np.linalg.inv(Lambda), []
    for i in range(len(n)):
        rest = np.delete(np.arange(len(n)), i)
        found.append(mu[i] + S[i, rest] @ np.linalg.solve(S[np.ix_(rest, rest)], (n - mu)[rest]))
    return np.array(found)


def factor_variances(Lambda: Array) -> Array:
    """Variances of each variable given all others, from blocks of the covariance."""
    return conditional(_inverse(Lambda))


def factors_apart(Lambda: Array) -> float:
    """KL from the product of the best factors to the posterior."""
    S, zero = _inverse(Lambda), np.zeros(len(Lambda))
    return divergence(zero, np.diag(conditional(S)), zero, S)


def correlated(a: float, s: float, t: float) -> float:
    """The correlation of z1 = s e1 and z2 = a z1 + t e2, from the precision matrix of their joint density."""
    precision = np.array([[1 / s**2 + a**2 / t**2, -a / t**2], [-a / t**2, 1 / t**2]])
    covariance = np.linalg.inv(precision)
    return float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))


def chained(n: float, k: float) -> int:
    """Chances of a chain of order k over n binary variables, by listing the states that each depends on."""
    return chain_parameters(int(n), int(k))


def blocks(h: float, g: float) -> int:
    """Chances of h blocks of g binary variables, by listing the states of a block."""
    return counts(int(h) * int(g), int(g))[1]


def to_prior(mu: Array, s: Array) -> float:
    """KL from N(mu, diag(s^2)) to the standard normal, by torch."""
    law = _laws()
    return float(law.kl_divergence(law.Normal(constant(mu), constant(s)), law.Normal(0.0, 1.0)).sum())


def between(m: float, s: float, n: float, t: float) -> float:
    """KL from N(m, s^2) to N(n, t^2), by torch."""
    law = _laws()
    return float(law.kl_divergence(*(law.Normal(constant(a), constant(b)) for a, b in ((m, s), (n, t)))))


def full_to_prior(mu: Array, S: Array) -> float:
    """KL from N(mu, S) to the standard normal, from points that are exact for parabolas."""
    return divergence(mu, S, np.zeros(len(mu)), np.eye(len(mu)))


def linear_bound(y: Array, W: Array, b: Array, v: float, mu: Array, s: Array) -> float:
    """The bound of a linear decoder with Gaussian noise of variance v, from points that are exact for parabolas."""
    return sampled(y - b, W, mu, s**2, np.full(len(y), float(v)))


def sampled_bound(x: Array, W: Array, b: Array, mu: Array, s: Array, e: Array) -> float:
    """The bound with one sample of binary x, by torch's distributions."""
    return estimate(mu, s, s, s, e, W, b, x, x, x, x, 1.0, "bernoulli", "s")


def climbed_logits(P: Array, a: Array, eta: float) -> Array:
    """Logits of q after one step of ascent on the bound, by autograd."""
    return np.asarray(gradient_e_step(np.log(P)[None], np.ones(len(P)), a[None], eta, 1)[0][0, 0])


def responsibilities(A: Array, w: Array) -> Array:
    """Posteriors of the component (N, K): slopes of the log evidence by the log joint."""
    import torch

    logs = constant(A * w).log().requires_grad_()
    return array(torch.autograd.grad(torch.logsumexp(logs, 1).sum(), logs)[0])


def fitted_means(R: Array, x: Array) -> Array:
    """Means that maximise the expected log joint, by bisection on its slope."""
    return np.array([_fitted(r, x)[0] for r in R.T])


def fitted_variances(R: Array, x: Array) -> Array:
    """Variances that maximise it, around those means."""
    return np.array([_fitted(r, x)[1] for r in R.T])


def _fitted(r: Array, x: Array) -> tuple[float, float]:
    """Mean and variance of one component with the responsibilities r (N,)."""
    shares, points = constant(r), constant(x)
    mean = climbed(lambda m: -(shares * (points - m) ** 2).sum(), float(x.min()), float(x.max()))
    around = (points - mean) ** 2
    return mean, climbed(lambda v: -(shares * (v.log() + around / v)).sum(), 1e-9, float(np.ptp(x)) ** 2)


def fitted_weights(R: Array) -> Array:
    """Weights that maximise it, each against all others, by bisection."""
    return np.array([_fitted_weight(float(count), len(R)) for count in R.sum(0)])


def _fitted_weight(count: float, total: int) -> float:
    return climbed(lambda p: count * p.log() + (total - count) * (1 - p).log(), 1e-9, 1 - 1e-9)


def fitted_slope(x: Array, m: Array, s: Array) -> float:
    """The slope of a linear decoder that maximises the mean log-likelihood, from three values of that parabola."""
    low, high = (sum(_misfit(slope, *one) for one in zip(x, m, s, strict=True)) for slope in (-1.0, 1.0))
    middle = sum(_misfit(0.0, *one) for one in zip(x, m, s, strict=True))
    return (low - high) / (2 * (low - 2 * middle + high))


def _misfit(slope: float, x: float, m: float, s: float) -> float:
    """The mean squared distance of x from slope·z for z ~ N(m, s^2), by quadrature."""
    return mean_under(lambda z: (x - slope * z) ** 2, float(m), float(s) ** 2)


def running_mean(c: float, d: float, rho: float, r: Array, y: Array) -> float:
    """The mean of a component after a minibatch, by least squares on all data that the averages stand for."""
    places = np.append(y, d / c)
    shares = np.append(rho * r / len(r), (1 - rho) * c)
    return float(weighted_fit(np.ones((len(places), 1)), places, shares, 1.0, 0.0)[0])


def kept_one(N: float, g: Array) -> float:
    """The mean over which point and which sample of it is kept, of N times its gradient."""
    return float(np.mean([N * float(np.mean([float(value) for value in row])) for row in g]))


def drawn_variance(N: float, M: float, K: float, A: float, V: float) -> float:
    """The variance of the estimate of a sum, listing all minibatches and all signs of the noise."""
    return variance(int(N), int(M), int(K), A, V, "sum", "with")


def flat_baseline(p: float, f1: float, f0: float) -> float:
    """The baseline of least variance for one binary variable, from three variances."""
    return best_baseline("heads", p, 0.5, f0, f1, 0.0)


def score_spread(m: float, s: float, c: float) -> float:
    """The variance of one score-function estimate for z^2 + c, by quadrature."""
    return score_variance(m, s, c, "z**2 + c")


def path_spread(m: float, s: float, c: float) -> float:
    """The variance of one pathwise estimate for z^2 + c, by quadrature."""
    return path_variance(m, s, c, "z**2 + c")


def _inverse(matrix: Array) -> Array:
    return np.asarray(np.linalg.inv(matrix), dtype=np.float64)


def _laws() -> Any:
    """torch.distributions, whose methods are not typed."""
    import torch

    return torch.distributions
