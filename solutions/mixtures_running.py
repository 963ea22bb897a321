"""Running averages of stochastic EM, as a weighted least-squares fit of all data that they stand for."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def mean_after(c0: float, d0: float, rho: float, r: Array, x: Array) -> float:
    """The mean after a minibatch x (3,) with responsibilities r (3,): old data count as one point at their mean.

    c0, d0: running averages of the responsibility and of responsibility times data. rho: the step size.
    """
    places = np.append(np.asarray(x, dtype=float), float(d0) / float(c0))
    shares = np.append(float(rho) * np.asarray(r, dtype=float) / len(r), (1 - float(rho)) * float(c0))
    root = np.sqrt(shares)
    fit, *_ = np.linalg.lstsq(root[:, None], root * places, rcond=None)
    return float(fit[0])
