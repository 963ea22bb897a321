"""Distances in an encoder and decoder, by walking through the steps, and trees of words.

S source words, i and j counted from 1. kind: 'plain', 'reversed' (last word first) or 'twice' (the source read twice).
"""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array


def lag(S: int, i: int, j: int, kind: str) -> int:
    """State updates after the last one that read source word i, up to the one that predicts target word j."""
    words = list(range(1, int(S) + 1))
    reading = {"plain": words, "reversed": words[::-1], "twice": words * 2}[kind]
    updates = [f"s{k}" for k in reading] + [f"t{k}" for k in range(1, int(j) + 1)]
    last = len(updates) - 1 - updates[::-1].index(f"s{int(i)}")
    return len(updates) - 1 - last


def lags(S: int, I: Array, J: Array, kind: str) -> Array:  # noqa: E741
    """`lag` of several pairs."""
    return np.array([lag(S, int(i), int(j), kind) for i, j in zip(I, J, strict=True)], dtype=float)


def fade(S: int, i: int, j: int, kind: str, rate: float) -> float:
    """Factor of a gradient that shrinks by the factor `rate` at each state update on its way back."""
    return math.exp(sum(math.log(float(rate)) for _ in range(lag(S, i, j, kind))))


def more_numbers(S: int, H: int) -> int:
    """Numbers in all states of the encoder beyond those of its last one."""
    states = np.zeros((int(S), int(H)))
    return int(states.size - states[-1].size)


def remedy(symptom: str) -> str:
    """Name of the remedy that goes with a symptom."""
    return {
        "length": "attention",
        "first-words": "reversing",
        "greedy": "beam",
        "own-errors": "sampling",
        "short": "normalising",
    }[symptom]


def remedy_by_cause(symptom: str) -> str:
    """The same, through what causes the symptom."""
    causes = {
        "length": "one vector of fixed size",
        "first-words": "long way between first words",
        "greedy": "a choice is never taken back",
        "own-errors": "only true histories seen",
        "short": "every further word lowers the sum",
    }
    cures = {
        "one vector of fixed size": "attention",
        "long way between first words": "reversing",
        "a choice is never taken back": "beam",
        "only true histories seen": "sampling",
        "every further word lowers the sum": "normalising",
    }
    return cures[causes[symptom]]


def tree_root(x: Array, tree: str, a: float, c: float, b: float) -> float:
    """Root of a tree such as '((0 1) (2 3))' over the numbers x, with n(l, r) = a l + c r + b, by parsing it."""
    return _nodes(tree, [float(v) for v in x], a, c, b)[-1]


def first_node(x: Array, tree: str, a: float, c: float, b: float) -> float:
    """The node that is finished first, from the left."""
    return _nodes(tree, [float(v) for v in x], a, c, b)[0]


def root_slope(x: Array, tree: str, a: float, c: float, b: float, k: int) -> float:
    """Derivative of the root by leaf k: a central difference, exact for a linear tree."""
    up, down = ([float(v) + step * (n == int(k)) for n, v in enumerate(x)] for step in (1, -1))
    return (_nodes(tree, up, a, c, b)[-1] - _nodes(tree, down, a, c, b)[-1]) / 2


def comb_depths(comb: str, q0: str, q1: str, q2: str, q3: str) -> tuple[int, ...]:
    """How many compositions lie between four of the words A to E and the root, by the brackets around each."""
    found: dict[str, int] = {}
    depth = 0
    for token in comb:
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token.isdigit():
            found["ABCDE"[int(token)]] = depth
    return tuple(found[word] for word in (q0, q1, q2, q3))


def _nodes(tree: str, leaves: list[float], a: float, c: float, b: float) -> list[float]:
    """All inner nodes in the order in which their brackets close."""
    made, stack = [], list[float]()
    for token in tree:
        if token.isdigit():
            stack.append(leaves[int(token)])
        elif token == ")":
            right, left = stack.pop(), stack.pop()
            stack.append(float(a) * left + float(c) * right + float(b))
            made.append(stack[-1])
    return made
