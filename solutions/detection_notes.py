"""Notes on boxes with one wrong line: every printed formula is compared with what boxes of numbers give.

p, q: left and right side of a box (p < q); m, w: its centre and width along x; A, B, S: areas of two boxes and of what
they share; K: number of classes; C: centre of a proposal, W: its width.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.wrong_lines import only

LINES = ("outputs", "centre", "side", "iou", "target")
NAMES = ("p", "q", "m", "w", "A", "B", "S", "K", "C", "W")


def wrong_line(outputs: str, centre: str, side: str, iou: str, target: str) -> str:
    """Name of the one line whose printed formula disagrees with `line_value`."""
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import sample_cases

    scope = Scope({name: Symbol(name, ()) for name in NAMES})
    case = sample_cases(scope, seed="notes on boxes", points=3)
    wrong = []
    for name, text in zip(LINES, (outputs, centre, side, iou, target), strict=True):
        printed = evaluate(read(text, scope), case[0])
        point = {key: float(value) for key, value in case[0].point(0).items()}
        if not np.isclose(float(printed[0]), line_value(name, **point)):
            wrong.append(name)
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def line_value(
    wrong: str, p: float, q: float, m: float, w: float, A: float, B: float, S: float, K: float, C: float, W: float
) -> float:  # fmt: skip
    """What the line of that name should say."""
    if wrong == "outputs":
        return K * _numbers_of_a_box()
    if wrong == "centre":
        return float(np.mean([p, q]))
    if wrong == "side":
        return float(np.linalg.solve([[0.5, 0.5], [-1.0, 1.0]], np.array([m, w]))[1])
    if wrong == "iou":
        only_a, only_b = A - S, B - S
        return S / (only_a + only_b + S)
    return float(np.linalg.solve([[W]], np.array([m - C]))[0])  # C + W*t = m


def _numbers_of_a_box() -> int:
    """How many numbers fix all four corners: the rank of the map from the four sides to the eight coordinates."""
    left, low, right, high = np.eye(4)
    corners: Array = np.stack([left, low, right, low, right, high, left, high])
    return int(np.linalg.matrix_rank(corners))


def line_drawn(
    wrong: str, p0: float, q0: float, m0: float, w0: float, A0: float, B0: float, S0: float, K0: float, C0: float,
    W0: float,
) -> float:  # fmt: skip
    """The same with the drawn numbers."""
    return line_value(wrong, *(float(v) for v in (p0, q0, m0, w0, A0, B0, S0, K0, C0, W0)))
