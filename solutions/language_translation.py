"""Encoders, decoders and trees of words with PyTorch.

C words, vectors of size D, states of size H. Symbol 0 starts a target sentence, symbol 1 ends it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def padded_loss(scores: Array, targets: Array, pad: int) -> tuple[float, Array]:
    """Mean cross-entropy over the places that are not padding, and its gradient (N, T, V)."""
    import torch

    start = leaf(scores)
    wanted = torch.tensor(np.asarray(targets)).long()
    loss = torch.nn.functional.cross_entropy(start.transpose(1, 2), wanted, ignore_index=int(pad))
    return float(loss.detach()), gradient(loss, start)


def padded_inputs(seed: int) -> list[dict[str, Any]]:
    """Batches with padding of different lengths; one has scores around 1000."""
    draw = np.random.default_rng([seed, 331])
    calls = []
    for n, t, size, pad, scale in ((2, 4, 3, 0, 1.0), (3, 5, 4, 3, 1.0), (1, 3, 5, 2, 1.0), (3, 4, 4, 0, 500.0)):
        targets = draw.integers(0, size, size=(n, t))
        targets[targets == pad] = (pad + 1) % size
        targets[0, -1] = pad
        if n > 1:
            targets[1, 2:] = pad
        calls.append({"scores": scale * draw.normal(size=(n, t, size)), "targets": targets, "pad": pad})
    return calls


def translate(source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int) -> Array:
    """Symbols (most,) by greedy decoding, filled up with 1 after the end.

    Encoder: h = tanh(W h + U E[k]) over the source, the last word first. Decoder: h = tanh(P h + Q F[before]), B h.
    """
    import torch

    words, symbols = constant(E)[_ids(source)].flip(0), constant(F)
    h = torch.zeros(len(W), dtype=torch.float64)
    for vector in words:
        h = torch.tanh(constant(W) @ h + constant(U) @ vector)
    result = np.ones(int(most))
    before = 0
    for step in range(int(most)):
        h = torch.tanh(constant(P) @ h + constant(Q) @ symbols[before])
        before = int(torch.argmax(constant(B) @ h))
        result[step] = before
        if before == 1:
            break
    return result


def translate_inputs(seed: int) -> list[dict[str, Any]]:
    """Source sentences of different lengths; decoders of which some end early and some not at all.

    There are many, since for a single one a wrong way of decoding often finds the right sentence.
    """
    draw = np.random.default_rng([seed, 332])
    calls = []
    for length, size, symbols, d, h, most in 4 * (
        (4, 5, 5, 3, 4, 5),
        (6, 4, 6, 2, 3, 6),
        (3, 6, 4, 3, 5, 4),
        (5, 5, 6, 2, 4, 7),
    ):
        shapes = {
            "E": (size, d),
            "W": (h, h),
            "U": (h, d),
            "F": (symbols, d),
            "P": (h, h),
            "Q": (h, d),
            "B": (symbols, h),
        }
        arrays = {name: 1.5 * draw.normal(size=shape) for name, shape in shapes.items()}
        if most == 6:
            arrays["B"][1] = 4 * np.sign(arrays["B"][1])
        calls.append({"source": draw.integers(0, size, size=length), **arrays, "most": most})
    return calls


def beam(A: Array, width: int, most: int) -> tuple[Array, float]:
    """The best finished sentence of a beam, filled up with 1, and its log-probability.

    A (C, C): probability of the column's symbol after the row's. Beginnings that end leave the beam.
    """
    logs = np.log(np.asarray(A, dtype=float))
    alive: dict[tuple[int, ...], float] = {(0,): 0.0}
    done: dict[tuple[int, ...], float] = {}
    for _ in range(int(most)):
        longer = {(*s, k): v + logs[s[-1], k] for (s, v), k in itertools.product(alive.items(), range(len(logs)))}
        kept = sorted(longer, key=lambda s: -longer[s])[: int(width)]
        done |= {s: longer[s] for s in kept if s[-1] == 1}
        alive = {s: longer[s] for s in kept if s[-1] != 1}
    best = max(done, key=lambda s: done[s])
    return np.array([*best[1:], *[1] * (int(most) + 1 - len(best))], dtype=float), float(done[best])


def beam_inputs(seed: int) -> list[dict[str, Any]]:
    """Tables near fixed ones, for which beams of other widths find other sentences.

    In the second a finished sentence that stayed in the beam would crowd out a better one. In the third a later
    sentence beats the first finished one, and a beam that gets narrower for good misses it. In the fourth the best
    sentence ends in the last round, and such a beam finds it.
    """
    draw = np.random.default_rng([seed, 334])
    tables = (
        (1, 4, ((17, 23, 8, 52), (2, 16, 3, 79), (49, 2, 44, 5), (26, 33, 17, 24))),
        (2, 4, ((4, 6, 87, 3), (14, 8, 36, 42), (25, 21, 19, 35), (37, 8, 2, 53))),
        (3, 4, ((34, 6, 5, 55), (19, 2, 53, 27), (2, 18, 31, 51), (7, 20, 2, 72))),
        (3, 3, ((5, 6, 28, 62), (18, 3, 79, 2), (8, 29, 8, 55), (8, 16, 51, 25))),
        (3, 4, ((29, 13, 22, 29, 7), (10, 25, 12, 48, 5), (8, 43, 41, 4, 4), (6, 3, 47, 30, 14), (37, 16, 3, 16, 28))),
    )
    calls = []
    for width, most, table in tables:
        A = np.array(table, dtype=float)
        A *= 1 + 0.04 * draw.random(A.shape)
        calls.append({"A": A / A.sum(axis=1, keepdims=True), "width": width, "most": most})
    return calls


def compose(words: Array, pairs: Array, R: Array, W: Array, b: Array) -> Array:
    """Vectors (T - 1, D) of the inner nodes of a tree. pairs (T - 1, 2): left and right part of each new node."""
    import torch

    nodes: list[Tensor] = list(constant(R)[_ids(words)])
    for left, right in _ids(pairs).tolist():
        both = torch.cat([nodes[left], nodes[right]])
        nodes.append(torch.tanh(torch.nn.functional.linear(both, constant(W), constant(b))))
    return array(torch.stack(nodes[len(words) :]))


def compose_inputs(seed: int) -> list[dict[str, Any]]:
    """Trees of three to six words, drawn by merging neighbours."""
    draw = np.random.default_rng([seed, 333])
    calls = []
    for length, size, d in ((3, 4, 2), (4, 5, 3), (5, 4, 2), (6, 6, 3)):
        spans = list(range(length))
        pairs = []
        for new in range(length, 2 * length - 1):
            place = int(draw.integers(0, len(spans) - 1)) if new > length else len(spans) - 2
            pairs.append([spans[place], spans[place + 1]])
            spans[place : place + 2] = [new]
        shapes = {"R": (size, d), "W": (d, 2 * d), "b": (d,)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        calls.append({"words": draw.integers(0, size, size=length), "pairs": np.array(pairs), **arrays})
    return calls


def _ids(values: Array) -> Tensor:
    import torch

    return torch.tensor(np.asarray(values)).long()
