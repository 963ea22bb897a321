"""Tables of layers with one wrong row: it is found by comparing what is printed with torch at sampled points.

A printed text may hold the name of another drawn text in braces. Symbols of the tables:

x, t (K,)  input, target     p (K,)  distribution   q (K,)  positive   g ()  upstream   a ()  leak
x, b, a (D,), W (D, D)       of the linear layer with a ReLU behind it; a is the upstream gradient there
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.formula import Scope, Symbol, evaluate, read, read_program
from grader.formula.cases import sample_cases
from grader.formula.symbols import Domain
from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.wrong_lines import only

Truth = Callable[..., Array]


def declared_row(wrong: str) -> str:
    """The name that the table's author gives to the wrong row."""
    return wrong


def wrong_loss_row(
    xent: str, logits: str, squared: str, total: str, largest: str, x1: str, l1: str, s1: str, t1: str, m1: str
) -> str:
    """Name of the one row whose printed gradient disagrees with autograd."""
    printed = {"xent": xent, "logits": logits, "squared": squared, "total": total, "largest": largest}
    spelled = {"x1": x1, "l1": l1, "s1": s1, "t1": t1, "m1": m1}
    return _the_wrong(printed, spelled, _LOSS_SYMBOLS, "", loss_row_gradient)


def loss_row_gradient(x: Array, q: Array, p: Array, t: Array, g: float, wrong: str) -> Array:
    """The gradient (K,) that the row `wrong` sends to its input, where the number g arrives."""
    import torch

    values = leaf(q if wrong == "xent" else x)
    losses: Mapping[str, Callable[[], Any]] = {
        "xent": lambda: -(constant(p) * values.log()).sum(),
        "logits": lambda: torch.nn.functional.cross_entropy(values, constant(p), reduction="sum"),
        "squared": lambda: torch.nn.functional.mse_loss(values, constant(t), reduction="sum"),
        "total": lambda: values.sum(),
        "largest": lambda: values.amax(),
    }
    return gradient(losses[wrong](), values, g)


def wrong_linear_row(gate: str, bias: str, weight: str, inp: str, g1: str, b1: str, z: str) -> str:
    """Name of the one row whose printed gradient disagrees with autograd. z: the layer's formula."""
    printed = {"gate": gate, "bias": bias, "weight": weight, "inp": inp}
    program = f"y = {z}\ng = a*(y > 0)"

    def truth(x: Array, W: Array, b: Array, a: Array, wrong: str) -> Array:
        return linear_row_gradient(x, W, b, a, z, wrong)

    return _the_wrong(printed, {"g1": g1, "b1": b1}, _LINEAR_SYMBOLS, program, truth)


def linear_row_gradient(x: Array, W: Array, b: Array, a: Array, z: str, wrong: str) -> Array:
    """The gradient of a·relu(y) at y ('gate'), b ('bias'), W ('weight') or x ('inp'); z: 'W @ x + b', or with W.T."""
    import torch

    leaves = {"inp": leaf(x), "weight": leaf(W), "bias": leaf(b)}
    matrix = leaves["weight"].T if z.startswith("W.T") else leaves["weight"]
    y = torch.nn.functional.linear(leaves["inp"], matrix, leaves["bias"])
    return gradient(torch.relu(y), leaves.get(wrong, y), a)


def wrong_forward_row(
    squash: str, leak: str, shares: str, entropy: str, squared: str, u1: str, k1: str, h1: str, e1: str, s1: str
) -> str:
    """Name of the one row whose printed layer disagrees with torch's."""
    printed = {"squash": squash, "leak": leak, "shares": shares, "entropy": entropy, "squared": squared}
    spelled = {"u1": u1, "k1": k1, "h1": h1, "e1": e1, "s1": s1}
    return _the_wrong(printed, spelled, _FORWARD_SYMBOLS, "", forward_row)


def forward_row(x: Array, t: Array, p: Array, a: float, wrong: str) -> Array:
    """The output of the layer `wrong`: (K,), or a number for the two losses."""
    import torch

    values = constant(x)
    layers: Mapping[str, Callable[[], Any]] = {
        "squash": lambda: torch.sigmoid(values),
        "leak": lambda: torch.nn.functional.leaky_relu(values, float(a)),
        "shares": lambda: torch.softmax(values, dim=0),
        "entropy": lambda: torch.nn.functional.cross_entropy(values, constant(p)),
        "squared": lambda: torch.nn.functional.mse_loss(values, constant(t), reduction="sum"),
    }
    return array(layers[wrong]())


_LOSS_SYMBOLS = {
    **{name: Symbol(name, ("K",)) for name in ("x", "t")},
    "g": Symbol("g"),
    "p": Symbol("p", ("K",), Domain("simplex")),
    "q": Symbol("q", ("K",), Domain("positive")),
}
_FORWARD_SYMBOLS = {
    **{name: Symbol(name, ("K",)) for name in ("x", "t")},
    "a": Symbol("a", (), Domain("unit")),
    "p": Symbol("p", ("K",), Domain("simplex")),
}
_LINEAR_SYMBOLS = {**{name: Symbol(name, ("D",)) for name in ("x", "b", "a")}, "W": Symbol("W", ("D", "D"))}


def _the_wrong(
    printed: Mapping[str, str], spelled: Mapping[str, str], symbols: Mapping[str, Symbol], program: str, truth: Truth
) -> str:
    """The one row that differs from the truth at some sampled point."""
    scope = Scope(symbols)
    if program:
        scope = read_program(program, scope).scope
    wrong = [row for row, text in printed.items() if not _right(row, text, spelled, scope, truth)]
    return only(wrong)


def _right(row: str, text: str, spelled: Mapping[str, str], scope: Scope, truth: Truth) -> bool:
    """True where the printed formula has the true values at every sampled point."""
    formula = read(text, scope, grafts=spelled)
    for case in sample_cases(scope, seed=f"table:{row}", points=3):
        got = evaluate(formula, case)
        for i in range(case.points):
            point = {name: case.point(i)[name] for name in scope.symbols if name in case.values}
            right = truth(**point, wrong=row)
            if not np.allclose(got[i], right, rtol=1e-8, atol=1e-12):
                return False
    return True
