"""Pictures of what an output attends to: curves of sensitivity by step, tables of weights, and how weights are made.

A recurrent network reads 9 steps; the output of step t is most sensitive to the input of step s.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from solutions.arrays import Array, constant
from solutions.drawings import Arrow, Box, Diagram, Grid, Grids, Plot, Series

STEPS = 9


def sensitivity(t: int, s: int, a: float, b: float, e: int) -> Array:
    """The size of the derivative of the output of step t by the input of each step 1 ... STEPS.

    It peaks at s with the height 1 and falls with the factor a from step to step before, b after it; e = 1: a network
    that reads in one direction, so 0 after t.
    """
    steps = np.arange(1, STEPS + 1)
    lag = steps - int(s)
    values = np.where(lag < 0, float(a) ** np.abs(lag), float(b) ** np.abs(lag))
    if int(e) == 1:
        values = np.where(steps > int(t), 0.0, values)
    return np.asarray(values.round(2), dtype=np.float64)


def inputs(v: Array, m: int) -> Array:
    """The sizes of the inputs of the steps 1 ... STEPS: v (9,), with 1.4 at step m."""
    values = np.asarray(v, dtype=float).copy()
    values[int(m) - 1] = 1.4
    return values


def curves(t: int, s: int, a: float, b: float, e: int, v: Array, m: int) -> Plot:
    """Both curves over the steps."""
    steps = range(1, STEPS + 1)
    found, read = sensitivity(t, s, a, b, e), inputs(v, m)
    return Plot(
        f"The output of step {int(t)}, and the inputs",
        "step of the input",
        "size",
        (
            Series(
                "size of the derivative of the output by this input",
                tuple(zip(map(float, steps), map(float, found), strict=True)),
            ),
            Series(
                "size of the input itself", tuple(zip(map(float, steps), map(float, read), strict=True)), mark="crosses"
            ),
        ),
    )


def peak(t: int, s: int, a: float, b: float, e: int) -> int:
    """The step with the largest sensitivity in the curve."""
    return 1 + int(sensitivity(t, s, a, b, e).argmax())


def lag(t: int, s: int, a: float, b: float, e: int) -> int:
    """By how many steps that input comes before the output; negative where it comes after."""
    return int(t) - peak(t, s, a, b, e)


def direction(t: int, s: int, a: float, b: float, e: int) -> str:
    """'both' where an input after step t has an influence, else 'forward'."""
    return "both" if sensitivity(t, s, a, b, e)[int(t) :].max() > 0 else "forward"


def declared_direction(e: int) -> str:
    """The direction that the curve was drawn for."""
    return "forward" if int(e) == 1 else "both"


def reach(t: int, s: int, a: float, b: float, e: int, h: float) -> int:
    """At how many steps the sensitivity is at least the share h of its largest value."""
    values = sensitivity(t, s, a, b, e)
    return sum(1 for value in values if value >= float(h) * values.max() - 1e-9)


def alignment(order: Array, q: float) -> Grids:
    """A table of weights (5, 4): target word j gives q to source word order[j], the rest to the others evenly."""
    table = _table(order, q)
    rows = tuple(tuple(float(value) for value in row.round(2)) for row in table)
    return Grids("Weights: a row for each target word, a column for each source word", (Grid("weights", rows),))


def coverage(order: Array, q: float, c: int) -> float:
    """The weight that source word c gets from all target words together."""
    return float(_table(order, q)[:, int(c)].sum())


def attended(order: Array, q: float, x: Array, j: int) -> float:
    """The context of target word j where source word i has the state x[i], a number."""
    return float((constant(_table(order, q)) @ constant(x))[int(j)])


def crossings(order: Array) -> int:
    """How many pairs of target words attend most to two source words that stand the other way round."""
    places = [int(place) for place in order]
    return sum(1 for b in range(5) for a in range(b) if places[a] > places[b])


def after_reading(order: Array, m: int, q: float) -> int:
    """How many target words have their largest weight among the first m source words."""
    return int((_table(order, q).argmax(axis=1) < int(m)).sum())


def query_key_value() -> Diagram:
    """Scaled dot-product attention of n queries over m keys and values: softmax(Q Kᵀ / √d) V, with shapes."""
    boxes = (
        Box("Q", "Q\nn × d", 0, 0, "input"), Box("K", "K\nm × d", 0, 1.3, "input"),
        Box("V", "V\nm × c", 0, 2.6, "input"), Box("scores", "Q Kᵀ\nn × m", 0.85, 0.65),
        Box("scaled", "÷ √d", 1.6, 0.65), Box("weights", "softmax\nof each row", 2.45, 0.65),
        Box("turn", "", 3.4, 2.6, "point"), Box("mixed", "× V", 3.4, 0.65), Box("out", "O\nn × c", 4.1, 0.65),
    )  # fmt: skip
    line = ("scores", "scaled", "weights", "mixed", "out")
    arrows = (Arrow("Q", "scores"), Arrow("K", "scores"), Arrow("V", "turn"), Arrow("turn", "mixed"))
    along = tuple(Arrow(start, end, "A" if end == "mixed" else "") for start, end in pairwise(line))
    return Diagram("Scaled dot-product attention", boxes, (*arrows, *along))


def _table(order: Array, q: float) -> Array:
    weights = np.full((5, 4), (1 - float(q)) / 3)
    weights[np.arange(5), np.asarray(order, dtype=int)] = float(q)
    return weights
