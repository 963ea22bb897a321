"""Notes on attention with one wrong line, found by torch at sampled points.

p (N,) softmax of the scores a, X (N, D) what stands at the positions, v = X' p, u (D,) arrives at v; e (N,) the one-hot
vector of a sampled glimpse, l its loss, b a baseline for the reward -l; r (N,) the losses of all glimpses.
"""

from __future__ import annotations

import numpy as np

from grader.formula import Domain, Scope, Symbol
from solutions.arrays import Array, array, constant, leaf
from solutions.wrong_lines import differing, only

LINES = ("weights", "scores", "memory", "slope", "update", "expected")


def wrong_line(l1: str, l2: str, l3: str, l4: str, l5: str, l6: str) -> str:
    """The name in LINES of the line that torch contradicts, by shape or by value."""
    scope = Scope({
        "X": Symbol("X", ("N", "D")), "u": Symbol("u", ("D",)), "p": Symbol("p", ("N",), Domain("simplex")),
        "e": Symbol("e", ("N",), Domain("one_hot")), "l": Symbol("l", ()), "b": Symbol("b", ()),
        "r": Symbol("r", ("N",)),
    })  # fmt: skip
    lines = dict(zip(LINES, (l1, l2, l3, l4, l5, l6), strict=True))
    return only(differing(scope, lines, line, seed="attention notes"))


def line(X: Array, u: Array, p: Array, e: Array, l: float | Array, b: float | Array, r: Array, wrong: str) -> Array:  # noqa: E741
    """What the line named `wrong` should say."""
    import torch

    memory, weights, scores = leaf(X), leaf(p), leaf(np.log(np.asarray(p, dtype=float)))
    upstream, chosen = constant(u), constant(e)
    match wrong:
        case "weights":
            return array(torch.autograd.grad(memory.T @ weights, weights, upstream)[0])
        case "memory":
            return array(torch.autograd.grad(memory.T @ weights, memory, upstream)[0])
        case "scores":
            return array(torch.autograd.grad(memory.T @ torch.softmax(scores, 0), scores, upstream)[0])
        case "slope":
            return array(torch.autograd.grad(torch.log_softmax(scores, 0) @ chosen, scores)[0])
        case "update":
            surrogate = (-float(l) - float(b)) * (torch.log_softmax(scores, 0) @ chosen)
            return array(torch.autograd.grad(surrogate, scores)[0])
        case _:
            return array(torch.autograd.grad(torch.softmax(scores, 0) @ constant(r), scores)[0])


def drawn_update(w: Array, m: int, k: int, cost: float, base: float) -> float:
    """Entry k of the update where glimpse m was sampled: probabilities w/sum(w), loss `cost`, baseline `base`."""
    p, e = np.asarray(w, dtype=float) / np.sum(w), np.eye(len(w))[int(m)]
    none = np.zeros((len(w), 1))
    return float(line(none, np.zeros(1), p, e, float(cost), float(base), np.zeros(len(w)), "update")[int(k)])


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong
