"""What adaptive methods accumulate, and their steps, by enumeration and by torch.optim."""

from __future__ import annotations

import itertools

import numpy as np

from solutions.arrays import Array


def minibatch_moment(mu: float, v: float, M: float, asked: str) -> float:
    """Expected squares over all minibatches of M draws of mu - sqrt(v) or mu + sqrt(v), each as likely.

    'ratio': square of the mean; 'fisher': mean of the squares; 'gap': 'fisher' less 'ratio'; 'rest': their quotient.
    """
    batches = np.array(list(itertools.product((mu - v**0.5, mu + v**0.5), repeat=int(M))))
    square_of_mean, mean_of_squares = (batches.mean(1) ** 2).mean(), (batches**2).mean()
    found = {"ratio": square_of_mean, "fisher": mean_of_squares, "gap": mean_of_squares - square_of_mean}
    return float(found.get(asked, square_of_mean / mean_of_squares))


def running_square(g1: Array, g2: Array, beta: float, keeps: str) -> float:
    """The running mean after two minibatches, step by step; it keeps squares of the 'minibatch' or of examples."""
    s = 0.0
    for derivatives in (g1, g2):
        rows = np.asarray(derivatives, dtype=np.float64)
        square = np.square(rows.mean()) if keeps == "minibatch" else np.square(rows).mean()
        s += (1 - float(beta)) * (float(square) - s)
    return s
