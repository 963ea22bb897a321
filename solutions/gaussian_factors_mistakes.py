"""Wrong references for code on Gaussian mean-field factors, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_variational as right
from solutions.arrays import Array

Found = tuple[Array, Array, float]


def factors_marginal(S: Array, m: Array, start: Array, sweeps: int) -> Found:
    """Gives the exact marginal variances."""
    path, _, _ = right.gaussian_factors(S, m, start, sweeps)
    variances = np.diag(S).copy()
    return path, variances, _gap(S, path[-1] - m, variances)


def factors_at_once(S: Array, m: Array, start: Array, sweeps: int) -> Found:
    """Updates all means from the old ones."""
    K, mean, path = np.linalg.inv(S), start.copy(), []
    for _ in range(sweeps):
        off = mean - m
        mean = m - (K @ off - np.diag(K) * off) / np.diag(K)
        path.append(mean)
    return np.array(path), 1 / np.diag(K), _gap(S, mean - m, 1 / np.diag(K))


def factors_covariance(S: Array, m: Array, start: Array, sweeps: int) -> Found:
    """Takes the covariance for the precision in the updates."""
    path, _, _ = right.gaussian_factors(np.asarray(np.linalg.inv(S), dtype=np.float64), m, start, sweeps)
    variances = 1 / np.diag(np.linalg.inv(S))
    return path, variances, _gap(S, path[-1] - m, variances)


def factors_sign(S: Array, m: Array, start: Array, sweeps: int) -> Found:
    """Adds the coupling instead of subtracting it."""
    K, mean, path = np.linalg.inv(S), start.copy(), []
    for _ in range(sweeps):
        for i in range(len(m)):
            others = K[i] @ (mean - m) - K[i, i] * (mean[i] - m[i])
            mean[i] = m[i] + others / K[i, i]
        path.append(mean.copy())
    return np.array(path), 1 / np.diag(K), _gap(S, mean - m, 1 / np.diag(K))


def factors_no_means(S: Array, m: Array, start: Array, sweeps: int) -> Found:
    """Leaves the means out of the KL."""
    path, variances, _ = right.gaussian_factors(S, m, start, sweeps)
    return path, variances, _gap(S, 0 * m, variances)


def factors_reversed(S: Array, m: Array, start: Array, sweeps: int) -> Found:
    """Gives the KL from the posterior to q."""
    path, variances, _ = right.gaussian_factors(S, m, start, sweeps)
    off = path[-1] - m
    logs = np.log(variances).sum() - np.linalg.slogdet(S)[1]
    return path, variances, float(0.5 * ((np.diag(S) / variances).sum() + (off**2 / variances).sum() - len(m) + logs))


def _gap(S: Array, off: Array, variances: Array) -> float:
    K = np.linalg.inv(S)
    logs = np.log(variances).sum() - np.linalg.slogdet(S)[1]
    return float(0.5 * ((np.diag(K) * variances).sum() + off @ K @ off - len(off) - logs))
