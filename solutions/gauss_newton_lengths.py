"""Step lengths with several curvatures, for two examples, one parameter and one output, by automatic differentiation.

e1, e2: errors; j1, j2 and t1, t2: first and second derivatives of the outputs; k: 1 for half the squared error, else 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from solutions.arrays import constant


def lengths(
    e1: float, e2: float, j1: float, j2: float, t1: float, t2: float, k: int, l: float, big: float,  # noqa: E741
) -> list[float]:  # fmt: skip
    """Lengths per unit of gradient: fixed number, Hessian, Gauss-Newton matrix, the damped one, empirical Fisher."""
    slope, hessian, gauss, fisher = _curvatures((e1, e2), (j1, j2), (t1, t2), k)
    return [abs(slope) / b / abs(slope) for b in (big, hessian, gauss, gauss + l, fisher)]


def ratio(e1: float, e2: float, j1: float, j2: float, t1: float, t2: float, k: int) -> float:
    """Length of the step with the empirical Fisher matrix over that with the Hessian."""
    _, hessian, _, fisher = _curvatures((e1, e2), (j1, j2), (t1, t2), k)
    return hessian / fisher


def unchanged(
    change: str, e1: float, e2: float, j1: float, j2: float, t1: float, t2: float, k: int,
) -> str:  # fmt: skip
    """Which of the matrices without a fixed number keep their step under the change: 'curvatures', 'three' or 'fisher'.

    change: 'outputs' (unit of the outputs), 'loss' (a factor), 'parameter' (its unit) or 'twice' (all examples).
    """
    e, j, t, factor, back = [e1, e2], [j1, j2], [t1, t2], float(k), 1.0
    before = _steps(e, j, t, factor)
    match change:
        case "outputs":
            e, j, t = ([10 * value for value in values] for values in (e, j, t))
        case "loss":
            factor *= 5
        case "parameter":  # w = u/10
            j, t, back = [value / 10 for value in j], [value / 100 for value in t], 0.1
        case _:
            e, j, t = 2 * e, 2 * j, 2 * t
    after = _steps(e, j, t, factor)
    same = [name for name in before if np.isclose(before[name], back * after[name], rtol=1e-9)]
    names = {("hessian", "gauss"): "curvatures", ("hessian", "gauss", "empirical"): "three", ("empirical",): "fisher"}
    return names.get(tuple(same), "numbers")


def unchanged_by_degrees(change: str) -> str:
    """The same by degrees of gradient, Hessian and empirical Fisher matrix in the quantity that is scaled."""
    gradient, hessian, fisher = {
        "outputs": (2, 2, 4), "loss": (1, 1, 2), "parameter": (1, 2, 2), "twice": (1, 1, 1),
    }[change]  # fmt: skip
    wanted = gradient + (1 if change == "parameter" else 0)
    return {(True, True): "three", (True, False): "curvatures"}.get((hessian == wanted, fisher == wanted), "fisher")


def _steps(e: list[float], j: list[float], t: list[float], factor: float) -> dict[str, float]:
    slope, hessian, gauss, fisher = _curvatures(e, j, t, factor)
    return {"hessian": -slope / hessian, "gauss": -slope / gauss, "empirical": -slope / fisher}


def _curvatures(
    e: Sequence[float], j: Sequence[float], t: Sequence[float], k: float
) -> tuple[float, float, float, float]:
    """Slope, Hessian, Gauss-Newton matrix and empirical Fisher matrix at 0."""
    import torch

    errors, slopes, bends = constant(e), constant(j), constant(t)
    functional: Any = torch.autograd.functional

    def losses(w: Any, bend: float) -> Any:
        return k * (errors + slopes * w + bend * bends * w**2 / 2) ** 2 / 2

    zero = torch.zeros((), dtype=torch.float64)
    single = functional.jacobian(lambda w: losses(w, 1), zero)
    hessian, gauss = (functional.hessian(lambda w, b=bend: losses(w, b).sum(), zero) for bend in (1, 0))
    return float(single.sum()), float(hessian), float(gauss), float(single.square().sum())
