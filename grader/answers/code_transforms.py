"""Slips that move entries about, or leave out one input: the expected arrays under a named transform.

Each must hold in every case at once. Axes are counted from 0.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from grader.answers.code_diagnosis import MIN_ENTRIES, Output
from grader.answers.code_values import Array, close
from grader.verdict import Feedback

MOST_AXES = 4


def moved(output: Output) -> Feedback | None:
    """Backwards, flipped, shifted by one, or with other axes; None where none of it."""
    ranks = {array.ndim for array in (*output.got, *output.expected)}
    if len(ranks) != 1 or not 0 < (rank := ranks.pop()) <= MOST_AXES:
        return None
    for test in (_flipped, _reversed, _shifted, _axes):
        found = test(output, rank)
        if found is not None:
            return found
    return None


def incomplete(output: Output) -> Feedback | None:
    """Right but for one input as a factor or a term; None where it is not."""
    if sum(np.count_nonzero(array) for array in output.expected) < MIN_ENTRIES:
        return None
    for name in output.cases[0].inputs:
        for code, repaired in REPAIRS.items():
            if output.agrees_with(partial(_repaired, output, name, repaired)):
                return Feedback(code, {"output": output.name, "input": name})
    return None


REPAIRS: dict[str, Callable[[Array, Array], Array]] = {
    "code.missing-factor": np.multiply,
    "code.extra-factor": np.divide,
    "code.missing-term": np.add,
    "code.extra-term": np.subtract,
}


def _repaired(output: Output, name: str, repaired: Callable[[Array, Array], Array], i: int) -> Array | None:
    """What came, mended with an input; None where the input is no array of numbers that fits."""
    value, got = output.cases[i].inputs[name], output.got[i]
    if isinstance(value, str | bool) or not isinstance(value, np.ndarray | int | float):
        return None
    other = np.asarray(value, dtype=np.float64)
    if got.ndim == 4 and other.ndim == 1 and other.shape[0] == got.shape[1]:
        other = other[:, None, None]  # one number for each channel
    try:
        if np.broadcast_shapes(other.shape, got.shape) != got.shape:
            return None
    except ValueError:
        return None
    with np.errstate(all="ignore"):
        return repaired(got.astype(np.float64), other)


def _flipped(output: Output, rank: int) -> Feedback | None:
    if rank >= 2 and output.agrees([array[..., ::-1, ::-1] for array in output.got]):
        return Feedback("code.flipped", {"output": output.name})
    return None


def _reversed(output: Output, rank: int) -> Feedback | None:
    for axis in range(rank):
        if output.agrees([np.flip(array, axis) for array in output.got]):
            return Feedback("code.reversed", {"output": output.name, "axis": axis})
    return None


def _shifted(output: Output, rank: int) -> Feedback | None:
    """All entries but those at the edge are a neighbour's."""
    for axis in range(rank):
        for code, late in (("code.shifted-late", True), ("code.shifted-early", False)):
            pairs = list(_overlaps(output, axis, late))
            if (
                len(pairs) >= 2
                and _long_enough(pairs)
                and all(close(a, b, tolerance=output.tolerance, noise=1e-12) for a, b in pairs)
            ):
                return Feedback(code, {"output": output.name, "axis": axis})
    return None


def _overlaps(output: Output, axis: int, late: bool) -> Iterator[tuple[Array, Array]]:
    """What came and what was expected one entry apart, in each case where there are two entries."""
    for got, expected in zip(output.got, output.expected, strict=True):
        if got.shape == expected.shape and got.shape[axis] > 1:
            rest, first = np.s_[1:], np.s_[:-1]
            mine, right = (rest, first) if late else (first, rest)
            index: Sequence[slice] = [np.s_[:]] * axis
            yield got[(*index, mine)], expected[(*index, right)]


def _long_enough(pairs: Sequence[tuple[Array, Array]]) -> bool:
    """Enough entries that differ, so that a constant array is not taken for a shifted one."""
    return sum(len(np.unique(right)) for _, right in pairs) > len(pairs) + MIN_ENTRIES


def _axes(output: Output, rank: int) -> Feedback | None:
    for order in itertools.permutations(range(rank)):
        if order != tuple(range(rank)) and output.agrees([np.transpose(array, order) for array in output.got]):
            return Feedback("code.axes", {"output": output.name, "order": str([order.index(i) for i in range(rank)])})
    return None
