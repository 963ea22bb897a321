"""Small examples of logistic regression, by torch's Bernoulli distribution, autograd and losses.

z  score      p  probability of the higher label      y  label 0/1
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def prediction(w1: float, w2: float, b: float, x1: float, x2: float, asked: str) -> float:
    """What is `asked` of the two labels: probability of 'one' or the 'other', their 'odds', or the 'gap'."""
    import torch

    model = torch.distributions.Bernoulli(logits=constant([w1, w2, b]) @ constant([x1, x2, 1.0]))
    one, other = (float(model.log_prob(constant(label)).exp()) for label in (1.0, 0.0))  # type: ignore[no-untyped-call]
    return {"one": one, "other": other, "odds": one / other, "gap": one - other}[asked]


def place_of_probability(w1: float, w2: float, b: float, x2: float, percent: float) -> float:
    """The x1 at which the first label has that probability, by bisection of torch's sigmoid."""
    low, high = -1000.0, 1000.0
    for _ in range(200):
        middle = (low + high) / 2
        above = float(constant(w1 * middle + w2 * x2 + b).sigmoid()) > percent / 100
        low, high = (low, middle) if above == (w1 > 0) else (middle, high)
    return (low + high) / 2


def odds_factor(w1: float, w2: float, b: float, x1: float, x2: float, more: float) -> float:
    """Odds after the change divided by those before, from the probabilities of both examples."""
    before = prediction(w1, w2, b, x1, x2, "odds")
    return prediction(w1, w2, b, x1 + more, x2, "odds") / before


def entropy_of_three(p: Array, shown: Array, kind: str, reported: str) -> float:
    """The cross-entropy, 'sum' or 'mean'. shown: the labels as printed; p: of the 'first' or the 'second' label."""
    import torch

    probabilities = constant(p) if reported == "first" else 1 - constant(p)
    labels = constant(np.asarray(shown) > 0)
    return float(torch.nn.functional.binary_cross_entropy(probabilities, labels, reduction=kind))


def likelihood_of_three(p: Array, shown: Array, reported: str) -> float:
    """The product of the probabilities of the true labels, one by one."""
    product = 1.0
    for probability, label in zip(p, shown, strict=True):
        higher = probability if reported == "first" else 1 - probability
        product *= float(higher if label > 0 else 1 - higher)
    return product


def remainder(z: float, form: str) -> float:
    """What a first, simpler term leaves of the cross-entropy at the score z; one number for both labels.

    Raises ValueError where it depends on the label.
    """
    import torch

    taken: dict[str, Callable[[float], float]] = {
        "linear": lambda y: -y * z,
        "other": lambda y: (1 - y) * z,
        "hinge": lambda y: max(z, 0.0) - y * z,
        "other-hinge": lambda y: max(-z, 0.0) + (1 - y) * z,
        "half": lambda y: (0.5 - y) * z,
        "shifted": lambda y: 0.5 * abs(z) + (0.5 - y) * z,
    }
    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    left = [float(entropy(constant(z), constant(y))) - taken[form](y) for y in (0.0, 1.0)]
    if abs(left[0] - left[1]) > 1e-9 * max(1.0, abs(z)):
        raise ValueError(f"the remainder depends on the label: {left}")
    return left[0]


def loss_at_odds(over: float, under: float, y0: int) -> float:
    """The cross-entropy of label y0 by torch's Bernoulli distribution with that share of label 1."""
    import torch

    model = torch.distributions.Bernoulli(probs=constant(over / (over + under)))
    return -float(model.log_prob(constant(y0)))  # type: ignore[no-untyped-call]


def hessian_entry(a: Array, d: Array, odds: Array, row: int, column: int, kind: str) -> float:
    """The entry by autograd. kind: 'sum', 'mean', 'decay' (rho 2), 'weighted' (all 2) or 'signs'.

    The weights at which the odds hold need not exist: an offset for each example takes their place.
    """
    import torch

    rows, offsets = constant(np.stack([a, d], axis=1)), constant(np.log(odds))

    def loss(w: Tensor) -> Tensor:
        losses = torch.nn.functional.softplus(rows @ w + offsets) - (rows @ w + offsets)
        total = losses.mean() if kind == "mean" else losses.sum()
        return total * (2 if kind == "weighted" else 1) + (w @ w if kind == "decay" else 0)

    found = torch.autograd.functional.hessian(loss, constant([0.0, 0.0]))  # type: ignore[no-untyped-call]
    return float(found[row - 1, column - 1])


def slope_of_three(x: Array, labels: Array, m: int, n: int, kind: str, asked: str) -> float:
    """The derivative by the 'weight' (at present m*log 2) or the 'bias' (n*log 2), by autograd."""
    return _slopes(x, labels, m, n, kind)[asked][1]


def step_of_three(x: Array, labels: Array, m: int, n: int, kind: str, asked: str, rate: float) -> float:
    """The parameter after one step of torch's SGD."""
    import torch

    before, slope = _slopes(x, labels, m, n, kind)[asked]
    parameter = leaf(before)
    parameter.grad = constant(slope)
    torch.optim.SGD([parameter], lr=float(rate)).step()
    return float(parameter.detach())


def _slopes(x: Array, labels: Array, m: int, n: int, kind: str) -> dict[str, tuple[float, float]]:
    """Value and derivative of each parameter, labels coded by their sign."""
    import torch

    weight, bias = leaf(m * np.log(2)), leaf(n * np.log(2))
    signs = constant(np.where(np.asarray(labels) > 0, 1.0, -1.0))
    losses = torch.nn.functional.softplus(-signs * (weight * constant(x) + bias))
    found = torch.autograd.grad(losses.mean() if kind == "mean" else losses.sum(), [weight, bias])
    values = (float(weight.detach()), float(bias.detach()))
    return {"weight": (values[0], float(found[0])), "bias": (values[1], float(found[1]))}


def signed(y: Array, high: int) -> Array:
    """+1 where the label is `high`, else -1."""
    return np.where(np.asarray(y) == high, 1.0, -1.0)


def signed_loss(score: float, label: int, high: int) -> float:
    """The cross-entropy by torch, on the label recoded as 0/1 with `high` as 1."""
    import torch

    entropy = torch.nn.functional.binary_cross_entropy_with_logits
    return float(entropy(constant(score), constant(float(label == high))))
