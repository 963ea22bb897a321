"""Early stopping, penalties, priors and dropout: by running descent, by bisection, and by enumerating masks.

w, g (D,)  weights and a gradient      eta  learning rate      rho, mu  weights of penalties      p  a probability
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def descended(h: float, c: float, w0: float, eta: float, t: float, asked: str) -> float:
    """After t steps of gradient descent on h*(w - c)^2/2 from w0, by torch: the 'weight', the distance c - w that is
    'left', or the 'loss'."""
    import torch

    weight = leaf(w0)
    for _ in range(round(t)):
        (slope,) = torch.autograd.grad(h * (weight - c) ** 2 / 2, weight)
        weight = (weight - eta * slope).detach().requires_grad_()
    w = weight.item()
    return {"weight": w, "left": c - w, "loss": h * (w - c) ** 2 / 2}[asked]


def equal_penalty(h: float, eta: float, t: float, halves: float) -> float:
    """The rho for which the minimum of h*(w - 1)^2/2 + rho*w^2/halves is the weight after t steps from 0, by
    bisection."""
    import torch

    target = descended(h, 1.0, 0.0, eta, t, "weight")

    def pull(rho: float) -> float:  # slope of the penalised loss at the target: rises with rho
        weight = leaf(target)
        (slope,) = torch.autograd.grad(h * (weight - 1) ** 2 / 2 + rho * weight**2 / halves, weight)
        return slope.item()

    low, high = 0.0, 1e9
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if pull(middle) < 0 else (low, middle)
    return high


def steps_in_flat(flat: float, step: float, percent: float) -> int:
    """Steps of length `step` from 0 until the weight along curvature `flat` reaches `percent` % of its optimum 1."""
    weight, steps = 0.0, 0
    while weight < percent / 100:
        weight, steps = weight - step * flat * (weight - 1), steps + 1
    return steps


def penalised_minimum(u: Array, h: float, rho: float, mu: float, eta: float, objective: str) -> Array:
    """The minimiser (D,) of an objective with an L1 penalty, entry by entry: bisection on its slope by autograd."""
    import torch

    centre = constant(u)
    low, high = -centre.abs() - 1, centre.abs() + 1
    for _ in range(120):
        weight = ((low + high) / 2).requires_grad_()
        total = _objective(weight, centre, h, rho, mu, eta, objective).sum()
        (slope,) = torch.autograd.grad(total, weight)
        low = torch.where(slope < 0, weight.detach(), low)
        high = torch.where(slope < 0, high, weight.detach())
    return array((low + high) / 2)


def penalised_entry(us: Array, hn: float, r: float, m: float, e: float, objective: str) -> float:
    """The first entry of `penalised_minimum` for drawn numbers."""
    return float(penalised_minimum(us, hn, r, m, e, objective)[0])


def penalised_zeros(us: Array, hn: float, r: float, m: float, e: float, objective: str) -> int:
    """How many entries of `penalised_minimum` are zero."""
    return int((np.abs(penalised_minimum(us, hn, r, m, e, objective)) < 1e-9).sum())


def mask_moment(x: Array, w: Array, p: float, rule: str, asked: str) -> Any:
    """A moment of dropout over all masks. asked: 'mean', 'variance' or 'second' of each unit (K,), or
    'sum-variance', 'sum-second' of w @ dropped.

    rule: 'drop' and 'keep' say what p is the probability of; with '-scaled' kept units are divided by the probability
    of being kept.
    """
    keep = p if rule.startswith("keep") else 1 - p
    factor = 1 / keep if rule.endswith("-scaled") else 1.0
    masks = np.array(list(itertools.product((0.0, 1.0), repeat=len(x))))
    chances = np.prod(np.where(masks == 1, keep, 1 - keep), axis=1)
    units = masks * x * factor
    values = units @ w[:, None] if asked.startswith("sum") else units
    mean, second = chances @ values, chances @ values**2
    found = {"mean": mean, "second": second, "variance": second - mean**2}[asked.removeprefix("sum-")]
    return float(found[0]) if asked.startswith("sum") else found


def mask_moment_number(xs: Array, ws: Array, pn: float, rule: str, asked: str) -> float:
    """`mask_moment` for drawn numbers; of the first unit where it is one for each unit."""
    return float(np.ravel(mask_moment(xs, ws, pn, rule, asked))[0])


def dropout_forward(X: Tensor, U: Tensor, p: float) -> Tensor:
    """Inverted dropout (N, K) with the uniform numbers U (N, K): a unit is dropped where U < p."""
    return X * U.ge(p) / (1 - p)


def dropout(X: Array, U: Array, G: Array, p: float) -> tuple[Array, Array]:
    """Output (N, K) of inverted dropout and the gradient at its input (N, K) for the upstream gradient G."""
    import torch

    inputs = leaf(X)
    output = dropout_forward(inputs, constant(U), float(p))
    (slope,) = torch.autograd.grad(output, inputs, constant(G))
    return array(output), array(slope)


def shrunk_lasso(X: Array, y: Array, w: Array, rate: float, rho: float, steps: int) -> Array:
    """Weights (T, D) after each proximal gradient step on |Xw - y|^2/2 + rho*|w|_1, the second half by softshrink."""
    import torch

    weights, rows = leaf(w), []
    for _ in range(int(steps)):
        loss = ((constant(X) @ weights - constant(y)) ** 2).sum() / 2
        (slope,) = torch.autograd.grad(loss, weights)
        moved = weights.detach() - rate * slope
        weights = torch.nn.functional.softshrink(moved, float(rate * rho)).requires_grad_()
        rows.append(array(weights))
    return np.stack(rows)


def lasso_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `shrunk_lasso`: steps below the inverse of the largest curvature, sparse truths."""
    draw, calls = np.random.default_rng([seed, 11]), []
    for n, d, steps in ((6, 3, 5), (9, 4, 8), (5, 2, 4)):
        X = draw.normal(size=(n, d))
        y = X @ (draw.normal(size=d) * (np.arange(d) % 2 == 0)) + 0.1 * draw.normal(size=n)
        rate = float(draw.uniform(0.4, 0.9) / np.linalg.norm(X, 2) ** 2)
        start = draw.normal(size=d)
        calls.append({"X": X, "y": y, "w": start, "rate": rate, "rho": float(draw.uniform(0.5, 2)), "steps": steps})
    return calls


def _objective(w: Tensor, u: Tensor, h: float, rho: float, mu: float, eta: float, objective: str) -> Tensor:
    penalty = rho * w.abs()
    return {
        "half": (w - u) ** 2 / 2 + penalty,
        "whole": (w - u) ** 2 + penalty,
        "curved": h * (w - u) ** 2 / 2 + penalty,
        "elastic": (w - u) ** 2 / 2 + penalty + mu * w**2 / 2,
        "proximal": (w - u) ** 2 / (2 * eta) + penalty,
    }[objective]
