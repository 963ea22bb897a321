"""Word matrices from counts with PyTorch: contexts, PPMI, tf-idf, cosines.

C (W, K): counts of W words in K contexts or documents.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def contexts(words: Array, m: int, V: int) -> Array:
    """Counts (V, V) of pairs at most m places apart within a sentence. words (T,): numbers, -1 between sentences."""
    import torch

    size = int(V)
    ids = torch.tensor(np.asarray(words)).long()
    places = torch.arange(len(ids))
    sentence = (ids < 0).cumsum(0)
    gap = (places[:, None] - places).abs()
    near = (gap > 0) & (gap <= int(m)) & (sentence[:, None] == sentence) & (ids >= 0) & (ids >= 0)[:, None]
    hot = torch.nn.functional.one_hot(ids.clamp(min=0), size).double()
    return array(hot.T @ near.double() @ hot)


def contexts_inputs(seed: int) -> list[dict[str, Any]]:
    """Corpora of several short sentences, with windows from 1 to 4 and words that never occur."""
    draw = np.random.default_rng([seed, 301])
    calls = []
    for sentences, m, size in ((2, 1, 4), (3, 2, 5), (4, 3, 3), (3, 4, 6)):
        parts: list[int] = []
        for i in range(sentences):
            parts += [-1] if i else []
            parts += [int(k) for k in draw.integers(0, size - 1, size=int(draw.integers(3, 7)))]
        calls.append({"words": np.array(parts), "m": m, "V": size})
    return calls


def ppmi(C: Array, alpha: float) -> Array:
    """Positive PMI (W, K), natural logarithm, context probabilities proportional to counts to the power alpha."""
    import torch

    counts = constant(C)
    joint = counts / counts.sum()
    word = joint.sum(1, keepdim=True)
    context = counts.sum(0) ** float(alpha)
    context = context / context.sum()
    safe = torch.where(joint > 0, joint / (word * context).clamp(min=1e-300), torch.ones_like(joint))
    return array(safe.log().clamp(min=0))


def ppmi_inputs(seed: int) -> list[dict[str, Any]]:
    """Tables of counts with zeros, a word and a context that never occur among them."""
    draw = np.random.default_rng([seed, 302])
    calls = []
    for words, kinds, alpha in ((3, 4, 1.0), (4, 3, 0.75), (5, 5, 0.5), (4, 6, 0.75)):
        C = draw.integers(0, 7, size=(words, kinds)) * (draw.random((words, kinds)) < 0.7)
        C[0, 0] += 5
        if words > 3:
            C[-1], C[:, -1] = 0, 0
        calls.append({"C": C.astype(float), "alpha": alpha})
    return calls


def ranking(C: Array, query: Array) -> Array:
    """Cosine (K,) of the query's tf-idf vector with each document's; 0 where one of the two is zero."""
    import torch

    counts = constant(C)
    both = torch.cat([counts, constant(query)[:, None]], dim=1)
    df = torch.count_nonzero(counts, dim=1).double()
    idf = torch.where(df > 0, torch.log(counts.shape[1] / df.clamp(min=1)), torch.zeros_like(df))
    vectors = torch.nn.functional.normalize(both * idf[:, None], dim=0, eps=1e-300)
    return array(vectors[:, -1] @ vectors[:, :-1])


def ranking_inputs(seed: int) -> list[dict[str, Any]]:
    """Counts of words in documents, with words in all documents and in none, and a query; one query of zeros.

    In the last call vectors are shorter than 1: a word that most documents hold has little weight.
    """
    draw = np.random.default_rng([seed, 303])
    calls = []
    for words, documents in ((4, 3), (5, 4), (6, 5), (5, 3)):
        C = draw.integers(0, 6, size=(words, documents)) * (draw.random((words, documents)) < 0.6)
        C[0] = 1 + draw.integers(0, 3, size=documents)
        C[1] = 0
        C[2, 0], C[2, 1] = 3, 0
        query = draw.integers(0, 3, size=words)
        query[2] += 1
        calls.append({"C": C.astype(float), "query": query.astype(float)})
    calls[-1]["query"] = np.array([1.0, 2.0, 0.0, 0.0, 0.0])
    short = np.array([[1.0, 1, 1, 1, 0], [0, 1, 0, 0, 0], [2, 1, 1, 1, 1]])
    calls.append({"C": short, "query": np.array([1.0, 0, 2])})
    return calls
