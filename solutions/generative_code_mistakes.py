"""Wrong answers to code questions on generative models; each function says what is wrong with it."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def _parts(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> tuple[Array, Array, Array]:
    half = np.log(2 * np.pi) / 2
    likelihood = -(((x[:, None] - w * z - b) / sigma) ** 2) / 2 - np.log(sigma) - half
    proposal = -(((z - m[:, None]) / s[:, None]) ** 2) / 2 - np.log(s[:, None]) - half
    return likelihood, -(z**2) / 2 - half, proposal


def _log_mean(values: Array) -> Array:
    return np.asarray(np.logaddexp.reduce(values, axis=1) - np.log(values.shape[1]))


def evidence_no_weight(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """The likelihood averaged, as if z came from the prior."""
    return _log_mean(_parts(x, z, m, s, w, b, sigma)[0])


def evidence_inverted(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """Proposal over prior."""
    likelihood, prior, proposal = _parts(x, z, m, s, w, b, sigma)
    return _log_mean(likelihood - prior + proposal)


def evidence_log_inside(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """The mean of the logarithms."""
    likelihood, prior, proposal = _parts(x, z, m, s, w, b, sigma)
    return np.asarray((likelihood + prior - proposal).mean(axis=1))


def evidence_sum(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """The sum of the weights in place of their mean."""
    likelihood, prior, proposal = _parts(x, z, m, s, w, b, sigma)
    return np.asarray(np.logaddexp.reduce(likelihood + prior - proposal, axis=1))


def evidence_no_proposal(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """Prior times likelihood averaged, the proposal left out."""
    likelihood, prior, _ = _parts(x, z, m, s, w, b, sigma)
    return _log_mean(likelihood + prior)


def evidence_over_all(x: Array, z: Array, m: Array, s: Array, w: float, b: float, sigma: float) -> Array:
    """The weights of all observations averaged together."""
    likelihood, prior, proposal = _parts(x, z, m, s, w, b, sigma)
    return np.full(len(x), _log_mean((likelihood + prior - proposal).reshape(1, -1))[0])


def _row_sums(X: Array, logits: Array) -> Array:
    return np.asarray(-np.logaddexp(0, np.where(X == 1, -logits, logits)).sum(axis=1))


def log_prob_full(X: Array, W: Array, b: Array) -> Array:
    """Each entry conditioned on all others."""
    return _row_sums(X, X @ (W - np.diag(np.diag(W))).T + b)


def log_prob_diagonal(X: Array, W: Array, b: Array) -> Array:
    """Each entry conditioned on itself as well."""
    return _row_sums(X, X @ np.tril(W).T + b)


def log_prob_ones(X: Array, W: Array, b: Array) -> Array:
    """The log-probability of a 1 everywhere."""
    return _row_sums(np.ones_like(X), X @ np.tril(W, -1).T + b)


def log_prob_transposed(X: Array, W: Array, b: Array) -> Array:
    """The weights of column i in place of row i."""
    return _row_sums(X, X @ np.tril(W, -1) + b)


def log_prob_mean(X: Array, W: Array, b: Array) -> Array:
    """The mean over the entries in place of the sum."""
    return np.asarray(_row_sums(X, X @ np.tril(W, -1).T + b) / X.shape[1])


def sample_parallel(U: Array, W: Array, b: Array) -> Array:
    """All entries at once, nothing of the others known."""
    return np.asarray(np.broadcast_to(1 / (1 + np.exp(-b)), U.shape) > U, dtype=float)


def sample_rounded(U: Array, W: Array, b: Array) -> Array:
    """Probabilities passed on in place of the values drawn."""
    chances = np.zeros_like(U)
    for i in range(U.shape[1]):
        chances[:, i] = 1 / (1 + np.exp(-(b[i] + chances[:, :i] @ W[i, :i])))
    return np.asarray(chances > U, dtype=float)


def sample_backwards(U: Array, W: Array, b: Array) -> Array:
    """From the last entry to the first."""
    X = np.zeros_like(U)
    for i in reversed(range(U.shape[1])):
        X[:, i] = U[:, i] < 1 / (1 + np.exp(-(b[i] + X[:, i + 1 :] @ W[i, i + 1 :])))
    return X


def sample_likely(U: Array, W: Array, b: Array) -> Array:
    """The likelier value taken each time."""
    X = np.zeros_like(U)
    for i in range(U.shape[1]):
        X[:, i] = b[i] + X[:, :i] @ W[i, :i] > 0
    return X


def sample_turned(U: Array, W: Array, b: Array) -> Array:
    """A 1 where the uniform number lies above the probability."""
    X = np.zeros_like(U)
    for i in range(U.shape[1]):
        X[:, i] = U[:, i] > 1 / (1 + np.exp(-(b[i] + X[:, :i] @ W[i, :i])))
    return X
