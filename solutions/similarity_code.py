"""Losses on batches of embeddings with their gradients, by torch and autograd, and inputs for them.

E (N, D) embeddings with classes c (N,); A, B (N, D) pairs of embeddings with s (N,), 1 for the same class
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def contrastive(A: Array, B: Array, s: Array, m: float) -> tuple[Array, Array, Array]:
    """The mean contrastive loss (), with factor 1/2, and its gradients dA (N, D), dB (N, D)."""
    import torch

    first, second, same = leaf(A), leaf(B), constant(s)
    distances = torch.linalg.vector_norm(first - second, dim=1)  # its gradient at 0 is 0
    missing = torch.clamp(float(m) - distances, min=0)
    loss = (same * distances.square() + (1 - same) * missing.square()).mean() / 2
    da, db = torch.autograd.grad(loss, [first, second])
    return array(loss), array(da), array(db)


def hardest_triplets(E: Array, c: Array, m: float) -> tuple[Array, Array]:
    """The mean loss () over the anchors of the hardest triplets with squared distances, and dE (N, D)."""
    import torch

    rows, classes = leaf(E), torch.tensor(np.asarray(c))
    squares = (rows[:, None] - rows[None]).square().sum(-1)  # (N, N)
    same = classes[:, None] == classes[None]
    other = ~torch.eye(len(E), dtype=torch.bool)
    farthest = torch.where(same & other, squares, -torch.inf).max(1).values
    nearest = torch.where(same, torch.inf, squares).min(1).values
    loss = torch.relu(farthest - nearest + float(m)).mean()
    (slope,) = torch.autograd.grad(loss, rows)
    return array(loss), array(slope)


def contrastive_inputs(seed: int) -> list[dict[str, Any]]:
    """Seven batches of pairs: near and far ones of both labels, one with two pairs of equal embeddings."""
    source = random.Random(f"contrastive loss:{seed}")
    cases = [_pairs(source, *size) for size in ((1, 2), (4, 3), (5, 2), (6, 4), (9, 3), (12, 5))]
    twins = _pairs(source, 4, 3)
    twins["B"][:2] = twins["A"][:2]
    twins["s"] = np.array([0.0, 1.0, 0.0, 1.0])
    return [*cases, twins]


def _pairs(source: random.Random, n: int, d: int) -> dict[str, Any]:
    first = np.array([[source.gauss(0, 1) for _ in range(d)] for _ in range(n)])
    apart = np.array([[source.gauss(0, 0.9) for _ in range(d)] for _ in range(n)])
    labels = [float(source.random() < 0.4) for _ in range(n)]
    return {"A": first, "B": first + apart, "s": np.array(labels), "m": round(source.uniform(1.0, 2.5), 2)}


def hardest_inputs(seed: int) -> list[dict[str, Any]]:
    """Six batches in which every class occurs at least twice, some of them with easy anchors."""
    source = random.Random(f"hardest triplets:{seed}")
    sizes = (((2, 2), 2), ((2, 3), 3), ((3, 3), 2), ((2, 2, 2), 3), ((4, 3, 2), 2), ((4, 4, 4), 4))
    return [_batch(source, counts, d) for counts, d in sizes]


def _batch(source: random.Random, counts: tuple[int, ...], d: int) -> dict[str, Any]:
    centres = [[source.gauss(0, 1.2) for _ in range(d)] for _ in counts]
    rows = [(k, [x + source.gauss(0, 0.7) for x in centres[k]]) for k, n in enumerate(counts) for _ in range(n)]
    source.shuffle(rows)
    return {
        "E": np.array([row for _, row in rows]),
        "c": np.array([k for k, _ in rows]),
        "m": round(source.uniform(0.2, 1.5), 2),
    }


def semi_hard(D: Array, c: Array, m: float) -> Array:
    """The nearest semi-hard negative (N, N) of each anchor and positive, -1 where there is none: one by one."""
    N = len(D)
    pick = np.full((N, N), -1.0)
    for i in range(N):
        nearest = sorted((float(D[i, n]), n) for n in range(N) if c[n] != c[i])
        for j in range(N):
            if i != j and c[i] == c[j]:
                found = [n for distance, n in nearest if D[i, j] < distance < D[i, j] + m]
                pick[i, j] = found[0] if found else -1
    return pick


def semi_hard_inputs(seed: int) -> list[dict[str, Any]]:
    """Six batches as distances without ties; first those in which something is picked."""
    cases = []
    for case in hardest_inputs(seed):
        rows = case["E"]
        D = np.sqrt(((rows[:, None] - rows[None]) ** 2).sum(-1))
        cases.append({"D": D, "c": case["c"], "m": round(2 * float(case["m"]), 2)})
    return sorted(cases, key=lambda one: (semi_hard(**one).max() < 0, len(one["D"])))
