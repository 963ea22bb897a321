"""Races of optimisers: steps by hand, problems against other libraries, counting, and who comes first where."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from solutions.optimiser_races import FIRST_ORDER, OPTIMISERS, best, grid, race
from solutions.race_problems import Problem, derivatives, digits_mlp, logistic, quadratic, rosenbrock


def parabola(budget: int = 4) -> Problem:
    """w^2 from 1, so that each gradient is 2w."""
    start = torch.ones(1, dtype=torch.float64)
    return Problem("parabola", lambda w, _: (w**2).sum(), start, target=1e-9, budget=budget)


@pytest.mark.parametrize(
    ("optimiser", "places"),
    [
        ("gradient descent", [1, 0.8, 0.64, 0.512]),
        ("momentum 0.9", [1, 0.8, 0.46, 0.062]),  # v = 2, 3.4, 3.98
        # the gradient is taken ahead: w -= 0.1 (g + 0.9 v) with v = 0.9 v + g
        ("Nesterov 0.9", [1, 0.62, 0.2224, -0.108352]),
        ("damped Newton", [1, 0.1 / 2.1, (0.1 / 2.1) ** 2, (0.1 / 2.1) ** 3]),
    ],
)
def test_steps_are_those_done_by_hand(optimiser: str, places: list[float]) -> None:
    run = race(optimiser, parabola(budget=6 if optimiser == "damped Newton" else 3), 0.1)
    assert run.losses == pytest.approx([place**2 for place in places])


def test_newton_pays_for_every_column_of_its_hessian() -> None:
    assert race("damped Newton", parabola(budget=6), 0.1).evaluations == (0, 2, 4, 6)
    run = race("damped Newton", quadratic(100), 0.0)
    assert run.reached == 21  # one step: a gradient and twenty columns


def test_newton_cannot_pay_for_a_network() -> None:
    run = race("damped Newton", digits_mlp(), 0.0)
    assert (run.evaluations, run.reached) == ((0,), None)


def test_a_gradient_of_all_examples_costs_all_minibatches() -> None:
    run = race("L-BFGS", replace(digits_mlp(), budget=100), 1.0)
    assert run.evaluations == (0, 23, 46, 69, 92)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_no_race_goes_beyond_its_budget_and_each_repeats(optimiser: str) -> None:
    problem = replace(digits_mlp(), budget=30) if optimiser in FIRST_ORDER else replace(rosenbrock(), budget=30)
    one, again = (race(optimiser, problem, grid(optimiser)[1]) for _ in range(2))
    assert one == again
    assert one.evaluations[-1] <= 30
    assert list(one.evaluations) == sorted(set(one.evaluations))


def test_the_quadratic_has_the_condition_that_was_asked_for() -> None:
    for condition in (100.0, 10_000.0):
        problem = quadratic(condition)
        _, hessian = derivatives(lambda w, p=problem: p.loss(w, None), problem.start)  # type: ignore[misc]
        assert np.linalg.cond(hessian.numpy()) == pytest.approx(condition, rel=1e-6)


def test_gradient_descent_on_a_quadratic_is_the_closed_form() -> None:
    """Along each direction it multiplies by 1 - step * eigenvalue."""
    run = race("gradient descent", replace(quadratic(100), budget=50), 1.0)
    values = np.logspace(-2, 0, 20)
    expected = [float((values * (1 - values) ** (2 * n)).sum() / 2) for n in range(51)]
    assert run.losses == pytest.approx(expected, rel=1e-8)


def test_the_minimum_of_logistic_regression_is_that_of_scikit_learn() -> None:
    from sklearn.linear_model import LogisticRegression

    from solutions.trained.linear import cancer

    data, problem = cancer(0), logistic()
    other = LogisticRegression(C=1 / (427 * 0.01), tol=1e-10, max_iter=10_000).fit(data.x_train, data.y_train)
    theirs = torch.tensor(np.append(other.coef_[0], other.intercept_))
    assert float(problem.loss(theirs, None)) == pytest.approx(problem.target - 1e-5, abs=1e-9)


def test_lbfgs_evaluates_as_seldom_as_that_of_scipy() -> None:
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    problem = rosenbrock()

    def both(w: np.ndarray) -> tuple[float, np.ndarray]:
        x, y = w
        slope = np.array([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)])
        return float((1 - x) ** 2 + 100 * (y - x**2) ** 2), slope

    theirs = minimize(both, [-1.2, 1.0], jac=True, method="L-BFGS-B", tol=1e-6).nfev
    ours = race("L-BFGS", problem, 1.0).reached
    assert ours is not None and theirs / 2 < ours < 2 * theirs


def test_a_loss_that_is_not_finite_ends_the_race() -> None:
    run = race("gradient descent", rosenbrock(), 1.0)
    assert not math.isfinite(run.losses[-1]) and run.reached is None
    assert all(math.isfinite(loss) for loss in run.losses[:-1])


def test_batches_take_every_example_once_an_epoch_and_repeat() -> None:
    problem = digits_mlp()
    assert problem.batches is not None
    one, again = (list(itertools.islice(problem.batches(), 46)) for _ in range(2))
    assert all(torch.equal(a, b) for a, b in zip(one, again, strict=True))
    epochs: list[Tensor] = [torch.cat(one[:23]), torch.cat(one[23:])]
    assert all(torch.equal(epoch.sort().values, torch.arange(1437)) for epoch in epochs)
    assert not torch.equal(*epochs)


def test_momentum_helps_the_more_the_worse_the_condition() -> None:
    plain, heavy = (best(name, quadratic(100)).reached for name in ("gradient descent", "momentum 0.9"))
    assert plain is not None and heavy is not None and 2 * heavy < plain
    assert best("gradient descent", quadratic(10_000)).reached is None


def test_lbfgs_is_first_on_logistic_regression() -> None:
    found = {name: best(name, logistic()).reached or math.inf for name in ("L-BFGS", "damped Newton", "Nesterov 0.9")}
    assert min(found, key=found.__getitem__) == "L-BFGS"
    assert found["damped Newton"] > found["Nesterov 0.9"]  # few steps, but each with a Hessian of 31 columns
