"""Penalties as torch functions, priors as torch distributions, and steps of decay run one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def first_after_step(W: Array, G: Array, C: Array, r: float, m: float, e: float, kind: str) -> float:
    """The first weight after one step of torch's SGD on a loss with gradient G and the penalty of that `kind`."""
    import torch

    weights = leaf(W)
    (slope,) = torch.autograd.grad(_penalty(weights, constant(C), r, m, kind), weights)
    weights.grad = constant(G) + slope
    torch.optim.SGD([weights], lr=float(e)).step()
    return float(array(weights)[0])


def _penalty(w: Tensor, c: Tensor, r: float, m: float, kind: str) -> Tensor:
    import torch

    one, two = torch.linalg.vector_norm(w, 1), torch.linalg.vector_norm(w, 2)
    table: dict[str, Tensor] = {
        "an L1 penalty": r * one,
        "an L1 penalty with a weight for each coordinate": r * torch.dot(c, torch.nn.functional.relu(w) + (-w).relu()),
        "an elastic net": r * one + m / 2 * two.square(),
        "an elastic net without the half": r * one + m * torch.dot(w, w),
        "the mean of the absolute weights": r * torch.nn.functional.l1_loss(w, torch.zeros_like(w)),
        "a penalty that pulls towards given weights c": r * (w - c).square().sum(),
        "an absolute pull towards given weights c": r * torch.nn.functional.l1_loss(w, c, reduction="sum"),
        "the norm itself, not squared": r * two,
        "a square of the L1 norm": r / 2 * one.square(),
        "a penalty that levels off": r * torch.log1p(w.square()).sum(),
        "a smoothed absolute value": r * torch.hypot(w, torch.full_like(w, m)).sum(),
    }
    return table[kind]


def prior_strength(sigma: float, tau: float, N: float, reduction: str, prior: str) -> float:
    """The weight of the penalty for which penalised least squares is the most probable weight, by autograd.

    The slopes of minus log likelihood and minus log prior, from torch's distributions, are divided by those of the
    printed loss and the bare penalty. reduction: 'half', 'sum', 'mean', 'half-mean'; prior: 'normal' (penalty w^2),
    'normal-half' (w^2/2), 'laplace' (|w|).
    """
    import torch

    n = round(N)
    draw = torch.Generator().manual_seed(3)
    x, y = (torch.randn(n, generator=draw, dtype=torch.float64) for _ in range(2))
    w = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    squares = (y - x * w).square()
    loss = squares.sum() if reduction in ("half", "sum") else squares.mean()
    loss = loss / 2 if reduction.startswith("half") else loss
    spread, zero = torch.tensor(float(tau), dtype=torch.float64), torch.tensor(0.0, dtype=torch.float64)
    distributions: Any = torch.distributions
    normal = distributions.Normal
    belief = distributions.Laplace(zero, spread) if prior == "laplace" else normal(zero, spread)
    penalty = {"normal": w.square(), "normal-half": w.square() / 2, "laplace": w.abs()}[prior]
    likelihood = normal(x * w, torch.tensor(float(sigma), dtype=torch.float64)).log_prob(y).sum()
    slopes = [
        float(torch.autograd.grad(term, w, retain_graph=True)[0])
        for term in (loss, -likelihood, -belief.log_prob(w), penalty)
    ]
    return slopes[0] / slopes[1] * slopes[2] / slopes[3]


def prior_strength_number(s: float, q: float, n: int, reduction: str, prior: str) -> float:
    """`prior_strength` for drawn numbers."""
    return prior_strength(s, q, n, reduction, prior)


def posterior_by_joint(
    x: Array, y: Array, sigma: float, tau: float, asked: str, centred: int, mu: float = 0.0
) -> float:  # fmt: skip
    """Mean or variance of w given y = w*x + noise, by conditioning the joint normal distribution of w and y.

    asked: 'mode' (the mean, which is the mode as well) or 'variance'; centred: 1 where the prior's mean is 0, else mu.
    """
    import torch

    inputs, targets = constant(x), constant(y)
    middle = 0.0 if centred else mu
    joint = tau**2 * torch.outer(inputs, inputs) + sigma**2 * torch.eye(len(inputs), dtype=torch.float64)
    gain = torch.linalg.solve(joint, tau**2 * inputs)
    if asked == "variance":
        return float(tau**2 - gain @ inputs * tau**2)
    return float(middle + gain @ (targets - middle * inputs))


def posterior_by_joint_number(xs: Array, ys: Array, s2: float, t2: float, c: float, asked: str, centred: int) -> float:
    """`posterior_by_joint` for drawn numbers; s2, t2: variances of noise and prior."""
    return posterior_by_joint(xs, ys, float(s2) ** 0.5, float(t2) ** 0.5, asked, centred, float(c))
