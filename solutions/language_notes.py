"""Notes on words and language models with one wrong line, found by comparing what is printed at sampled points.

c count of a word in a document, N documents, f of them with the word; a count of a pair, r of its word (or history),
u of its context, n of all pairs; V words; k pseudo-count; x, y vectors; p (T,) probabilities of the words of a text.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.formula import Domain, Scope, Symbol
from solutions.arrays import Array, constant
from solutions.wrong_lines import differing, only

LINES = ("tfidf", "pmi", "cosine", "smoothed", "perplexity", "softmax")


def wrong_line(l1: str, l2: str, l3: str, l4: str, l5: str, l6: str) -> str:
    """The name in LINES of the line that differs from what it should say."""
    scalars = {name: Symbol(name, (), Domain("positive")) for name in "cNfarunVk"}
    arrays = {
        "x": Symbol("x", ("D",)), "y": Symbol("y", ("D",)), "s": Symbol("s", ("W",)),
        "p": Symbol("p", ("T",), Domain("unit")),
    }  # fmt: skip
    scope = Scope({**scalars, **arrays})
    lines = dict(zip(LINES, (l1, l2, l3, l4, l5, l6), strict=True))
    return only(differing(scope, lines, line, seed="language notes", cases=1))


def line(
    c: float, N: float, f: float, a: float, r: float, u: float, n: float, V: float, k: float,
    x: Array, y: Array, p: Array, s: Array, wrong: str,
) -> Array:  # fmt: skip
    """What the line named `wrong` should say."""
    found: dict[str, Callable[[], object]] = {
        "tfidf": lambda: -float(c) * np.log(float(f) / float(N)),
        "pmi": lambda: np.log(a / r) - np.log(u / n),
        "cosine": lambda: _cosine(x, y),
        "smoothed": lambda: (a / r) * (r / (r + k * V)) + (1 / V) * (k * V / (r + k * V)),
        "perplexity": lambda: np.prod(np.asarray(p, dtype=float) ** (-1 / len(p))),
        "softmax": lambda: constant(s).softmax(0).numpy(),
    }
    return np.asarray(found[wrong](), dtype=float)


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def _cosine(x: Array, y: Array) -> float:
    import torch

    return float(torch.nn.functional.cosine_similarity(constant(x), constant(y), dim=0))
