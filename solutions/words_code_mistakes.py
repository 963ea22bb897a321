"""Wrong references for code on counting words, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_words as right
from solutions.arrays import Array


def contexts_left(words: Array, m: int, V: int) -> Array:
    """Only what stands to the left."""
    C = np.zeros((int(V), int(V)))
    ids = [int(w) for w in words]
    for place, word in enumerate(ids):
        for other in range(place - 1, max(-1, place - 1 - int(m)), -1):
            if ids[other] < 0 or word < 0:
                break
            C[word, ids[other]] += 1
    return C


def contexts_across(words: Array, m: int, V: int) -> Array:
    """Drops the marks, so that windows reach into the next sentence."""
    return right.count_contexts(words[words >= 0], m, V)


def contexts_itself(words: Array, m: int, V: int) -> Array:
    """Counts the place itself as well."""
    return right.count_contexts(words, m, V) + np.diag(np.bincount(words[words >= 0].astype(int), minlength=int(V)))


def contexts_short(words: Array, m: int, V: int) -> Array:
    """A window of m words in all, half of them on each side."""
    return right.count_contexts(words, max(1, int(m) // 2), V)


def contexts_once(words: Array, m: int, V: int) -> Array:
    """Marks pairs instead of counting them."""
    return np.minimum(right.count_contexts(words, m, V), 1)


def ppmi_negative(C: Array, alpha: float) -> Array:
    """Keeps negative values."""
    contexts = C.sum(0) ** alpha
    expected = np.outer(C.sum(1) / C.sum(), contexts / contexts.sum())
    result: Array = np.log(np.divide(C / C.sum(), expected, out=np.ones(C.shape), where=C > 0))
    return result


def ppmi_plain(C: Array, alpha: float) -> Array:
    """Ignores the exponent."""
    return right.ppmi(C, 1.0)


def ppmi_both(C: Array, alpha: float) -> Array:
    """Raises every count to the power."""
    return right.ppmi(C**alpha, 1.0)


def ppmi_not_normalised(C: Array, alpha: float) -> Array:
    """Divides the powers by the plain total."""
    contexts = C.sum(0) ** alpha
    shift = np.log(contexts.sum() / C.sum())
    plain = np.divide(C * contexts.sum(), np.outer(C.sum(1), contexts), out=np.ones(C.shape), where=C > 0)
    return np.where(C > 0, np.maximum(0, np.log(plain) - shift), 0)


def ppmi_bits(C: Array, alpha: float) -> Array:
    """Logarithm to base 2."""
    result: Array = right.ppmi(C, alpha) / np.log(2)
    return result


def ppmi_swapped(C: Array, alpha: float) -> Array:
    """Smooths the words instead of the contexts."""
    return right.ppmi(C.T, alpha).T


def rank_raw(C: Array, query: Array) -> Array:
    """Cosines of raw counts."""
    lengths = np.linalg.norm(C, axis=0) * np.linalg.norm(query)
    result: Array = np.divide(query @ C, lengths, out=np.zeros(C.shape[1]), where=lengths > 0)
    return result


def _idf(C: Array) -> Array:
    df = (C > 0).sum(1)
    return np.where(df > 0, np.log(C.shape[1] / np.maximum(df, 1)), 0.0)


def rank_inner(C: Array, query: Array) -> Array:
    """Inner products, not divided by the lengths."""
    weights: Array = _idf(C) ** 2
    return (query * weights) @ C


def rank_query_raw(C: Array, query: Array) -> Array:
    """Weighs the documents alone."""
    D = C * _idf(C)[:, None]
    lengths = np.linalg.norm(D, axis=0) * np.linalg.norm(query)
    result: Array = np.divide(query @ D, lengths, out=np.zeros(C.shape[1]), where=lengths > 0)
    return result


def rank_by_occurrences(C: Array, query: Array) -> Array:
    """Counts occurrences where documents are to be counted."""
    totals = np.maximum(C.sum(1), 1)
    idf = np.log(C.sum() / totals)
    D, q = C * idf[:, None], query * idf
    lengths = np.linalg.norm(D, axis=0) * np.linalg.norm(q)
    result: Array = np.divide(q @ D, lengths, out=np.zeros(C.shape[1]), where=lengths > 0)
    return result


def rank_no_log(C: Array, query: Array) -> Array:
    """Leaves the logarithm out."""
    df = (C > 0).sum(1)
    idf = np.where(df > 0, C.shape[1] / np.maximum(df, 1), 0.0)
    D, q = C * idf[:, None], query * idf
    lengths = np.linalg.norm(D, axis=0) * np.linalg.norm(q)
    result: Array = np.divide(q @ D, lengths, out=np.zeros(C.shape[1]), where=lengths > 0)
    return result
