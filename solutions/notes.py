"""Lecture notes with a slip in them: which line is wrong is found by evaluating what is printed."""

from __future__ import annotations

import numpy as np

from grader.formula import Scope, Symbol, evaluate, read, read_program
from grader.formula.cases import sample_cases
from solutions.arrays import Array, activation, gradient, leaf
from solutions.wrong_lines import only

LAYERS = ("sigmoid", "tanh", "relu", "softmax")


def wrong_layer(sigmoid: str, tanh: str, relu: str, softmax: str) -> str:
    """Name of the one layer whose printed dL/dx disagrees with autograd.

    Each argument is a formula in x (input), y (output) and g (upstream gradient).
    """
    printed = dict(zip(LAYERS, (sigmoid, tanh, relu, softmax), strict=True))
    wrong = [layer for layer, formula in printed.items() if not _right(layer, formula)]
    return only(wrong)


def declared_layer(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def layer_gradient(x: Array, g: Array, wrong: str) -> Array:
    """dL/dx (K,) of the layer named `wrong`, by autograd."""
    values = leaf(x)
    return gradient(activation(wrong)(values), values, g)


def _right(layer: str, printed: str) -> bool:
    """True where the printed formula has the values of autograd at every sampled point."""
    scope = Scope({name: Symbol(name, ("K",)) for name in ("x", "g")})
    program = read_program(f"y = {layer}(x)", scope)
    formula = read(printed, program.scope)
    for case in sample_cases(program.scope, seed=f"notes:{layer}"):
        values = leaf(case.values["x"])  # (P, K)
        truth = gradient(activation(layer)(values), values, case.values["g"])
        if not np.allclose(evaluate(formula, case), truth, rtol=1e-9, atol=1e-12):
            return False
    return True
