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


def change_in_step(
    g: float, alpha: float, epsilon: float, beta1: float, beta2: float, t: float, method: str, seen: str
) -> float:  # fmt: skip
    """Change of a parameter in step t, by running the method; `seen` is 'steady' (always g) or 'spike' (once)."""
    first = second = total = 0.0
    step = 0.0
    for k in range(1, int(t) + 1):
        slope = float(g) if seen == "steady" or k == 1 else 0.0
        first += (1 - beta1) * (slope - first)
        second += (1 - beta2) * (slope**2 - second)
        total += slope**2
        up, down = first / (1 - beta1**k), second / (1 - beta2**k)
        step = {
            "rmsprop": slope / (second**0.5 + epsilon),
            "rmsprop-inside": slope / (second + epsilon) ** 0.5,
            "adam": up / (down**0.5 + epsilon),
            "adam-raw": first / (second**0.5 + epsilon),
            "adam-inside": up / (down + epsilon) ** 0.5,
            "adam-early": (1 - beta2**k) ** 0.5 / (1 - beta1**k) * first / (second**0.5 + epsilon),
            "adagrad": slope / (total**0.5 + epsilon),
        }[method]
    return -float(alpha) * step


def change_drawn(
    g0: float, alpha0: float, epsilon0: float, beta10: float, beta20: float, t0: int, method: str, seen: str
) -> float:  # fmt: skip
    """`change_in_step` for drawn numbers."""
    g, alpha, epsilon, beta1, beta2 = (float(value) for value in (g0, alpha0, epsilon0, beta10, beta20))
    return change_in_step(g, alpha, epsilon, beta1, beta2, t0, method, seen)
