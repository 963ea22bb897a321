"""Pictures of recurrent networks: the cell of an LSTM, and a simple network unrolled in time."""

from __future__ import annotations

from itertools import pairwise

from solutions.drawings import Arrow, Box, Diagram

GATES, MADE, LINE, INPUT = 2.6, 1.3, 3.6, 4.5  # heights of the rows below the cell state
ACROSS = {"f": 0.9, "i": 1.5, "u": 2.2, "o": 2.8}  # places of the gates and the candidate
OUT = 3.4  # where the cell state is shown


def lstm_cell() -> Diagram:
    """One step of an LSTM: s1 = f s0 + i u and h1 = o tanh(s1); three gates and the candidate see h0 and x1."""
    ends = (
        Box("s0", "s₀", 0, 0, "input"), Box("h0", "h₀", 0, LINE, "input"), Box("x1", "x₁", 0, INPUT, "input"),
        Box("s1", "s₁", 4.15, 0), Box("h1", "h₁", 4.15, 2.0),
    )  # fmt: skip
    layers = (
        Box("f", "σ", ACROSS["f"], GATES), Box("i", "σ", ACROSS["i"], GATES),
        Box("u", "tanh", ACROSS["u"], GATES), Box("o", "σ", ACROSS["o"], GATES), Box("shown", "tanh", OUT, 1.0),
    )  # fmt: skip
    signs = (
        Box("kept", "×", ACROSS["f"], 0, "operation"), Box("written", "×", 1.85, MADE, "operation"),
        Box("sum", "+", 1.85, 0, "operation"), Box("out", "×", OUT, 2.0, "operation"),
    )  # fmt: skip
    turns = (
        Box("both", "", 0.45, LINE, "point"), Box("from x", "", 0.45, INPUT, "point"), Box("s", "", OUT, 0, "point"),
        Box("i up", "", ACROSS["i"], MADE, "point"), Box("u up", "", ACROSS["u"], MADE, "point"),
        Box("o up", "", ACROSS["o"], 2.0, "point"),
        *(Box(f"to {gate}", "", x, LINE, "point") for gate, x in ACROSS.items()),
    )  # fmt: skip
    inside = tuple(box.name for box in (*layers, *signs, *turns) if box.name != "from x")
    frame = Box("cell", "LSTM", kind="group", holds=inside)
    arrows = (*_read(), *_cell_line(), *_shown())
    return Diagram("One step of an LSTM", (*ends, *layers, *signs, *turns, frame), arrows)


def _read() -> tuple[Arrow, ...]:
    """From h0 and x1 to the four layers."""
    line = ("both", "to f", "to i", "to u", "to o")
    along = tuple(Arrow(start, end) for start, end in pairwise(line))
    up = tuple(Arrow(f"to {gate}", gate) for gate in ACROSS)
    return (Arrow("h0", "both"), Arrow("x1", "from x"), Arrow("from x", "both"), *along, *up)


def _cell_line() -> tuple[Arrow, ...]:
    """From s0 to s1: the forget gate multiplies, what is written is added."""
    written = (Arrow("i", "i up", "i"), Arrow("i up", "written"), Arrow("u", "u up", "u"), Arrow("u up", "written"))
    line = (Arrow("s0", "kept"), Arrow("kept", "sum"), Arrow("sum", "s"), Arrow("s", "s1"))
    return (*line, Arrow("f", "kept", "f"), *written, Arrow("written", "sum"))


def _shown() -> tuple[Arrow, ...]:
    """From s1 through tanh and output gate to h1."""
    gate = (Arrow("o", "o up", "o"), Arrow("o up", "out"))
    return (Arrow("s", "shown"), Arrow("shown", "out"), *gate, Arrow("out", "h1"))


def unrolled(steps: int = 3) -> Diagram:
    """A simple recurrent network over some steps, and the way of a gradient from the last loss to the first input."""
    times = [(t, str(t).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))) for t in range(steps + 1)]
    width = 4.0 / steps
    boxes = [Box("h0", "h₀", 0, 1.5, "input")]
    arrows = []
    for t, low in times[1:]:
        x = width * t
        boxes += [Box(f"x{t}", f"x{low}", x, 3.0, "input"), Box(f"h{t}", f"h{low}", x, 1.5)]
        boxes += [Box(f"L{t}", f"L{low}", x, 0)]
        arrows += [Arrow(f"h{t - 1}", f"h{t}", "W"), Arrow(f"x{t}", f"h{t}", "U"), Arrow(f"h{t}", f"L{t}", "B")]
    for t, low in times[:1:-1]:
        before = times[t - 1][1]
        arrows.append(Arrow(f"h{t}", f"h{t - 1}", f"∂h{low}/∂h{before}", -0.55, "back"))
    last = f"L{steps}", f"h{steps}"
    arrows += [Arrow(*last, "", -0.3, "back"), Arrow("h1", "x1", "", -0.3, "back")]
    return Diagram(f"A recurrent network over {steps} steps", tuple(boxes), tuple(arrows))
