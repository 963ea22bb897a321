"""Weights of words by counting: tf-idf and pointwise mutual information, by other roads than their formulas."""

from __future__ import annotations

import itertools
import math

import numpy as np

from solutions.arrays import Array
from solutions.drawings import Grid, Grids


def documents(C: Array, L: Array, w0: str, w1: str, w2: str) -> Grids:
    """Counts of three words in four documents, with the documents' lengths."""
    head: tuple[float | str, ...] = ("document", w0, w1, w2, "all words")
    rows: list[tuple[float | str, ...]] = [
        (str(i + 1), *(float(n) for n in row), float(L[i])) for i, row in enumerate(C)
    ]
    return Grids("Counts in four documents", (Grid("counts", (head, *rows)),))


def idf(C: Array, N: int, idf_kind: str) -> float:
    """Inverse document frequency of word 0."""
    return _idf([bool(n) for n in np.asarray(C)[:, 0]], int(N), idf_kind)


def weight(C: Array, L: Array, N: int, tf_kind: str, idf_kind: str) -> float:
    """tf-idf weight of word 1 in document 1."""
    return _scores(C, L, N, tf_kind, idf_kind)[0][1]


def best(C: Array, L: Array, N: int, tf_kind: str, idf_kind: str) -> str:
    """Name of the document with the largest sum of weights of the words 0 and 1."""
    sums = [sum(row[:2]) for row in _scores(C, L, N, tf_kind, idf_kind)]
    return str(1 + int(np.argmax(sums)))


def best_by_pairs(C: Array, L: Array, N: int, tf_kind: str, idf_kind: str) -> str:
    """The same document: the one that no other beats, by comparing log-likelihoods of an odds product."""
    table = _scores(C, L, N, tf_kind, idf_kind)
    products = [math.exp(row[0]) * math.exp(row[1]) for row in table]
    (name,) = (str(i + 1) for i, p in enumerate(products) if all(p >= q for q in products))
    return name


def _scores(C: Array, L: Array, N: int, tf_kind: str, idf_kind: str) -> list[list[float]]:
    """Weights of the three words (columns) in the four documents (rows), one occurrence after the other."""
    table = []
    rarity = [_idf([bool(n) for n in column], int(N), idf_kind) for column in np.asarray(C).T]
    for row, length in zip(C, L, strict=True):
        frequencies = []
        for n in (int(n) for n in row):
            if tf_kind == "log":  # 1 + ln n telescopes over the occurrences
                frequencies.append(sum(1.0 if i == 1 else math.log(i / (i - 1)) for i in range(1, n + 1)))
            else:
                frequencies.append(sum(1.0 if tf_kind == "raw" else 1 / float(length) for _ in range(n)))
        table.append([f * r for f, r in zip(frequencies, rarity, strict=True)])
    return table


def _idf(held: list[bool], N: int, kind: str) -> float:
    """Minus the log of the share of documents that hold a word; 'smooth': with one more that holds all, and plus 1."""
    everywhere = held + [False] * (N - len(held)) + ([True] if kind == "smooth" else [])
    return -math.log(float(np.mean(everywhere))) + (1.0 if kind == "smooth" else 0.0)


def pmi(a: float, r: float, c: float, n: float, kind: str, k: float) -> float:
    """PMI from a pair's count a, the word's r, the context's c and the total n, as a fall of surprise.

    kind: 'plain', 'bits', 'shifted' (less ln k) or 'normalised' (by the surprise of the pair).
    """
    before, after, pair = -math.log(c / n), -math.log(a / r), -math.log(a / n)
    value = before - after
    return {"plain": value, "bits": math.log2(math.exp(value)), "shifted": value - math.log(k)}.get(kind, value / pair)


def table_pmi(C: Array, kind: str, k: float) -> float:
    """`pmi` of word 0 with context 1 of a table of counts."""
    counts = np.asarray(C, dtype=float)
    return pmi(counts[0, 1], counts[0].sum(), counts[:, 1].sum(), counts.sum(), kind, float(k))


def information(C: Array) -> float:
    """Mutual information of words and contexts in nats: two entropies less the joint one, pair by pair."""
    p = np.asarray(C, dtype=float) / np.sum(C)

    def entropy(q: Array) -> float:
        return -float(sum(x * math.log(x) for x in q.ravel() if x > 0))

    return entropy(p.sum(0)) + entropy(p.sum(1)) - entropy(p)


def positive_cells(C: Array) -> int:
    """How many pairs of a table have a positive PMI: those that occur more often than under independence."""
    counts = np.asarray(C, dtype=float)
    cells = itertools.product(range(counts.shape[0]), range(counts.shape[1]))
    return sum(counts[i, j] / counts[i].sum() > counts[:, j].sum() / counts.sum() for i, j in cells)
