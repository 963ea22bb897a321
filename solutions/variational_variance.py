"""Variances of mean-field factors of Gaussians, as conditional variances from blocks of the covariance; pictures."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.drawings import Plot, Series
from solutions.gaussian_divergence import divergence

NAMES = ("contour 1", "contour 2", "contour 3", "contour 4")


def conditional(S: Array) -> Array:
    """The variance (D,) of each variable given all others, for the covariance S (D, D)."""
    found = []
    for i in range(len(S)):
        rest = np.delete(np.arange(len(S)), i)
        explained = S[i, rest] @ np.linalg.solve(S[np.ix_(rest, rest)], S[rest, i])
        found.append(S[i, i] - explained)
    return np.array(found)


def factor_variances(L: Array, S: Array, W: Array, v: float, d: Array, u: Array, case: str) -> Array:
    """Variances (D,) of the factors for the posterior that `case` describes."""
    return conditional(_covariance(L, S, W, v, d, u, case))


def remaining(L: Array, S: Array, W: Array, v: float, d: Array, u: Array, case: str) -> float:
    """KL from the best product to the posterior that `case` describes, both with mean 0."""
    covariance = _covariance(L, S, W, v, d, u, case)
    zero = np.zeros(len(covariance))
    return divergence(zero, np.diag(conditional(covariance)), zero, covariance)


def _covariance(L: Array, S: Array, W: Array, v: float, d: Array, u: Array, case: str) -> Array:
    if case == "regression":  # z given W z + noise, from the joint covariance of both
        W = np.asarray(W, dtype=float)
        seen = W @ W.T + v * np.eye(len(W))
        return np.asarray(np.eye(W.shape[1]) - W.T @ np.linalg.solve(seen, W))
    if case == "shared":
        return np.asarray(np.diag(d) + np.outer(u, u))
    return np.asarray(np.linalg.inv(L) if case == "precision" else S, dtype=np.float64)


def first_variance(A0: Array, by: str) -> float:
    """The variance of the factor of z1; A0 (2, 2): precision or covariance."""
    return float(conditional(_given(A0, by))[0])


def shrinkage(A0: Array, by: str) -> float:
    """The standard deviation of the factor of z1 over that of its exact marginal."""
    S = _given(A0, by)
    return float(np.sqrt(conditional(S)[0] / S[0, 0]))


def _given(A0: Array, by: str) -> Array:
    matrix = np.asarray(A0, dtype=float)
    return np.linalg.inv(matrix) if by == "precision" else matrix


def ellipses(sd1: float, sd2: float, rho: float, order: Array) -> Plot:
    """The contour of a Gaussian with mean 0 at one standard deviation, and four products, named in drawn order."""
    S = _correlated(sd1, sd2, rho)
    contours = [Series("posterior", _contour(S))]
    for name, choice in zip(NAMES, order, strict=True):
        contours.append(Series(name, _contour(np.diag(_products(S)[int(choice)]))))
    return Plot("Contours at one standard deviation", "z1", "z2", tuple(contours), square=True)


def nearest(sd1: float, sd2: float, rho: float, order: Array, direction: str) -> str:
    """The name of the product with the smallest KL to ("reverse") or from ("forward") the posterior."""
    S, zero = _correlated(sd1, sd2, rho), np.zeros(2)
    values = []
    for choice in order:
        pair = (np.diag(_products(S)[int(choice)]), S)
        first, second = pair if direction == "reverse" else pair[::-1]
        values.append(divergence(zero, first, zero, second))
    return NAMES[int(np.argmin(values))]


def touching(sd1: float, sd2: float, rho: float, order: Array, direction: str) -> str:
    """The same by what the contours show: inside the posterior's and touching it on the axes, or in the same box."""
    outline = np.array(_contour(_correlated(sd1, sd2, rho), 3600))
    crossing = (
        np.abs(outline[np.argmin(np.abs(outline[:, 1]))][0]),
        np.abs(outline[np.argmin(np.abs(outline[:, 0]))][1]),
    )
    aim = np.array(crossing) if direction == "reverse" else np.abs(outline).max(0)
    widths = [np.sqrt(_products(_correlated(sd1, sd2, rho))[int(choice)]) for choice in order]
    return NAMES[int(np.argmin([np.abs(width - aim).max() for width in widths]))]


def correlation(m0: float, f0: float) -> float:
    """The size of the correlation for which a factor has the deviation f0 beside the marginal deviation m0."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        wide = conditional(_correlated(float(m0), 1.0, middle))[0] > float(f0) ** 2
        low, high = (middle, high) if wide else (low, middle)
    return low


def _correlated(sd1: float, sd2: float, rho: float) -> Array:
    both = float(rho) * float(sd1) * float(sd2)
    return np.array([[float(sd1) ** 2, both], [both, float(sd2) ** 2]])


def _products(S: Array) -> tuple[Array, Array, Array, Array]:
    """Variances (2,) of four products: conditional, marginal, conditional swapped, of the posterior's area."""
    inner, outer = conditional(S), np.diag(S)
    return inner, outer, inner[::-1], np.sqrt(inner * outer)


def _contour(S: Array, points: int = 48) -> tuple[tuple[float, float], ...]:
    angles = np.linspace(0, 2 * np.pi, points + 1)
    outline = np.linalg.cholesky(S) @ np.stack([np.cos(angles), np.sin(angles)])
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in outline.T)
