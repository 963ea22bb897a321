"""The value of the adversarial game at its best discriminator, by climbing in the discriminator's logits."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, leaf


def climbed(data: Array, samples: Array) -> float:
    """The largest value over discriminators for probabilities (K,) of data and samples, by Newton's method in logits.

    Values of x that only one class has cost nothing: there the logit goes to infinity.
    """
    import torch

    both = (data > 0) & (samples > 0)
    p, q = constant(data[both]), constant(samples[both])
    logits = leaf(np.zeros(int(both.sum())))
    for _ in range(50):
        D = torch.sigmoid(logits)
        slope = p - (p + q) * D
        logits = (logits + slope / ((p + q) * D * (1 - D)).clamp(min=slope.abs() / 2)).detach()
    return float((p * torch.sigmoid(logits).log() + q * torch.sigmoid(-logits).log()).sum())


def value_drawn(pc: Array, rc: Array) -> float:
    """The value for drawn counts: the first two of three values, out of ten."""
    return climbed(_filled(pc), _filled(rc))


def divergence_drawn(pc: Array, rc: Array) -> float:
    """The Jensen-Shannon divergence from its definition, as entropies: of the average less the average of both."""
    p, q = _filled(pc), _filled(rc)
    return _entropy((p + q) / 2) - (_entropy(p) + _entropy(q)) / 2


def value_of(t: float, pair: str) -> float:
    """The value for the laws named `pair`, with the shares of data and samples in each region."""
    u = float(t)
    regions = {
        "shifted": ((u, 0), (1 - u, 1 - u), (0, u)),
        "inside": ((u, 1), (1 - u, 0)),
        "outside": ((1, u), (0, 1 - u)),
        "dropped": ((0.5, u), (0.5, 1 - u)),
        "polluted": ((1, 1 - u), (0, u)),
        "missed": ((u, 0), (1 - u, 1)),
    }[pair]
    shares = np.array(regions, dtype=float)
    return climbed(shares[:, 0], shares[:, 1])


def _filled(counts: Array) -> Array:
    first = np.asarray(counts, dtype=float)
    return np.append(first, 10 - first.sum()) / 10


def _entropy(p: Array) -> float:
    return float(-(p @ np.log(p)))
