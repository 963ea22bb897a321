"""Numbers of parameters of approximate posteriors, counted on arrays of the right shapes."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def phi(N: int, D: int, P: int, H: int, form: str) -> int:
    """How many numbers describe q for N data points with P entries, D latent variables and H hidden units."""
    n, d, p, h = (int(value) for value in (N, D, P, H))
    triangle = np.tril(np.ones((d, d)))
    arrays: dict[str, list[Array]] = {
        "own": [np.ones((n, d)), np.ones((n, d))],
        "shared": [np.ones((n, d)), np.ones(n)],
        "full": [np.ones((n, d)), *[triangle] * n],
        "encoder": [np.ones((p, 2 * d)), np.ones(2 * d)],
        "hidden": [np.ones((p, h)), np.ones(h), np.ones((h, 2 * d)), np.ones(2 * d)],
    }
    return int(sum(value.sum() for value in arrays[form]))
