"""Losses on the overlap of a soft segmentation with its target, by autograd."""

from __future__ import annotations

from solutions.arrays import Array, constant, gradient, leaf


def slope(form: str, q0: Array, u0: Array, i: int) -> float:
    """The derivative of the loss by the probability at pixel i, counted from 0.

    form: 'plain' Dice, 'squares': Dice with squared probabilities below the line, 'jaccard': soft IoU.
    """
    p, u = leaf(q0), constant(u0)
    shared = p.dot(u)
    below = {"plain": p.sum() + u.sum(), "squares": p.dot(p) + u.dot(u), "jaccard": p.sum() + ((1 - p) * u).sum()}
    times = 1 if form == "jaccard" else 2
    return float(gradient(1 - times * shared / below[form], p)[int(i)])
