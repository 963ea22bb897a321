"""Notes on fine-tuning with one wrong line: every printed formula is compared with autograd and torch's optimiser.

X (N, D): inputs, h (N, H): features tanh(X W), E (N,): errors, v (H,): head, W (D, H): base, P (D, H): its pretrained
weights, u: weight of the penalty, eta: learning rate.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf
from solutions.wrong_lines import only

LINES = ("head", "base", "pull", "step", "kept")
SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("X", ("N", "D")), ("h", ("N", "H")), ("E", ("N",)), ("v", ("H",)), ("W", ("D", "H")), ("P", ("D", "H")),
    ("u", ()), ("eta", ()),
)  # fmt: skip


def wrong_line(head: str, base: str, pull: str, step: str, kept: str) -> str:
    """Name of the one line whose printed formula disagrees with `line_value`."""
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import sample_cases
    from grader.formula.symbols import Domain

    domains = {"h": Domain("unit"), "u": Domain("positive"), "eta": Domain("positive")}
    scope = Scope({name: Symbol(name, shape, domains.get(name, Domain())) for name, shape in SHAPES})
    case = sample_cases(scope, seed="notes on fine-tuning")[0]
    point: dict[str, Any] = dict(case.point(0))
    wrong = []
    for name, text in zip(LINES, (head, base, pull, step, kept), strict=True):
        printed, truth = evaluate(read(text, scope), case)[0], line_value(name, **point)
        if not np.allclose(printed, truth, rtol=1e-9, atol=1e-12):
            wrong.append(name)
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def line_value(
    wrong: str, X: Array, h: Array, E: Array, v: Array, W: Array, P: Array, u: float, eta: float
) -> Array:  # fmt: skip
    """What the line of that name should say, in the shape of the weights that it is about."""
    import torch

    weights, head = leaf(W), leaf(v)
    if wrong == "pull":
        (slope,) = torch.autograd.grad(float(u) / 2 * (weights - constant(P)).square().sum(), weights)
        return array(slope)
    if wrong == "kept":
        weights.grad = torch.zeros_like(weights)
        torch.optim.SGD([weights], lr=float(eta), weight_decay=float(u)).step()
        return array(weights)
    before = torch.atanh(constant(h)) + constant(X) @ (weights - constant(W))  # X W, whatever it was
    loss = constant(E) @ (torch.tanh(before) @ head)  # its gradient at the predictions is E
    loss.backward()  # type: ignore[no-untyped-call]
    if wrong == "step":
        torch.optim.SGD([head], lr=float(eta)).step()
        return array(head)
    found = head.grad if wrong == "head" else weights.grad
    assert found is not None
    return array(found)


def line_drawn(
    wrong: str, x0: float, h0: float, e0: float, v0: float, w0: float, p0: float, u0: float, eta0: float
) -> float:  # fmt: skip
    """The same where all sizes are 1."""
    X, h, W, P = (np.array([[float(value)]]) for value in (x0, h0, w0, p0))
    E, v = np.array([float(e0)]), np.array([float(v0)])
    return float(line_value(wrong, X, h, E, v, W, P, float(u0), float(eta0)).reshape(-1)[0])
