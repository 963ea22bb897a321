"""Language models with PyTorch: bigrams, log-bilinear, with a hidden layer, recurrent.

V words, vectors of size D, a window of M words (the oldest first). R (V, D): vectors of context words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def bigram(train: Array, test: Array, V: int, k: float) -> tuple[Array, float]:
    """P(next | before) (V, V) with k added to every pair of `train`; its perplexity over the pairs of `test`."""
    import torch

    first, second = (_ids(train[:-1]), _ids(train[1:]))
    counts = torch.full((int(V), int(V)), float(k), dtype=torch.float64)
    counts.index_put_((first, second), torch.ones(len(first), dtype=torch.float64), accumulate=True)
    table = counts / counts.sum(1, keepdim=True)
    loss = torch.nn.functional.nll_loss(table.log()[_ids(test[:-1])], _ids(test[1:]))
    return array(table), float(loss.exp())


def bigram_inputs(seed: int) -> list[dict[str, Any]]:
    """Texts with words that never occur in training, among them a history of the test text."""
    draw = np.random.default_rng([seed, 321])
    calls = []
    for size, length, k in ((4, 12, 1.0), (5, 20, 0.5), (6, 15, 0.1), (3, 9, 2.0)):
        train = draw.integers(0, size - 1, size=length)
        train[-1] = 0
        test = draw.integers(0, size, size=8)
        test[2] = size - 1
        calls.append({"train": train, "test": test, "V": size, "k": k})
    return calls


def log_bilinear(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """Log-probabilities (N, V) of the next word. words (N, M); C (M, D, D) per place; Q (V, D); b (V,)."""
    import torch

    vectors = constant(R)[_ids(words)]
    predicted = torch.einsum("mij,nmj->ni", constant(C), vectors)
    return array(torch.nn.functional.linear(predicted, constant(Q), constant(b)).log_softmax(1))


def log_bilinear_inputs(seed: int) -> list[dict[str, Any]]:
    """Windows of different lengths; the last call has scores around -900 in one row and around 900 in another."""
    draw = np.random.default_rng([seed, 322])
    calls: list[dict[str, Any]] = []
    for n, m, d, size in ((3, 2, 3, 5), (4, 3, 2, 6), (2, 4, 4, 4), (3, 2, 2, 5)):
        shapes = {"R": (size, d), "C": (m, d, d), "Q": (size, d), "b": (size,)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        calls.append({"words": draw.integers(0, size, size=(n, m)), **arrays})
    last = calls[-1]
    last["words"] = np.array([[0, 0], [4, 4], [0, 4]])
    last["R"][:, 0] = np.linspace(-1, 1, 5)
    last["C"] = np.eye(2) + 0.05 * last["C"]
    last["Q"][:, 0] += 450
    return calls


def neural(words: Array, y: Array, R: Array, H: Array, d: Array, U: Array, b: Array) -> tuple[float, Array, Array]:
    """Mean loss, dR (V, D) and dH (K, M D) of U tanh(H x + d) + b with x the M vectors side by side."""
    import torch

    table, weights = leaf(R), leaf(H)
    x = torch.nn.functional.embedding(_ids(words), table).flatten(1)
    hidden = torch.tanh(torch.nn.functional.linear(x, weights, constant(d)))
    scores = torch.nn.functional.linear(hidden, constant(U), constant(b))
    loss = torch.nn.functional.cross_entropy(scores, _ids(y))
    slopes = torch.autograd.grad(loss, (table, weights))
    return float(loss.detach()), array(slopes[0]), array(slopes[1])


def neural_inputs(seed: int) -> list[dict[str, Any]]:
    """Batches of windows in which words are repeated."""
    draw = np.random.default_rng([seed, 323])
    calls = []
    for n, m, d, k, size in ((3, 2, 3, 4, 5), (4, 3, 2, 3, 4), (2, 4, 2, 5, 6)):
        shapes = {"R": (size, d), "H": (k, m * d), "d": (k,), "U": (size, k), "b": (size,)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        words = draw.integers(0, size, size=(n, m))
        words[0] = words[1, 0]
        calls.append({"words": words, "y": draw.integers(0, size, size=n), **arrays})
    return calls


def recurrent(words: Array, R: Array, W: Array, U: Array, B: Array) -> Array:
    """Losses (T,) of the words of documents that each end with word 0; state and input start anew after it."""
    import torch

    table, inputs, states, readout = (constant(x) for x in (R, U, W, B))
    documents: list[list[int]] = [[]]
    for word in words:
        documents[-1].append(int(word))
        if int(word) == 0:
            documents.append([])
    losses: list[float] = []
    for document in documents:
        h: Tensor = torch.zeros(len(W), dtype=torch.float64)
        for before, word in zip([0, *document[:-1]], document, strict=False):
            h = torch.tanh(states @ h + inputs @ table[before])
            losses.append(-float((readout @ h).log_softmax(0)[word]))
    return np.array(losses)


def recurrent_inputs(seed: int) -> list[dict[str, Any]]:
    """Texts of two or three documents, the last one without its end."""
    draw = np.random.default_rng([seed, 324])
    calls = []
    for length, size, d, h, ends in ((9, 5, 3, 4, (3,)), (11, 4, 2, 3, (4, 7)), (8, 6, 4, 2, (0, 5))):
        shapes = {"R": (size, d), "W": (h, h), "U": (h, d), "B": (size, h)}
        words = draw.integers(1, size, size=length)
        words[list(ends)] = 0
        calls.append({"words": words, **{name: draw.normal(size=shape) for name, shape in shapes.items()}})
    return calls


def _ids(values: Array) -> Tensor:
    import torch

    return torch.tensor(np.asarray(values)).long()
