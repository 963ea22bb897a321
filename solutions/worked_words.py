"""Model answers in NumPy to code questions on counting words, as a student would hand them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def count_contexts(words: Array, m: int, V: int) -> Array:
    """Counts (V, V): how often the word of the column stands at most m places from that of the row."""
    C = np.zeros((int(V), int(V)))
    sentence: list[int] = []
    for word in [*(int(w) for w in words), -1]:
        if word < 0:
            sentence = []
            continue
        for other in sentence[-int(m) :]:
            C[word, other] += 1
            C[other, word] += 1
        sentence.append(word)
    return C


def ppmi(C: Array, alpha: float) -> Array:
    """Positive PMI (W, K) with the context counts to the power alpha."""
    words = C.sum(axis=1)
    contexts = C.sum(axis=0) ** alpha
    result = np.zeros(C.shape)
    for w, c in zip(*np.nonzero(C), strict=True):
        # p(w, c)/p(w) is C[w, c]/words[w]: the total cancels
        result[w, c] = max(0.0, np.log(C[w, c] / words[w]) - np.log(contexts[c] / contexts.sum()))
    return result


def rank_documents(C: Array, query: Array) -> Array:
    """Cosine (K,) of the tf-idf vectors of the query and of each document."""
    W, K = C.shape
    df = (C > 0).sum(axis=1)
    idf = np.zeros(W)
    idf[df > 0] = np.log(K / df[df > 0])
    q = query * idf
    scores = np.zeros(K)
    for k in range(K):
        d = C[:, k] * idf
        lengths = np.sqrt((q @ q) * (d @ d))
        if lengths > 0:
            scores[k] = q @ d / lengths
    return scores
