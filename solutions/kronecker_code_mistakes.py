"""Wrong references for code on layerwise curvature, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_kronecker as right
from solutions.arrays import Array


def kfac_summed(W: Array, X: Array, E: Array, alpha: float, rho: float) -> Array:
    """Factors that are sums over the examples."""
    return _kfac(W, X.T @ X, E.T @ E, E.T @ X / len(X), alpha, np.sqrt(rho))


def kfac_damping(W: Array, X: Array, E: Array, alpha: float, rho: float) -> Array:
    """Adds rho itself to the factors."""
    n = len(X)
    return _kfac(W, X.T @ X / n, E.T @ E / n, E.T @ X / n, alpha, rho)


def kfac_inputs_alone(W: Array, X: Array, E: Array, alpha: float, rho: float) -> Array:
    """Leaves the factor of the outputs out."""
    n = len(X)
    A = X.T @ X / n + np.sqrt(rho) * np.eye(X.shape[1])
    return np.asarray(W - alpha * np.linalg.solve(A, X.T @ E / n).T)


def kfac_multiplied(W: Array, X: Array, E: Array, alpha: float, rho: float) -> Array:
    """Multiplies with the factors instead of their inverses."""
    n = len(X)
    A = X.T @ X / n + np.sqrt(rho) * np.eye(X.shape[1])
    S = E.T @ E / n + np.sqrt(rho) * np.eye(E.shape[1])
    return np.asarray(W - alpha * S @ (E.T @ X / n) @ A)


def kfac_sum_gradient(W: Array, X: Array, E: Array, alpha: float, rho: float) -> Array:
    """The gradient of the sum over the examples."""
    return right.kfac_step(W, X, E, alpha * len(X), rho)


def unit_uncentred(W: Array, G: Array, alpha: float, rho: float) -> Array:
    """The second moment in place of the covariance."""
    moments = np.einsum("nmi,nmj->mij", G, G) / len(G)
    return _by_blocks(W, G, moments, alpha, rho)


def unit_unbiased(W: Array, G: Array, alpha: float, rho: float) -> Array:
    """Divides by one example less."""
    centred = G - G.mean(axis=0)
    return _by_blocks(W, G, np.einsum("nmi,nmj->mij", centred, centred) / (len(G) - 1), alpha, rho)


def unit_diagonal(W: Array, G: Array, alpha: float, rho: float) -> Array:
    """Keeps the variances alone."""
    return np.asarray(W - alpha * G.mean(axis=0) / (G.var(axis=0) + rho))


def unit_layer(W: Array, G: Array, alpha: float, rho: float) -> Array:
    """One block for the whole layer."""
    rows = G.reshape(len(G), -1)
    centred = rows - rows.mean(axis=0)
    block = centred.T @ centred / len(G) + rho * np.eye(rows.shape[1])
    return np.asarray(W - alpha * np.linalg.solve(block, rows.mean(axis=0)).reshape(W.shape))


def unit_shared(W: Array, G: Array, alpha: float, rho: float) -> Array:
    """The same block, averaged over the units, for all of them."""
    centred = G - G.mean(axis=0)
    blocks = np.einsum("nmi,nmj->mij", centred, centred) / len(G)
    return _by_blocks(W, G, np.broadcast_to(blocks.mean(axis=0), blocks.shape), alpha, rho)


def _kfac(W: Array, A: Array, S: Array, G: Array, alpha: float, added: float) -> Array:
    A, S = A + added * np.eye(len(A)), S + added * np.eye(len(S))
    return np.asarray(W - alpha * np.linalg.solve(S, G) @ np.linalg.inv(A))


def _by_blocks(W: Array, G: Array, blocks: Array, alpha: float, rho: float) -> Array:
    damped = blocks + rho * np.eye(W.shape[1])
    return np.asarray(W - alpha * np.linalg.solve(damped, G.mean(axis=0)[:, :, None])[:, :, 0])
