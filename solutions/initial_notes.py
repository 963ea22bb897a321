"""Notes on initialisation with a slip in them: which line is wrong is found by asking torch.nn.init."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.initialisation import layer_weight
from solutions.wrong_lines import only

if TYPE_CHECKING:
    from torch import Tensor

LINES = ("lecun", "xavier", "bound", "he", "leaky")
_SETTINGS = {"n": ("6", "50"), "m": ("10", "20"), "a": ("1/4", "3/4")}


def wrong_line(lecun: str, xavier: str, bound: str, he: str, leaky: str) -> str:
    """Name of the one line whose formula in n, m and a disagrees with torch."""
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import Case

    scope = Scope({name: Symbol(name, ()) for name in _SETTINGS})
    exact: dict[str, Any] = {name: np.array([Fraction(v) for v in texts]) for name, texts in _SETTINGS.items()}
    case = Case({}, {name: values.astype(np.float64) for name, values in exact.items()}, exact, 2)
    wrong = []
    for name, text in zip(LINES, (lecun, xavier, bound, he, leaky), strict=True):
        truth = [line_value(name, *(float(value) for value in point)) for point in zip(*exact.values(), strict=True)]
        if not np.allclose(evaluate(read(text, scope), case), truth, rtol=1e-9):
            wrong.append(name)
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def line_value(wrong: str, n: float, m: float, a: float) -> float:
    """What the line of that name should say for a fully connected layer, by torch: a variance, or a bound."""
    return _scale(wrong, layer_weight("dense", n, m, 1), a)


def line_drawn(wrong: str, c: int, f: int, k: int, s: float) -> float:
    """The same for a convolution from c to f channels with k x k pixels; s is the slope."""
    return _scale(wrong, layer_weight("image", c, f, k), float(s))


def _scale(line: str, weight: Tensor, a: float) -> float:
    """Standard numbers and what torch.nn.init makes of the same ones: their quotient is the scale."""
    import torch

    init = torch.nn.init
    fill: dict[str, Any] = {
        "lecun": lambda w, g: init.kaiming_normal_(w, nonlinearity="linear", generator=g),
        "xavier": lambda w, g: init.xavier_normal_(w, generator=g),
        "bound": lambda w, g: init.xavier_uniform_(w, generator=g),
        "he": lambda w, g: init.kaiming_normal_(w, nonlinearity="relu", generator=g),
        "leaky": lambda w, g: init.kaiming_normal_(w, a, nonlinearity="leaky_relu", generator=g),
    }
    filled = fill[line](weight.clone(), torch.Generator().manual_seed(7))
    source, standard = torch.Generator().manual_seed(7), torch.empty_like(weight)
    standard = standard.uniform_(-1, 1, generator=source) if line == "bound" else standard.normal_(generator=source)
    scale = float(filled.abs().sum() / standard.abs().sum())
    return scale if line == "bound" else scale**2
