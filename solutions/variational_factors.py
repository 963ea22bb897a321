"""Mean-field factors: tables of two variables by mirror ascent on the bound, Gaussians by quadrature."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant
from solutions.variational_free import ascended

if TYPE_CHECKING:
    from torch import Tensor


def updated(P: Array, S: Array, t: float, r: Array, w: Array, given: str, which: str) -> Array:
    """The best factor of the rows' variable (K,) given r (J,), or of the columns' variable (J,) given w (K,)."""
    logs = np.log(P) if given == "joint" else np.asarray(S) if given == "logs" else -np.asarray(S) / t
    return best_factor(logs, r) if which == "rows" else best_factor(logs.T, w)


def best_factor(logs: Array, other: Array) -> Array:
    """The factor (K,) of the first variable that maximises the bound; logs (K, J): log-joint, other (J,): factor."""
    table, fixed = constant(logs), constant(other)

    def objective(q: Tensor) -> Tensor:
        joint = q[:, None] * fixed[None, :]
        return (joint * table).sum() - (joint * joint.log()).sum()

    return ascended(objective, len(logs))


def sweep(P0: Array, u: float, which: str) -> tuple[Array, Array]:
    """Both factors after the first variable (rows or columns) and then the other one were updated; u: q_other(1)."""
    logs = np.log(np.asarray(P0, dtype=float))
    table = logs if which == "rows" else logs.T
    first = best_factor(table, np.array([1 - float(u), float(u)]))
    return first, best_factor(table.T, first)


def first_update(P0: Array, u: float, which: str) -> float:
    """The probability of the value 1 under the factor that is updated first."""
    return float(sweep(P0, u, which)[0][1])


def second_update(P0: Array, u: float, which: str) -> float:
    """The probability of the value 1 under the factor that is updated next."""
    return float(sweep(P0, u, which)[1][1])


LogJoint = Callable[[Array, Array], Array]


def gaussian_factor(log_joint: LogJoint, mean: float, variance: float, first: bool) -> tuple[float, float]:
    """Mean and variance of the best Gaussian factor of z1 (first) or z2, the other factor being N(mean, variance).

    The mean of the log-joint, a parabola in the factor's variable, is taken by quadrature at three points.
    """
    nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    other, weights = float(mean) + float(variance) ** 0.5 * nodes, weights / weights.sum()
    at = np.array([-1.0, 0.0, 1.0])[:, None]
    values = log_joint(at, other[None, :]) if first else log_joint(other[None, :], at)
    low, middle, high = (values * weights).sum(1)
    precision = 2 * middle - low - high
    return float((high - low) / 2 / precision), float(1 / precision)


def drawn_gaussian(
    m1: float, m2: float, a: float, b: float, c: float, d: float, f: float, x: float, v: float, gauss: str
) -> LogJoint:  # fmt: skip
    """The log-joint of z1, z2, up to a constant, of the Gaussian model named `gauss`."""
    if gauss == "quadratic":
        return lambda y, z: -(a * y * y + 2 * c * y * z + b * z * z) / 2 + d * y + f * z
    if gauss == "regression":
        return lambda y, z: -(y * y + z * z) / 2 - (x - a * y - b * z) ** 2 / (2 * v)
    if gauss == "sum":
        return lambda y, z: -y * y / (2 * a) - z * z / (2 * b) - (x - y - z) ** 2 / (2 * v)
    if gauss == "chain":
        return lambda y, z: -y * y / (2 * a) - (z - c * y) ** 2 / (2 * b) - (x - z) ** 2 / (2 * v)
    matrix = np.array([[a, c], [c, b]])
    K = matrix if gauss == "precision" else np.linalg.inv(matrix)

    def quadratic(y: Array, z: Array) -> Array:
        e, g = y - m1, z - m2
        return np.asarray(-(K[0, 0] * e * e + 2 * K[0, 1] * e * g + K[1, 1] * g * g) / 2)

    return quadratic


def new_mean(
    m1: float, m2: float, a: float, b: float, c: float, d: float, f: float, x: float, v: float, n: float,
    gauss: str, turn: int,
) -> float:  # fmt: skip
    """The mean of the factor of z_turn where the other factor has the mean n (and any variance)."""
    log_joint = drawn_gaussian(m1, m2, a, b, c, d, f, x, v, gauss)
    return gaussian_factor(log_joint, n, 0.7, int(turn) == 1)[0]


def new_variance(
    m1: float, m2: float, a: float, b: float, c: float, d: float, f: float, x: float, v: float, n: float,
    gauss: str, turn: int,
) -> float:  # fmt: skip
    """The variance of the factor of z_turn."""
    log_joint = drawn_gaussian(m1, m2, a, b, c, d, f, x, v, gauss)
    return gaussian_factor(log_joint, n, 0.7, int(turn) == 1)[1]


def means_by_sweep(A0: Array, m10: float, m20: float, n0: float, by: str, sweeps: int) -> list[tuple[float, float]]:
    """Means of q1 and q2 after each sweep (q1 first); n0: mean of q2 before. A0 (2, 2): precision or covariance."""
    a, b, c = (float(A0[i][j]) for i, j in ((0, 0), (1, 1), (0, 1)))
    log_joint = drawn_gaussian(float(m10), float(m20), a, b, c, 0.0, 0.0, 0.0, 1.0, by)
    path, second = [], float(n0)
    for _ in range(sweeps):
        first = gaussian_factor(log_joint, second, 0.3, True)[0]
        second = gaussian_factor(log_joint, first, 0.3, False)[0]
        path.append((first, second))
    return path


def first_mean(A0: Array, m10: float, m20: float, n0: float, by: str) -> float:
    """The mean of q1 after its first update."""
    return means_by_sweep(A0, m10, m20, n0, by, 1)[0][0]


def second_mean(A0: Array, m10: float, m20: float, n0: float, by: str) -> float:
    """The mean of q2 after the first sweep."""
    return means_by_sweep(A0, m10, m20, n0, by, 1)[0][1]


def later_mean(A0: Array, m10: float, m20: float, n0: float, by: str, T: int) -> float:
    """The mean of q2 after T sweeps."""
    return means_by_sweep(A0, m10, m20, n0, by, int(T))[-1][1]
