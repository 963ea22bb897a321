"""Wrong references for code on glimpses, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.worked_glimpses import (
    estimator_moments,
    gaussian_glimpse,
    policy_gradient,
    sample_glimpses,
)

Glimpse = tuple[Array, Array, float]


def gradient_of_loss(a: Array, k: Array, loss: Array) -> Array:
    """Takes the loss for the reward."""
    return -policy_gradient(a, k, loss)


def gradient_own_baseline(a: Array, k: Array, loss: Array) -> Array:
    """Takes the mean over all samples, the own one included, as the baseline."""
    M = len(k)
    return policy_gradient(a, k, loss) * (M - 1) / M


def gradient_summed(a: Array, k: Array, loss: Array) -> Array:
    """Adds the samples up."""
    return policy_gradient(a, k, loss) * len(k)


def gradient_no_baseline(a: Array, k: Array, loss: Array) -> Array:
    """Uses the reward as it is."""
    return np.asarray(-loss @ _score(a, k) / len(k), dtype=np.float64)


def gradient_weighted(a: Array, k: Array, loss: Array) -> Array:
    """Weights each sample with its probability once more."""
    M, reward, score = len(k), -loss, _score(a, k)
    p = _softmax(a)[np.asarray(k, dtype=int)]
    direction: Array = ((reward - (reward.sum() - reward) / (M - 1)) * p) @ score / M
    return direction


def sample_argmax(a: Array, r: Array) -> tuple[Array, Array]:
    """Takes the likeliest place always."""
    k = np.full(len(r), int(a.argmax()))
    return np.stack([k // a.shape[1], k % a.shape[1]], axis=1).astype(float), np.log(_softmax(a.ravel()))[k]


def sample_by_columns(a: Array, r: Array) -> tuple[Array, Array]:
    """Counts the places column by column."""
    places, logs = sample_glimpses(a.T, r)
    return places[:, ::-1].copy(), logs


def sample_by_rows(a: Array, r: Array) -> tuple[Array, Array]:
    """Normalises each row of the map by itself for the log-probabilities."""
    places, _ = sample_glimpses(a, r)
    index = places.astype(int)
    rows = np.log(np.stack([_softmax(row) for row in a]))
    return places, rows[index[:, 0], index[:, 1]]


def sample_scores(a: Array, r: Array) -> tuple[Array, Array]:
    """Returns scores instead of log-probabilities."""
    places, _ = sample_glimpses(a, r)
    index = places.astype(int)
    return places, a[index[:, 0], index[:, 1]]


def window_no_square(X: Array, mu: Array, sigma: float, delta: float, n: int, G: Array) -> Glimpse:
    """Divides by 2 sigma instead of 2 sigma**2."""
    return gaussian_glimpse(X, mu, float(np.sqrt(sigma)), delta, n, G)


def window_no_half(X: Array, mu: Array, sigma: float, delta: float, n: int, G: Array) -> Glimpse:
    """Divides by sigma**2 instead of twice that."""
    v, dmu, dsigma = gaussian_glimpse(X, mu, sigma / float(np.sqrt(2)), delta, n, G)
    return v, dmu, dsigma / float(np.sqrt(2))


def window_exchanged(X: Array, mu: Array, sigma: float, delta: float, n: int, G: Array) -> Glimpse:
    """Takes the first entry of mu for the column."""
    v, dmu, dsigma = gaussian_glimpse(X, mu[::-1].copy(), sigma, delta, n, G)
    return v, dmu[::-1].copy(), dsigma


def window_fixed_normaliser(X: Array, mu: Array, sigma: float, delta: float, n: int, G: Array) -> Glimpse:
    """Ignores in the derivatives that the sum below depends on mu and sigma."""
    steps = (np.arange(n) - (n - 1) / 2) * delta
    F, M, S = [], [], []
    for size, centre in zip(X.shape, mu, strict=True):
        d = np.arange(size) - (centre + steps)[:, None]
        weights = np.stack([_softmax(row) for row in -(d**2) / (2 * sigma**2)])
        F.append(weights)
        M.append(weights * d / sigma**2)
        S.append(weights * d**2 / sigma**3)
    dmu = np.array([np.sum(G * (M[0] @ X @ F[1].T)), np.sum(G * (F[0] @ X @ M[1].T))])
    dsigma = np.sum(G * (S[0] @ X @ F[1].T)) + np.sum(G * (F[0] @ X @ S[1].T))
    return F[0] @ X @ F[1].T, dmu, float(dsigma)


def _score(a: Array, k: Array) -> Array:
    result: Array = np.eye(len(a))[np.asarray(k, dtype=int)] - _softmax(a)
    return result


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max())
    result: Array = e / e.sum()
    return result


def moments_second(a: Array, loss: Array, b: float) -> tuple[Array, Array]:
    """Gives the mean of the squares instead of the variance."""
    mean, variance = estimator_moments(a, loss, b)
    return mean, variance + mean**2


def moments_of_loss(a: Array, loss: Array, b: float) -> tuple[Array, Array]:
    """Takes the loss for the reward."""
    return estimator_moments(a, -loss, b)


def moments_unweighted(a: Array, loss: Array, b: float) -> tuple[Array, Array]:
    """Weights all glimpses alike."""
    estimates = (-loss - b)[:, None] * (np.eye(len(a)) - _softmax(a))
    return estimates.mean(axis=0), estimates.var(axis=0)


def moments_no_mean(a: Array, loss: Array, b: float) -> tuple[Array, Array]:
    """Forgets that the scores of all glimpses act on log P."""
    p, estimates = _softmax(a), (-loss - b)[:, None] * np.eye(len(a))
    mean = p @ estimates
    return mean, p @ estimates**2 - mean**2
