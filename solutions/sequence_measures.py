"""Measures of a language model on a text, by torch.

kind: 'probabilities' of the characters that came, in p, or their losses in l, in 'nats' or 'bits'.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant


def log_probability(p: Array, l: Array, kind: str) -> float:  # noqa: E741
    """Natural logarithm of the probability of the whole text, from the product of the probabilities."""
    return float(np.log(np.prod(_probabilities(p, l, kind))))


def perplexity(p: Array, l: Array, kind: str) -> float:  # noqa: E741
    """Inverse of the geometric mean of the probabilities."""
    probabilities = _probabilities(p, l, kind)
    return float(np.prod(1 / probabilities) ** (1 / len(probabilities)))


def bits(p: Array, l: Array, kind: str) -> float:  # noqa: E741
    """Mean cross-entropy in bits, by torch's negative log-likelihood of two classes: the right one, and the rest."""
    import torch

    probabilities = _probabilities(p, l, kind)
    logs = torch.log2(constant(np.stack([probabilities, 1 - probabilities], axis=1)))
    return float(torch.nn.functional.nll_loss(logs, torch.zeros(len(probabilities), dtype=torch.long)))


def word_perplexity(p: Array, l: Array, kind: str, w: int) -> float:  # noqa: E741
    """Perplexity of words of w characters: inverse probability of w characters of the mean kind."""
    result = 1.0
    for _ in range(int(w)):
        result *= perplexity(p, l, kind)
    return result


def _probabilities(p: Array, l: Array, kind: str) -> Array:  # noqa: E741
    if kind == "probabilities":
        return np.asarray(p, dtype=np.float64)
    base = 2.0 if kind == "bits" else np.e
    return np.asarray(base ** -np.asarray(l, dtype=np.float64))
