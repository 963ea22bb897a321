"""Optimisers against each other: loss against gradient evaluations, each with the best step of a small grid.

A gradient of one minibatch counts as one evaluation, or one of all examples where there are no minibatches. Where there
are, one of all examples counts as many as it has minibatches. Newton's method pays for each column of its Hessian as
for a gradient. Losses are of all examples and are not counted. Everything is in float64 and repeats bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import torch
from torch import Tensor, optim

from solutions.race_problems import Problem, derivatives

STEPS = (3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0, 3.0, 10.0)
DAMPING = (0.0, 1e-3, 1e-2, 1e-1, 1.0)  # added to the Hessian's diagonal
FIRST_ORDER: dict[str, Callable[[list[Tensor], float], optim.Optimizer]] = {
    "gradient descent": lambda w, step: optim.SGD(w, lr=step),
    "momentum 0.9": lambda w, step: optim.SGD(w, lr=step, momentum=0.9),
    "Nesterov 0.9": lambda w, step: optim.SGD(w, lr=step, momentum=0.9, nesterov=True),
    "RMSProp": lambda w, step: optim.RMSprop(w, lr=step, alpha=0.99),
    "Adam": lambda w, step: optim.Adam(w, lr=step),
}
OPTIMISERS = (*FIRST_ORDER, "damped Newton", "L-BFGS")
EVERY = 5  # minibatches after which the loss of all examples is measured

Point = tuple[int, float]  # evaluations so far, loss


@dataclass(frozen=True)
class Race:
    """A run. step: the one taken, Newton's damping, or the longest first try of L-BFGS's line search.

    evaluations, losses: the curve, from the start to the target, the end of the budget, or a loss that is not finite.
    """

    optimiser: str
    problem: str
    step: float
    evaluations: tuple[int, ...]
    losses: tuple[float, ...]
    target: float

    @property
    def reached(self) -> int | None:
        """Evaluations until the loss was at the target or below; None where it never was."""
        return next((n for n, loss in zip(self.evaluations, self.losses, strict=True) if loss <= self.target), None)


def grid(optimiser: str) -> tuple[float, ...]:
    """The steps that are tried."""
    return {"damped Newton": DAMPING, "L-BFGS": (0.1, 0.3, 1.0)}.get(optimiser, STEPS)


def best(optimiser: str, problem: Problem) -> Race:
    """The race with the step that reaches the target soonest, or where none does, with the lowest loss at the end."""
    races = [race(optimiser, problem, step) for step in grid(optimiser)]
    return min(races, key=lambda run: (run.reached or math.inf, _end(run)))


def race(optimiser: str, problem: Problem, step: float) -> Race:
    """One run with one step."""
    points = [(0, float(problem.loss(problem.start, None)))]
    for point in _points(optimiser, problem, step):
        points.append(point)
        if not math.isfinite(point[1]) or point[1] <= problem.target:
            break
    evaluations, losses = zip(*points, strict=True)
    return Race(optimiser, problem.name, step, evaluations, losses, problem.target)


def _points(optimiser: str, problem: Problem, step: float) -> Iterator[Point]:
    if optimiser == "damped Newton":
        return _newton(problem, step)
    if optimiser == "L-BFGS":
        return _lbfgs(problem, step)
    return _first_order(FIRST_ORDER[optimiser], problem, step)


def _first_order(
    make: Callable[[list[Tensor], float], optim.Optimizer], problem: Problem, step: float
) -> Iterator[Point]:
    w = problem.start.clone().requires_grad_()
    optimiser = make([w], step)
    every = EVERY if problem.batches else 1
    batches: Iterator[Tensor | None] = problem.batches() if problem.batches else repeat(None)
    for spent, rows in zip(range(1, problem.budget + 1), batches, strict=False):
        (w.grad,) = torch.autograd.grad(problem.loss(w, rows), w)
        optimiser.step()
        if spent % every == 0:
            yield spent, _loss(problem, w)


def _newton(problem: Problem, damping: float) -> Iterator[Point]:
    w, size = problem.start, len(problem.start)
    cost = problem.parts * (1 + size)
    for spent in range(cost, problem.budget + 1, cost):
        gradient, hessian = derivatives(lambda at: problem.loss(at, None), w)
        move, singular = torch.linalg.solve_ex(hessian + damping * torch.eye(size, dtype=w.dtype), gradient)
        w = w - (move if not int(singular) else math.nan)
        yield spent, _loss(problem, w)


def _lbfgs(problem: Problem, step: float) -> Iterator[Point]:
    """Points are all places where a gradient is taken, those of the line search with them."""
    w = problem.start.clone().requires_grad_()
    most = problem.budget // problem.parts
    optimiser: Any = optim.LBFGS(
        [w], lr=step, max_iter=most, max_eval=most, tolerance_grad=0, tolerance_change=0, line_search_fn="strong_wolfe"
    )
    seen: list[float] = []

    def closure() -> Tensor:
        loss = problem.loss(w, None)
        (w.grad,) = torch.autograd.grad(loss, w)
        seen.append(loss.item())
        return loss.detach()

    optimiser.step(closure)
    yield from ((problem.parts * index, loss) for index, loss in enumerate(seen[:most], start=1))


def _loss(problem: Problem, w: Tensor) -> float:
    with torch.no_grad():
        return float(problem.loss(w, None))


def _end(run: Race) -> float:
    return run.losses[-1] if math.isfinite(run.losses[-1]) else math.inf
