"""Notes on adversarial networks with one wrong line, found at sampled points.

p, q  densities at a point      w  share of data      J  a Jensen-Shannon divergence      D (N,), E (M,)  outputs
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.formula import Domain, Scope, Symbol, evaluate, read
from grader.formula.cases import sample_cases
from solutions.arrays import Array, array, constant, leaf
from solutions.wrong_lines import only

LINES = ("best", "odds", "value", "minimax", "other", "optimum")


def wrong_line(l1: str, l2: str, l3: str, l4: str, l5: str, l6: str) -> str:
    """The name in LINES of the line that the definitions contradict."""
    unit, positive = Domain("unit"), Domain("positive")
    scope = Scope({
        "p": Symbol("p", (), positive), "q": Symbol("q", (), positive), "w": Symbol("w", (), unit),
        "J": Symbol("J", (), unit), "D": Symbol("D", ("N",), unit), "E": Symbol("E", ("M",), unit),
    })  # fmt: skip
    wrong = []
    for name, text in zip(LINES, (l1, l2, l3, l4, l5, l6), strict=True):
        formula = read(text, scope)
        for case in sample_cases(scope, seed=f"adversarial notes {name}", points=2)[:2]:
            points: list[dict[str, Any]] = [dict(case.point(i)) for i in range(case.points)]
            found = evaluate(formula, case)
            if not np.allclose(found, np.stack([line(**point, wrong=name) for point in points])):
                wrong.append(name)
                break
    return only(wrong)


def line(p: float, q: float, w: float, J: float, D: Array, E: Array, wrong: str) -> Array:
    """What the line named `wrong` should say, from the definition that it follows from."""
    import torch

    if wrong == "best":  # two classes of equal size
        return array(torch.softmax(constant([np.log(float(p)), np.log(float(q))]), 0)[0])
    if wrong == "odds":  # Bayes' rule undone: the posterior's log odds, less those of the prior
        outputs, share = np.asarray(D, dtype=float), float(w)
        return np.asarray(np.exp(np.log(outputs) - np.log1p(-outputs) - (np.log(share) - np.log1p(-share))))
    if wrong == "value":
        outputs = np.concatenate([D, E])
        labels = np.concatenate([np.ones(len(D)), np.zeros(len(E))])
        logs = np.log(1 - np.abs(labels - outputs))  # of the probability of the right class
        return np.asarray(sum(logs[labels == kind].mean() for kind in (0, 1)))
    if wrong == "optimum":  # entropies: J = H[m] - (H[p] + H[q])/2, and the value is H[p] + H[q] - 2 H[m] with 2 m in D
        return np.asarray(2 * (float(J) - np.log(2.0)))
    return _slope(np.asarray(E, dtype=float), wrong)


def drawn_change(e0: Array, rate: float, loss: str) -> float:
    """The change of the first logit in one step of descent on the loss, 'minimax' or 'other'."""
    return float(-float(rate) * _slope(np.asarray(e0, dtype=float), loss)[0])


def _slope(outputs: Array, loss: str) -> Array:
    """The gradient (M,) of a generator loss, a mean over M, by the logits of the outputs."""
    import torch

    logits = leaf(np.log(outputs) - np.log1p(-outputs))
    judged = torch.sigmoid(logits)
    value = (1 - judged).log().mean() if loss == "minimax" else -judged.log().mean()
    (slope,) = torch.autograd.grad(value, logits)
    return array(slope)


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong
