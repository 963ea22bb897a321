"""Wrong answers to code that sums over all states or over a table; each function says what is wrong with it."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.worked_generative_exact import bound, pair_model


def data_only(X: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    """Gradients of the score alone."""
    log_p, _, _ = pair_model(X, W, b)
    return log_p, X.T @ X / len(X) / 2, np.asarray(X.mean(axis=0))


def not_halved(X: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    """The half of the pair term forgotten in dW."""
    log_p, dW, db = pair_model(X, W, b)
    return log_p, 2 * dW, db


def summed(X: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    """Sums over the data in place of means."""
    log_p, dW, db = pair_model(X, W, b)
    return np.asarray(log_p * len(X)), dW * len(X), db * len(X)


def turned(X: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    """Model minus data."""
    log_p, dW, db = pair_model(X, W, b)
    return log_p, -dW, -db


def over_data(X: Array, W: Array, b: Array) -> tuple[Array, Array, Array]:
    """The partition function summed over the data's vectors only."""
    scores = 0.5 * np.sum(X @ W * X, axis=1) + X @ b
    weights = np.exp(scores - scores.max())
    chances = weights / weights.sum()
    log_Z = scores.max() + np.log(weights.sum())
    dW = 0.5 * (X.T @ X / len(X) - (X * chances[:, None]).T @ X)
    return np.asarray(scores.mean() - log_Z), dW, np.asarray(X.mean(axis=0) - chances @ X)


def no_entropy(L: Array, p: Array, Q: Array) -> tuple[Array, Array]:
    """The entropy of q left out of the bound."""
    found, gap = bound(L, p, Q)
    lacking = np.sum(Q * (L + np.log(p)))
    return np.asarray(lacking), np.asarray(found + gap - lacking)


def cost_added(L: Array, p: Array, Q: Array) -> tuple[Array, Array]:
    """The KL divergence to the prior added."""
    found, gap = bound(L, p, Q)
    wrong = 2 * np.sum(Q * L) - found
    return np.asarray(wrong), np.asarray(found + gap - wrong)


def gap_to_prior(L: Array, p: Array, Q: Array) -> tuple[Array, Array]:
    """The KL divergence to the prior given as the gap."""
    found, _ = bound(L, p, Q)
    return found, np.asarray(np.sum(Q * L) - found)


def shared_cause(L: Array, p: Array, Q: Array) -> tuple[Array, Array]:
    """The evidence of one z behind all observations."""
    found, _ = bound(L, p, Q)
    return found, np.asarray(np.logaddexp.reduce(L.sum(axis=0) + np.log(p)) - found)


def averaged(L: Array, p: Array, Q: Array) -> tuple[Array, Array]:
    """Means over the observations in place of sums."""
    found, gap = bound(L, p, Q)
    return np.asarray(found / len(L)), np.asarray(gap / len(L))
