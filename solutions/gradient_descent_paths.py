"""Paths of gradient descent on (lx*x^2 + ly*y^2)/2, run by torch; r and q are the ratios of successive x and y."""

from __future__ import annotations

import numpy as np

from solutions.arrays import constant, leaf


def iterates(lx: float, ly: float, alpha: float, x0: float, y0: float, steps: int) -> list[tuple[float, float]]:
    """Start and iterates (steps + 1 points), by torch.optim.SGD."""
    import torch

    curvatures, at = constant([float(lx), float(ly)]), leaf([float(x0), float(y0)])
    optimiser = torch.optim.SGD([at], lr=float(alpha))
    found = [(float(x0), float(y0))]
    for _ in range(int(steps)):
        (at.grad,) = torch.autograd.grad((curvatures * at.square()).sum() / 2, at)
        optimiser.step()
        found.append((at[0].item(), at[1].item()))
    return found


def curvature_by_fit(alpha: float, r: float, q: float, x0: float, y0: float) -> float:
    """The curvature along y for which one step of SGD leads from y0 to q*y0: from two tries, linearly."""
    tried = [iterates(1.0, bend, alpha, x0, y0, 1)[1][1] for bend in (0.0, 1.0)]
    return (float(q) * float(y0) - tried[0]) / (tried[1] - tried[0])


def place_after(alpha: float, lx: float, ly: float, x0: float, y0: float, k: int) -> float:
    """x after k steps."""
    return iterates(lx, ly, alpha, x0, y0, k)[-1][0]


def behaviour(beta: float, lx: float, ly: float, x0: float, y0: float) -> str:
    """What eight steps of length beta do: 'away' where a coordinate grows, else by how many of them change sides.

    'creeps' where none does, 'swings' where one does, 'both'.
    """
    x, y = np.array(iterates(lx, ly, beta, x0, y0, 8)).T
    if abs(x[-1]) > abs(x[0]) or abs(y[-1]) > abs(y[0]):
        return "away"
    return ("creeps", "swings", "both")[sum(bool((v[1:] * v[:-1] < 0).all()) for v in (x, y))]


def behaviour_by_products(beta: float, lx: float, ly: float) -> str:
    """The same from step times curvature."""
    products = [float(beta) * float(bend) for bend in (lx, ly)]
    if max(products) > 2:
        return "away"
    return ("creeps", "swings", "both")[sum(product > 1 for product in products)]


def wanted_step(lx: float, ly: float, want: str) -> float:
    """The step at which the larger curvature's ratio is 0 ('turn'), -1 ('converge'), or minus the other's ('even')."""
    bends = sorted((float(lx), float(ly)))

    def excess(alpha: float) -> float:
        flat, steep = (1 - alpha * bend for bend in bends)
        return {"turn": steep, "converge": steep + 1, "even": steep + flat}[want]

    low, high = 0.0, 3 / bends[1]
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return low
