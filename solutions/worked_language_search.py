"""Model answers in NumPy to code questions on translation and trees, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def padded_loss(scores: Array, targets: Array, pad: int) -> tuple[float, Array]:
    """Mean loss over the places that are not padding, and its gradient."""
    keep = targets != pad
    s = scores - scores.max(axis=2, keepdims=True)
    logs = s - np.log(np.exp(s).sum(axis=2, keepdims=True))
    hot = np.eye(scores.shape[2])[targets.astype(int)]
    count = keep.sum()
    loss = -(logs * hot).sum(axis=2)[keep].sum() / count
    return float(loss), keep[:, :, None] * (np.exp(logs) - hot) / count


def translate(source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int) -> Array:
    """Symbols (most,) by greedy decoding."""
    h = np.zeros(W.shape[0])
    for word in source[::-1].astype(int):
        h = np.tanh(W @ h + U @ E[word])
    result = np.ones(int(most))
    before = 0
    for step in range(int(most)):
        h = np.tanh(P @ h + Q @ F[before])
        before = int((B @ h).argmax())
        if before == 1:
            break
        result[step] = before
    return result


def beam_search(A: Array, width: int, most: int) -> tuple[Array, float]:
    """The best finished sentence of a beam, and its log-probability."""
    beam: list[tuple[float, list[int]]] = [(0.0, [])]
    best, best_log = [1], -np.inf
    for _ in range(int(most)):
        longer = []
        for log, sentence in beam:
            before = sentence[-1] if sentence else 0
            longer += [(log + np.log(A[before, k]), [*sentence, k]) for k in range(len(A))]
        longer.sort(key=lambda item: item[0], reverse=True)
        beam = []
        for log, sentence in longer[: int(width)]:
            if sentence[-1] != 1:
                beam.append((log, sentence))
            elif log > best_log:
                best, best_log = sentence, log
    result = np.ones(int(most))
    result[: len(best)] = best
    return result, float(best_log)


def compose(words: Array, pairs: Array, R: Array, W: Array, b: Array) -> Array:
    """Vectors (T - 1, D) of the inner nodes."""
    T, D = len(words), R.shape[1]
    nodes = np.zeros((2 * T - 1, D))
    nodes[:T] = R[words.astype(int)]
    for k, (left, right) in enumerate(pairs.astype(int)):
        nodes[T + k] = np.tanh(W[:, :D] @ nodes[left] + W[:, D:] @ nodes[right] + b)
    result: Array = nodes[T:]
    return result
