"""Pictures of networks: a computation graph with values and gradients, and a residual block."""

from __future__ import annotations

import math

from solutions.drawings import Arrow, Box, Diagram


def computation_graph(x: float = 2.0, w: float = 0.5, b: float = -1.5, v: float = 2.0, t: float = 1.0) -> Diagram:
    """A network of one hidden unit, h = tanh(w x + b), p = v h, L = (p − t)² / 2: values on, gradients back.

    At an arrow stands the gradient that comes back along it.
    """
    z = w * x + b
    h = math.tanh(z)
    p = v * h
    dp = p - t
    dh = dp * v
    dz = dh * (1 - h * h)
    boxes = (
        Box("w", _told("w", w), 0, 0, "input"), Box("x", _told("x", x), 0, 1.4, "input"),
        Box("b", _told("b", b), 0, 2.8, "input"), Box("z", _told("z = w x + b", z), 1.2, 1.4),
        Box("h", _told("h = tanh z", h), 2.5, 1.4), Box("v", _told("v", v), 2.5, 2.8, "input"),
        Box("p", _told("p = v h", p), 3.7, 1.4), Box("t", _told("t", t), 2.5, 0, "input"),
        Box("L", _told("L = ½ (p − t)²", (p - t) ** 2 / 2), 3.7, 0),
    )  # fmt: skip
    back = {
        ("w", "z"): dz * x, ("x", "z"): dz * w, ("b", "z"): dz, ("z", "h"): dz, ("h", "p"): dh, ("v", "p"): dp * h,
        ("p", "L"): dp,
    }  # fmt: skip
    arrows = tuple(Arrow(*ends, back=_number(value)) for ends, value in back.items())
    return Diagram("Values on the way on, gradients on the way back", boxes, (*arrows, Arrow("t", "L")))


def _told(text: str, value: float) -> str:
    return f"{text}\n{_number(value)}"


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")


def residual_block() -> Diagram:
    """y = relu(x + F(x)): two layers in a branch, and a path around them that hands the gradient on unchanged."""
    boxes = (
        Box("x", "x", 0, 1, "input"), Box("part", "", 0.4, 1, "point"),
        Box("first", "convolution\nbatch norm\nReLU", 1.1, 1), Box("second", "convolution\nbatch norm", 2.2, 1),
        Box("sum", "+", 3.1, 1, "operation"), Box("relu", "ReLU", 3.68, 1), Box("y", "y", 4.25, 1),
        Box("left", "", 0.4, -0.2, "point"), Box("right", "", 3.1, -0.2, "point"),
    )  # fmt: skip
    branch = (Arrow("x", "part"), Arrow("part", "first"), Arrow("first", "second"), Arrow("second", "sum", "F(x)"))
    around = (
        Arrow("part", "left"),
        Arrow("left", "right", "x: the gradient comes back unchanged"),
        Arrow("right", "sum"),
    )
    return Diagram("A residual block", boxes, (*branch, *around, Arrow("sum", "relu"), Arrow("relu", "y")))
