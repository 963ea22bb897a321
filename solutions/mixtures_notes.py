"""Notes on variational EM with one wrong line, found at sampled points.

u, g, eta  a variational parameter, the bound's derivative by it, a step size      w, a, b  weight and densities
x, r (N,)  data and responsibilities      m  a mean      h (M,)  derivatives of the terms of a minibatch
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from grader.formula import Domain, Scope, Symbol, evaluate, read
from grader.formula.cases import sample_cases
from solutions.arrays import Array, array, constant, leaf
from solutions.wrong_lines import only

LINES = ("climb", "share", "mean", "spread", "weight", "batch")


def wrong_line(p1: str, p2: str, p3: str, p4: str, p5: str, p6: str) -> str:
    """The name in LINES of the line that the definitions contradict."""
    unit, positive = Domain("unit"), Domain("positive")
    scope = Scope({
        "u": Symbol("u", ()), "g": Symbol("g", ()), "eta": Symbol("eta", (), positive), "w": Symbol("w", (), unit),
        "a": Symbol("a", (), positive), "b": Symbol("b", (), positive), "x": Symbol("x", ("N",)),
        "r": Symbol("r", ("N",), unit), "m": Symbol("m", ()), "h": Symbol("h", ("M",)),
    })  # fmt: skip
    wrong = []
    for name, text in zip(LINES, (p1, p2, p3, p4, p5, p6), strict=True):
        formula = read(text, scope)
        for case in sample_cases(scope, seed=f"em notes {name}", points=2)[:3]:
            points: list[dict[str, Any]] = [dict(case.point(i)) for i in range(case.points)]
            found = evaluate(formula, case)
            if not np.allclose(found, [line(**p, wrong=name) for p in points]):
                wrong.append(name)
                break
    return only(wrong)


def line(
    u: float, g: float, eta: float, w: float, a: float, b: float, x: Array, r: Array, m: float, h: Array, wrong: str
) -> float:
    """What the line named `wrong` should say, from the definition that it follows from."""
    import torch

    if wrong == "climb":
        at = leaf(u)
        (slope,) = torch.autograd.grad(float(g) * at, at)  # a bound with the derivative g
        return float(array(at + float(eta) * slope))
    if wrong == "share":
        logs = constant([np.log(float(w) * float(a)), np.log((1 - float(w)) * float(b))])
        return float(torch.softmax(logs, 0)[0])
    if wrong == "batch":  # N times the mean over all minibatches of one point
        return float(np.mean([len(x) * entry for entry in h]))
    if wrong == "weight":
        return float(np.mean(r))
    root = np.sqrt(np.asarray(r, dtype=float))
    target = x if wrong == "mean" else (np.asarray(x) - m) ** 2
    fit, *_ = np.linalg.lstsq(root[:, None], root * target, rcond=None)
    return float(fit[0])


def drawn_step(n0: int, b0: int, total: float, rate: float, old: float) -> float:
    """The parameter after a step: as if each of n0/b0 minibatches had the same sum."""
    theta = float(old)
    for _ in itertools.repeat(None, int(n0) // int(b0)):
        theta += float(rate) * float(total)
    return theta


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong
