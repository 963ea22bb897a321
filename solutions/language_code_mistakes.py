"""Wrong references for code on word vectors, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_language as right
from solutions.arrays import Array

Two = tuple[Array, Array]


def embedding_last(ids: Array, G: Array, V: int, pad: int) -> Array:
    """Plain assignment: the last place of a word wins."""
    dE = np.zeros((int(V), G.shape[-1]))
    dE[ids.astype(int)] = G
    dE[int(pad)] = 0
    return dE


def embedding_mean(ids: Array, G: Array, V: int, pad: int) -> Array:
    """Averages over the places of a word."""
    times = np.bincount(ids.astype(int).ravel(), minlength=int(V))
    result: Array = right.embedding_gradient(ids, G, V, pad) / np.maximum(times, 1)[:, None]
    return result


def embedding_padded(ids: Array, G: Array, V: int, pad: int) -> Array:
    """Gives the padding a gradient."""
    return right.embedding_gradient(ids, G, V, -1)


def sampling_sign(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> Two:
    """Pulls the negatives closer."""
    one = right.sampling_step(W, U, centre, context, negatives[:0], eta)
    both = right.sampling_step(W, U, centre, context, negatives, eta)
    return 2 * one[0] - both[0], 2 * one[1] - both[1]


def sampling_no_negatives(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> Two:
    """The true pair alone."""
    return right.sampling_step(W, U, centre, context, negatives[:0], eta)


def sampling_in_turn(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> Two:
    """Moves W first and computes the gradient of U with the new vector."""
    after, _ = right.sampling_step(W, U, centre, context, negatives, eta)
    _, contexts = right.sampling_step(after, U, centre, context, negatives, eta)
    return after, contexts


def sampling_once(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> Two:
    """Takes each different negative once."""
    return right.sampling_step(W, U, centre, context, np.unique(negatives), eta)


def sampling_climb(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> Two:
    """Goes uphill."""
    return right.sampling_step(W, U, centre, context, negatives, -eta)


def sampling_only_word(W: Array, U: Array, centre: int, context: int, negatives: Array, eta: float) -> Two:
    """Leaves the contexts as they are."""
    return right.sampling_step(W, U, centre, context, negatives, eta)[0], U
