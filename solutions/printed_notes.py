"""Notes on regression with one wrong line: it is found by evaluating every printed line against torch.

X  (N, D)  inputs, one example a row      w  (D,)  weights
y  (N,)    targets, or labels 0/1         rho      weight of the penalty rho*|w|^2
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.formula import Scope, Symbol, evaluate, read
from grader.formula.cases import sample_cases
from grader.formula.symbols import Domain
from solutions.arrays import Array, array, constant, gradient, leaf
from solutions.regression import least_squares, ridge_weights
from solutions.wrong_lines import only

Truth = Callable[[dict[str, Any]], Any]


def wrong_regression_line(
    N: int, p1: str, p2: str, p3: str, p4: str, r1: str, r2: str, r3: str, r4: str
) -> str:  # fmt: skip
    """'loss', 'gradient', 'minimum' or 'ridge': the printed line p1 to p4 that torch contradicts.

    Where a line is printed as it should be, it says `{r1}` and r1 holds the formula.
    """
    printed = dict(zip(REGRESSION, _resolved((p1, p2, p3, p4), (r1, r2, r3, r4)), strict=True))
    return _only_wrong(printed, REGRESSION, Domain(), {"N": Fraction(N)})


def wrong_logistic_line(
    N: int, p1: str, p2: str, p3: str, p4: str, p5: str, r1: str, r2: str, r3: str, r4: str, r5: str
) -> str:  # fmt: skip
    """'one', 'signs', 'loss', 'gradient' or 'hessian': the printed line that torch contradicts."""
    printed = dict(zip(LOGISTIC, _resolved((p1, p2, p3, p4, p5), (r1, r2, r3, r4, r5)), strict=True))
    return _only_wrong(printed, LOGISTIC, Domain("binary"), {"N": Fraction(N)})


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def regression_line(X: Array, y: Array, w: Array, rho: float, wrong: str) -> Array:
    """What the line named `wrong` should say, by torch."""
    return np.asarray(REGRESSION[wrong]({"X": X, "y": y, "w": w, "rho": rho}))


def logistic_line(X: Array, y: Array, w: Array, z: float, t: float, wrong: str) -> Array:
    """What the line named `wrong` should say, by torch."""
    return np.asarray(LOGISTIC[wrong]({"X": X, "y": y, "w": w, "z": z, "t": t}))


def _squares(at: dict[str, Any]) -> float:
    import torch

    loss = torch.nn.functional.mse_loss(constant(at["X"]) @ constant(at["w"]), constant(at["y"]), reduction="sum")
    return float(loss / 2)


def _squares_slope(at: dict[str, Any]) -> Array:
    weights = leaf(at["w"])
    return gradient(((constant(at["X"]) @ weights - constant(at["y"])) ** 2).sum() / 2, weights)


def _entropy(scores: Any, labels: Any) -> Any:
    import torch

    return torch.nn.functional.binary_cross_entropy_with_logits(scores, labels, reduction="sum")


def _entropy_slope(at: dict[str, Any]) -> Array:
    weights = leaf(at["w"])
    return gradient(_entropy(constant(at["X"]) @ weights, constant(at["y"])), weights)


def _entropy_hessian(at: dict[str, Any]) -> Array:
    import torch

    rows, labels = constant(at["X"]), constant(at["y"])
    found = torch.autograd.functional.hessian(lambda w: _entropy(rows @ w, labels), constant(at["w"]))  # type: ignore[no-untyped-call]
    return array(found)


REGRESSION: Mapping[str, Truth] = {
    "loss": _squares,
    "gradient": _squares_slope,
    "minimum": lambda at: least_squares(at["X"], at["y"], at["y"], "plain"),
    "ridge": lambda at: ridge_weights(at["X"], at["y"], at["rho"], "half", 1),
}
LOGISTIC: Mapping[str, Truth] = {
    "one": lambda at: float(_entropy(constant(at["z"]), constant(at["t"]))),
    "signs": lambda at: float(_entropy(constant(at["z"]), constant(at["t"]))),
    "loss": lambda at: float(_entropy(constant(at["X"]) @ constant(at["w"]), constant(at["y"]))),
    "gradient": _entropy_slope,
    "hessian": _entropy_hessian,
}


def _resolved(printed: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """The lines as formulas."""
    return [right[i] if text.startswith("{") else text for i, text in enumerate(printed)]


def _only_wrong(
    printed: Mapping[str, str], truths: Mapping[str, Truth], labels: Domain, sizes: Mapping[str, Fraction]
) -> str:
    """The name of the one line that disagrees with its truth at some point of size about 1."""
    shapes: dict[str, tuple[str, ...]] = {"X": ("N", "D"), "y": ("N",), "w": ("D",), "rho": (), "z": (), "t": ()}
    domains = {"y": labels, "t": labels, "rho": Domain("positive")}
    scope = Scope({name: Symbol(name, shape, domains.get(name, Domain())) for name, shape in shapes.items()}, sizes)
    wrong = [name for name, text in printed.items() if not _right(text, truths[name], scope)]
    return only(wrong)


def _right(text: str, truth: Truth, scope: Scope) -> bool:
    formula = read(text, scope)
    for case in sample_cases(scope, seed="printed notes", points=3):
        values = evaluate(formula, case)
        for i in range(case.points):
            if not np.allclose(values[i], np.asarray(truth(dict(case.point(i)))), rtol=1e-6, atol=1e-9):
                return False
    return True
