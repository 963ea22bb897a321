"""Derivatives of a decoder's loss at one place of one sentence, by torch."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, gradient, leaf


def score_slope(pr: Array, k: int, r: int, kind: str, M: int, B: int) -> float:
    """Derivative of the batch's loss by the score of symbol r at a place where symbol k is right.

    pr (4,): probabilities there. kind: 'sum', 'symbols' (mean over M symbols), 'sentences' (mean over B),
    'smoothed' (sum, with 0.2 spread over all symbols).
    """
    import torch

    scores = leaf(np.log(np.asarray(pr, dtype=float)))
    smoothing = 0.2 if kind == "smoothed" else 0.0
    target = torch.tensor([int(k)])
    loss = torch.nn.functional.cross_entropy(scores[None], target, label_smoothing=smoothing)
    divisor = {"symbols": int(M), "sentences": int(B)}.get(kind, 1)
    return float(gradient(loss / divisor, scores)[int(r)])
