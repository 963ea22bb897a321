"""Notes on batch normalisation with a slip in them: which line is wrong is found by asking PyTorch."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.wrong_lines import only

LINES = ("spread", "hat", "out", "dgamma")


def wrong_line(spread: str, hat: str, out: str, dgamma: str) -> str:
    """Name of the one line whose formula in x, g (n,), gamma, beta and p disagrees with PyTorch."""
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import sample_cases
    from grader.formula.symbols import Domain

    shapes: dict[str, tuple[str, ...]] = {"x": ("n",), "g": ("n",), "gamma": (), "beta": (), "p": ()}
    scope = Scope(
        {name: Symbol(name, shape, Domain("positive" if name == "p" else "real")) for name, shape in shapes.items()}
    )
    case = sample_cases(scope, seed="notes on batch normalisation")[0]
    point = case.point(0)
    x, g = point["x"], point["g"]
    gamma, beta, p = (float(point[name]) for name in ("gamma", "beta", "p"))
    wrong = []
    for name, text in zip(LINES, (spread, hat, out, dgamma), strict=True):
        printed = evaluate(read(text, scope), case)[0]
        if not np.allclose(printed, line_value(name, x, g, gamma, beta, p), rtol=1e-9, atol=1e-12):
            wrong.append(name)
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def line_value(wrong: str, x: Array, g: Array, gamma: float, beta: float, p: float) -> Array:
    """What the line of that name should say, by torch: a number, or a value for each example (n,)."""
    import torch

    if wrong == "spread":
        return array(torch.var(constant(x), correction=0))
    gain, shift = leaf([float(gamma)]), constant([float(beta)])
    column = constant(x)[:, None]
    y = torch.nn.functional.batch_norm(column, None, None, gain, shift, training=True, eps=float(p))[:, 0]
    if wrong == "hat":
        return array(torch.nn.functional.batch_norm(column, None, None, training=True, eps=float(p))[:, 0])
    return array(y) if wrong == "out" else np.asarray(gradient(y, gain, g)[0])


def line_drawn(wrong: str, z: Array, h: Array) -> float:
    """The first entry of that line for drawn values z (4,) and gradients h (4,), with p = 1, gain 3 and shift 2."""
    return float(line_value(wrong, z, h, 3.0, 2.0, 1.0).reshape(-1)[0])
