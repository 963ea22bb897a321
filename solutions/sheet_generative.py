"""Second roads to the formulas of the sheet on generative models: listing states, quadrature, drawing, torch."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant
from solutions.evidence_exact import gaussian, table
from solutions.evidence_gaussian import best_mean, best_variance
from solutions.evidence_gaussian import bound as gaussian_bound
from solutions.evidence_importance import moment
from solutions.generative_autoregressive import parameters
from solutions.generative_code import log_prob
from solutions.generative_exact import bound
from solutions.generative_variational import drawn_head, mean_field

DRAWS, SEED = 400_000, 5


def targets_given_inputs(J: Array) -> Array:
    """p(y | x) from the joint table of x (rows) and y, event by event."""
    found = np.zeros_like(J)
    for x, row in enumerate(J):
        happens = sum(float(value) for value in row)
        for y, value in enumerate(row):
            found[x, y] = float(value) / happens
    return found


def log_probability(x: Array, W: Array, b: Array) -> float:
    """log p of a binary vector in an autoregressive model, its probabilities scaled to sum to 1 over all vectors."""
    every = np.array(list(product((0.0, 1.0), repeat=len(x))))
    logs = log_prob(every, W, b)
    place = int((every == x).all(1).argmax())
    return float(logs[place] - np.logaddexp.reduce(logs))


def table_parameters(D: float) -> int:
    """Free parameters of D binary variables, each with a table for all before it."""
    return parameters("tables", int(D))


def logistic_parameters(D: float) -> int:
    """Free parameters where each is a logistic regression on all before it."""
    return parameters("logistic", int(D))


def state_probabilities(F: Array, theta: Array) -> Array:
    """Probabilities of the states with features F, by torch's softmax of the scores."""
    return array((constant(F) @ constant(theta)).softmax(0))


def drawn_square(A: Array, b: Array) -> float:
    """Mean squared length of A z + b over draws of a standard normal z."""
    z = np.random.default_rng(SEED).standard_normal((DRAWS, A.shape[1]))
    return float(((z @ A.T + b) ** 2).sum(1).mean())


def linear_log_density(A: Array, b: Array, z: Array) -> float:
    """log-density of x = A z + b at that point, from the covariance of x."""
    x, covariance = A @ z + b, A @ A.T
    away = x - b
    return float(-away @ np.linalg.solve(covariance, away) / 2 - np.linalg.slogdet(2 * np.pi * covariance)[1] / 2)


def scaled_log_density(s: Array, b: Array, z: Array) -> float:
    """log-density of x = exp(s) z + b at that point, by torch's normal distribution."""
    x, law = np.exp(s) * z + b, _laws()
    return float(law.Normal(constant(b), constant(s).exp()).log_prob(constant(x)).sum())


def log_normal_density(a: float, b: float, z: float) -> float:
    """log-density of x = exp(a z + b) at that point, by torch's log-normal distribution."""
    x = constant(np.exp(float(a) * float(z) + float(b)))
    return float(_laws().LogNormal(constant(b), constant(a)).log_prob(x))


def mixture_density(p: Array, m: Array, s: Array, x: float) -> float:
    """The density of a mixture of normals, by torch's `MixtureSameFamily`."""
    law = _laws()
    mixture = law.MixtureSameFamily(law.Categorical(constant(p)), law.Normal(constant(m), constant(s)))
    return float(mixture.log_prob(constant(x)).exp())


def posterior(p: Array, l: Array) -> Array:  # noqa: E741
    """p(z | x) from the joint table."""
    return table("posterior", l[None], p, l)


def own_causes(p: Array, A: Array) -> Array:
    """log-evidence of N observations, each with a z of its own: all K^N assignments."""
    return table("own", A, p, p)


def gaussian_log_evidence(x: float, w: float, b: float, sigma: float) -> float:
    """log p(x) of the linear-Gaussian model, z integrated out on a grid."""
    return float(np.log(gaussian("plain", x, w, b, sigma, 0.0, 1.0, 0.0, 0.5)))


def gaussian_mean(x: float, w: float, b: float, sigma: float) -> float:
    """The mean of z given x, by regression of z on x."""
    return best_mean(x, w, b, sigma)


def gaussian_variance(w: float, sigma: float) -> float:
    """The variance of z given x."""
    return best_variance(w, sigma)


def gaussian_elbo(x: float, w: float, b: float, sigma: float, mu: float, s: float) -> float:
    """The bound of the linear-Gaussian model by quadrature."""
    return gaussian_bound("bound", "s", x, w, b, sigma, mu, s, 0.0)


def weight_variance(p: Array, l: Array, q: Array, S: float) -> float:  # noqa: E741
    """Variance of the mean of S importance weights."""
    return moment("variance", p, l, q, S)


def evidence_less_distance(p: Array, l: Array, q: Array) -> float:  # noqa: E741
    """log p(x) minus the KL divergence from q to the posterior, by torch."""
    from torch.nn.functional import kl_div

    joint = constant(p) * constant(l)
    return float(joint.sum().log() - kl_div((joint / joint.sum()).log(), constant(q), reduction="sum"))


def summed_bound(p: Array, A: Array, Q: Array) -> Array:
    """The bound on the log-evidence of N observations with likelihoods A (N, K)."""
    return bound(np.log(A), p, Q)[0]


def factor_variance(s: float, rho: float) -> float:
    """Variance of the first factor of the best factorised q, for a normal posterior of equal variances s."""
    return mean_field("variance", s, s, float(rho) * float(s))


def head_averaged(n: float, k: float, a: float, b: float) -> float:
    """The chance of heads averaged over the posterior, with the prior Beta(a, b)."""
    return drawn_head("bayes", int(n), int(k), int(a), int(b))


def _laws() -> Any:
    """torch.distributions, whose methods are not typed."""
    import torch

    return torch.distributions
