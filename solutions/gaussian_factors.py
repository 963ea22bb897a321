"""Products of Gaussian factors fitted to a Gaussian, by conditioning on blocks: the reference of a code question."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def gaussian_factors(S: Array, m: Array, start: Array, sweeps: int) -> tuple[Array, Array, float]:
    """Means (T, D) of the factors after each sweep, their variances (D,), and KL[q || N(m, S)] at the end.

    S (D, D) covariance; m, start (D,). Each factor is the conditional of its variable at the means of the others.
    """
    import torch

    law: Any = torch.distributions
    covariance, middle, now = constant(S), constant(m), constant(start)
    size, path = len(now), []
    variances = torch.zeros(size, dtype=torch.float64)
    for _ in range(int(sweeps)):
        for i in range(size):
            rest = [j for j in range(size) if j != i]
            gain = torch.linalg.solve(covariance[rest][:, rest], covariance[rest, i])
            now[i] = middle[i] + gain @ (now[rest] - middle[rest])
            variances[i] = covariance[i, i] - gain @ covariance[rest, i]
        path.append(array(now))
    q = law.MultivariateNormal(now, torch.diag(variances))
    gap = law.kl_divergence(q, law.MultivariateNormal(middle, covariance))
    return np.stack(path), array(variances), float(gap)


def factor_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `gaussian_factors`."""
    draw, calls = np.random.default_rng([seed, 31]), []
    for size, sweeps in ((2, 1), (2, 4), (3, 3), (4, 5)):
        root = draw.normal(size=(size, size + 1))
        arrays = {"S": root @ root.T / size + 0.2 * np.eye(size), "m": draw.normal(size=size)}
        calls.append({**arrays, "start": 2 * draw.normal(size=size), "sweeps": sweeps})
    return calls
