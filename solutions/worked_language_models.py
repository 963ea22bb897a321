"""Model answers in NumPy to code questions on language models, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def bigram_model(train: Array, test: Array, V: int, k: float) -> tuple[Array, float]:
    """Bigram probabilities (V, V) with k added to each pair, and the perplexity on the pairs of `test`."""
    seen, new = train.astype(int), test.astype(int)
    P = np.full((int(V), int(V)), float(k))
    np.add.at(P, (seen[:-1], seen[1:]), 1)
    P /= P.sum(axis=1, keepdims=True)
    losses = -np.log(P[new[:-1], new[1:]])
    return P, float(np.exp(losses.mean()))


def log_bilinear(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """Log-probabilities (N, V) of the next word after each window."""
    N, M = words.shape
    predicted = np.zeros((N, R.shape[1]))
    for place in range(M):
        predicted += R[words[:, place].astype(int)] @ C[place].T
    s = predicted @ Q.T + b
    s -= s.max(axis=1, keepdims=True)
    result: Array = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return result


def neural_gradients(
    words: Array, y: Array, R: Array, H: Array, d: Array, U: Array, b: Array
) -> tuple[float, Array, Array]:  # fmt: skip
    """Mean loss, dR (V, D) and dH (K, M D)."""
    N, M = words.shape
    ids, y = words.astype(int), y.astype(int)
    X = R[ids].reshape(N, -1)
    h = np.tanh(X @ H.T + d)
    s = h @ U.T + b
    s = s - s.max(axis=1, keepdims=True)
    p = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).mean()
    p[np.arange(N), y] -= 1
    da = (p / N) @ U * (1 - h**2)
    dR = np.zeros(R.shape)
    np.add.at(dR, ids, (da @ H).reshape(N, M, -1))
    return float(loss), dR, da.T @ X


def document_losses(words: Array, R: Array, W: Array, U: Array, B: Array) -> Array:
    """Loss of each word (T,); every document starts anew."""
    losses = []
    h, before = np.zeros(len(W)), 0
    for word in words.astype(int):
        h = np.tanh(W @ h + U @ R[before])
        s = B @ h
        top = s.max()
        losses.append(top + np.log(np.exp(s - top).sum()) - s[word])
        before = word
        if word == 0:
            h = np.zeros(len(W))
    return np.array(losses)
