"""Second roads to the formulas of the sheet on language: counting, loops over words and sentences, torch's layers."""

from __future__ import annotations

import math
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.language_models import log_bilinear
from solutions.language_sizes import parameters
from solutions.language_translation import compose, padded_loss
from solutions.words_matrices import ppmi

if TYPE_CHECKING:
    from torch import Tensor


def rows_of_table(O: Array, E: Array) -> Array:  # noqa: E741
    """The row of E of each word, by `embedding`."""
    import torch

    return array(torch.nn.functional.embedding(_words(O), constant(E)))


def table_gradient(O: Array, E: Array, G: Array) -> Array:  # noqa: E741
    """dL/dE of that lookup, word by word."""
    found = np.zeros_like(E)
    for word, arriving in zip(_words(O).tolist(), G, strict=True):
        found[word] += arriving
    return found


def window_counts(O: Array, m: float) -> Array:  # noqa: E741
    """Counts (V, V) of pairs of words at most m places apart, from neighbours outwards."""
    words, found = _words(O).tolist(), np.zeros((O.shape[1], O.shape[1]))
    for gap in range(1, int(m) + 1):
        for pair in zip(words, words[gap:], strict=False):
            found[pair] += 1
            found[pair[::-1]] += 1
    return found


def weights_of_word(c: Array) -> Array:
    """tf-idf (N,) of a word with c (N,) occurrences in N documents, by the share of documents that hold it."""
    holding = [float(n) for n in c if n > 0]
    surprise = -math.log(len(holding) / len(c)) if holding else math.inf
    return np.array([sum([surprise] * int(n)) for n in c])


def surprise_lost(C: Array) -> Array:
    """PMI: how much likelier the context is once the word is known, log p(c | w) - log p(c), pair by pair."""
    contexts_alone, total = C.sum(0), C.sum()
    found = np.zeros_like(C)
    for word, row in enumerate(C):
        for context, count in enumerate(row):
            found[word, context] = math.log(count / row.sum()) - math.log(contexts_alone[context] / total)
    return found


def positive_pmi(C: Array) -> Array:
    """PMI with negative values set to 0."""
    return ppmi(C, 1.0)


def cosine(u: Array, v: Array) -> float:
    """The cosine of two vectors by torch."""
    import torch

    return float(torch.nn.functional.cosine_similarity(constant(u), constant(v), dim=0))


def softmax_loss(E: Array, r: Array, t: Array) -> float:
    """Cross-entropy of the scores E r at the word t."""
    import torch

    return float(torch.nn.functional.cross_entropy(constant(E) @ constant(r), constant(t)))


def sentence_probability(p: Array) -> float:
    """Of all sentences in a thousand parts, the part that is left once each next word has to fit."""
    left = 1000.0
    for factor in p:
        left -= left * (1 - float(factor))
    return left / 1000


def bigram_log_probability(O: Array, a: Array, Q: Array) -> float:  # noqa: E741
    """Log-probability of a text under first words a and transitions Q, word by word."""
    words = _words(O).tolist()
    steps = [float(a[words[0]]), *(float(Q[pair]) for pair in pairwise(words))]
    return math.fsum(math.log(step) for step in steps)


def free_numbers(V: float, n: float) -> int:
    """Free parameters of a table of n-grams: in each row the last probability follows from the others."""
    return sum(1 for _ in product(range(int(V)), repeat=int(n) - 1) for _ in range(int(V) - 1))


def likeliest(c: Array) -> Array:
    """The distribution that makes the counts c likeliest: one growth step p*g/sum(p*g), g by autograd."""
    start = leaf(np.full(len(c), 1 / len(c)))
    grown = start.detach().numpy() * gradient(constant(c) @ start.log(), start)
    found: Array = grown / grown.sum()
    return found


def smoothed(c: Array, k: float) -> Array:
    """P(w | h) with k added to every count: seen shares mixed with the uniform law."""
    trust = c.sum() / (c.sum() + float(k) * len(c))
    found: Array = trust * likeliest(c) + (1 - trust) / len(c)
    return found


def geometric_perplexity(p: Array) -> float:
    """The inverse of the geometric mean."""
    return float(1 / math.prod(float(x) ** (1 / len(p)) for x in p))


def next_word_bilinear(O: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:  # noqa: E741
    """Probabilities of the next word in a log-bilinear model."""
    return np.asarray(np.exp(log_bilinear(_words(O).numpy()[None], R, C, Q, b)[0]))


def next_word_neural(x: Array, F: Array, d: Array, U: Array, b: Array) -> Array:
    """Probabilities of the next word in a neural model, by a torch network with these weights."""
    from torch import nn

    hidden, scores = nn.Linear(len(x), len(d)), nn.Linear(len(d), len(b))
    for layer, weight, bias in ((hidden, F, d), (scores, U, b)):
        layer.weight, layer.bias = nn.Parameter(constant(weight)), nn.Parameter(constant(bias))
    return array(nn.Sequential(hidden, nn.Tanh(), scores, nn.Softmax(dim=0))(constant(x)))


def next_word_recurrent(h_old: Array, x: Array, W: Array, U: Array, d: Array, B: Array, b: Array) -> Array:
    """Probabilities of the next word by torch's recurrent cell."""
    state = _cell(W, U, d, constant(x), constant(h_old))
    return array((constant(B) @ state + constant(b)).softmax(0))


def first_target_word(
    s1: Array, s2: Array, t0: Array, h0: Array, W: Array, U: Array, F: Array, G: Array, B: Array
) -> Array:  # fmt: skip
    """Probabilities of the first target word, by torch's recurrent cell over the source and once more."""
    state, nothing = constant(h0), np.zeros(len(h0))
    for word in (s1, s2):
        state = _cell(W, U, nothing, constant(word), state)
    return array((constant(B) @ _cell(F, G, nothing, constant(t0), state)).softmax(0))


def bilinear_parameters(V: float, D: float, n: float) -> int:
    """Trained numbers of a log-bilinear model."""
    return parameters("bilinear", int(V), int(D), int(n), 1)


def neural_parameters(V: float, D: float, n: float, H: float) -> int:
    """Trained numbers of a neural model with a window."""
    return parameters("neural", int(V), int(D), int(n), int(H))


def recurrent_parameters(V: float, D: float, H: float) -> int:
    """Trained numbers of a recurrent model."""
    return parameters("recurrent", int(V), int(D), 2, int(H))


def masked_loss(S: Array, Y: Array, m: Array) -> float:
    """Mean loss over the places that are no padding, by torch's `ignore_index`."""
    targets = np.where(m > 0, Y.argmax(1), -1)
    return float(padded_loss(S[None], targets[None], -1)[0]) if m.any() else math.nan


def updates_between(S: float, i: float, j: float) -> int:
    """State updates from source word i of S to target word j, counted one by one."""
    reading, writing = range(int(i) + 1, int(S) + 1), range(1, int(j) + 1)
    return len([*reading, *writing])


def updates_reversed(S: float, i: float, j: float) -> int:
    """The same for an encoder that reads from the last word to the first."""
    reading, writing = range(int(i) - 1, 0, -1), range(1, int(j) + 1)
    return len([*reading, *writing])


def attention_context(H: Array, d: Array, v: Array, A: Array, B: Array) -> Array:
    """The context vector of additive attention, source word by source word."""
    scores = [float(v @ np.tanh(A @ d + B @ state)) for state in H]
    total = sum(math.exp(score) for score in scores)
    return np.asarray(sum(math.exp(score) / total * state for score, state in zip(scores, H, strict=True)))


def root_of_three(x: Array, y: Array, z: Array, A: Array, B: Array, b: Array) -> Array:
    """The root of ((x y) z) of the composition with the matrix [A B]."""
    nodes = compose(np.arange(3.0), np.array([[0.0, 1.0], [3.0, 2.0]]), np.stack([x, y, z]), np.hstack([A, B]), b)
    return np.asarray(nodes[-1])


def _words(rows: Array) -> Tensor:
    """Word numbers of one-hot rows."""
    import torch

    return torch.tensor(np.asarray(rows)).argmax(1)


def _cell(recurrent: Array, inward: Array, bias: Array, x: Tensor, state: Tensor) -> Tensor:
    """The new state of torch's recurrent cell with these weights."""
    import torch

    zero = torch.zeros(len(bias), dtype=torch.float64)
    return torch.rnn_tanh_cell(x[None], state[None], constant(inward), constant(recurrent), constant(bias), zero)[0]
