"""Second roads for the sheet of supervised learning: by enumeration, refitting, torch's losses and steps.

X  (N, D)  inputs, one example a row    y  (N,)  targets: real, or labels 0/1    w  (D,)  weights
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.generalisation import optimism, table_error
from solutions.regression import least_squares, ridge_weights
from solutions.regression_likelihood import logistic_hessian
from solutions.regularisation import descended, mask_moment, penalised_minimum
from solutions.sampling import batch_spread
from solutions.shrinkage import prior_strength
from solutions.supervised import minibatch_estimate, penalised_step


def least_empirical_risk(E: Array) -> float:
    """The smallest mean loss of K candidates; E (K, N): loss of each on each example."""
    return min(sum(float(loss) for loss in row) / len(row) for row in E)


def mean_training_loss(q: Array, l: Array) -> float:  # noqa: E741
    """The mean of the empirical risk of a fixed rule over all training sets of three pairs.

    q (J,): chances of the possible pairs; l (J,): losses on them.
    """
    sets = itertools.product(range(len(q)), repeat=3)
    return float(sum(np.prod(q[list(s)]) * l[list(s)].mean() for s in sets))


def training_error(N: float, D: float, sigma: float) -> float:
    """Expected mean squared error of least squares on its own targets."""
    return optimism(N, D, sigma, "train", "mean")


def fresh_error(N: float, D: float, sigma: float) -> float:
    """The same on new targets at the same inputs."""
    return optimism(N, D, sigma, "fresh", "mean")


def fold_mean(r: Array) -> float:
    """The mean over the folds of the mean squared residual of each fold; r (K, M): residuals, one fold a row."""
    return sum(sum(float(e) ** 2 for e in fold) / len(fold) for fold in r) / len(r)


def left_out_error(X: Array, y: Array) -> float:
    """The mean squared residual of N refits of least squares that each leave one example out."""
    rows = range(len(y))
    if len(y) <= X.shape[1]:
        return float("nan")
    found = []
    for held in rows:
        rest = [i for i in rows if i != held]
        found.append((y[held] - X[held] @ least_squares(X[rest], y[rest], y[rest], "plain")) ** 2)
    return float(np.mean(found))


def expected_error(f: Array, mu: float, sigma: float) -> float:
    """The mean squared error on a label mu plus or minus sigma over equally likely predictions f (K,)."""
    return table_error(f, mu, sigma**2)


def gaussian_loss(X: Array, y: Array, w: Array) -> float:
    """Minus the log-likelihood of normal noise of variance 1, less what is left of it at residuals of 0."""
    import torch

    targets = constant(y)
    fitted, perfect = (torch.distributions.Normal(mean, 1.0) for mean in (constant(X) @ constant(w), targets))
    log_prob: Any = (fitted.log_prob(targets) - perfect.log_prob(targets)).sum()  # type: ignore[no-untyped-call]
    return -float(log_prob)


def fit(X: Array, y: Array) -> Array:
    """The weights (D,) of least squares, by QR; none where there are fewer examples than weights."""
    if len(y) < X.shape[1]:
        return np.full(X.shape[1], np.nan)
    return least_squares(X, y, y, "plain")


def ridge(X: Array, y: Array, rho: float) -> Array:
    """The minimiser (D,) of |Xw - y|^2/2 + rho*|w|^2, by one Newton step."""
    return ridge_weights(X, y, rho, "half", 1)


def probability(x: Array, w: Array) -> float:
    """The probability of label 1, by torch's sigmoid."""
    import torch

    return float(torch.sigmoid(constant(w) @ constant(x)))


def cross_entropy(p: Array, y: Array) -> float:
    """The summed binary cross-entropy of probabilities p (N,), by torch."""
    import torch

    return float(torch.nn.functional.binary_cross_entropy(constant(p), constant(y), reduction="sum"))


def cross_entropy_of_scores(z: Array, y: Array) -> float:
    """The same of scores z (N,)."""
    import torch

    return float(torch.nn.functional.binary_cross_entropy_with_logits(constant(z), constant(y), reduction="sum"))


def hessian(X: Array, y: Array, w: Array) -> Array:
    """The Hessian (D, D) of the summed cross-entropy, by torch."""
    return logistic_hessian(X, y, w, 0.0, y, "sum")


def descent_step(w: Array, g: Array, eta: float) -> Array:
    """w (D,) after one step of torch's SGD with the gradient g."""
    return penalised_step(w, g, eta, 0.0, 1.0)


def decayed_step(w: Array, g: Array, eta: float, rho: float) -> Array:
    """w (D,) after one step of torch's SGD on L + rho*|w|^2, dL/dw = g."""
    return penalised_step(w, g, eta, rho, 1.0)


def shrunk_step(w: Array, g: Array, eta: float, rho: float) -> Array:
    """The minimiser (D,) of |v - (w - eta*g)|^2/(2*eta) + rho*|v|_1, by bisection."""
    return penalised_minimum(w - eta * g, 1.0, rho, 1.0, eta, "proximal")


def prior_weight(sigma: float, tau: float) -> float:
    """The weight of |w|^2 beside half the squared residuals that makes the minimum the posterior mode."""
    return prior_strength(sigma, tau, 4, "half", "normal")


def stopped(h: Array, u: Array, eta: float, t: float) -> Array:
    """The weights (D,) after t steps from 0 on the sum of h*(w - u)^2/2, step by step."""
    return np.array([descended(a, b, 0.0, eta, t, "weight") for a, b in zip(h, u, strict=True)])


def shrunk(h: Array, u: Array, rho: float) -> Array:
    """The minimiser (D,) of the sum of h*(w - u)^2/2 + rho*w^2, by one Newton step with torch's derivatives."""
    import torch

    weights = leaf(np.zeros_like(u))
    loss = (constant(h) * (weights - constant(u)) ** 2 / 2 + rho * weights**2).sum()
    (slope,) = torch.autograd.grad(loss, weights, create_graph=True)
    (curvature,) = torch.autograd.grad(slope.sum(), weights)
    return array(-slope / curvature)


def dropped_mean(x: Array, p: float) -> Array:
    """The mean (K,) of units under inverted dropout, over all masks."""
    found: Array = mask_moment(x, x, p, "drop-scaled", "mean")
    return found


def dropped_variance(x: Array, p: float) -> Array:
    """Their variance (K,)."""
    found: Array = mask_moment(x, x, p, "drop-scaled", "variance")
    return found


def batch_estimate(f: Array, N: float) -> float:
    """The estimate of a sum over N examples from a batch f (M,) of its terms, unbiased over all batches."""
    return minibatch_estimate(round(N), len(f), float(f.sum()))


def variance_without(N: float, M: float, v: float) -> float:
    """Variance of that estimate over all subsets of M; v: variance of the single terms, divided by N."""
    return batch_spread(N, M, v, "without", "sum", "variance")


def variance_with(N: float, M: float, v: float) -> float:
    """The same for batches drawn with replacement."""
    return batch_spread(N, M, v, "with", "sum", "variance")
