"""The loop: a function of its recipe, leaves torch as it was, and steps as the textbook says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import nn

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Plan, Task
from solutions.trained.table import REFERENCES

SHORT: dict[str, dict[str, Any]] = {
    "recall": {"delay": 10},
    "text": {"examples": 64},
    "maze": {"episodes": 128, "batch": 16},
    "pairs": {"examples": 300},
    "segments": {"examples": 200},
    "transfer": {"pretraining": 3},
}


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def short(name: str) -> Any:
    """The recipe with two epochs and little data."""
    return replace(REFERENCES[name].recipe, epochs=2, **SHORT.get(name.partition("-")[0], {}))  # type: ignore[type-var]


@pytest.fixture
def two_threads() -> Iterator[None]:
    """More than the one thread that training keeps to, so that giving them back can be seen."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("name", REFERENCES)
def test_training_twice_gives_the_same_bit_for_bit(name: str) -> None:
    recipe = short(name)
    one, again = recipe.fit("cpu", silent), recipe.fit("cpu", silent)
    assert (one.figures, one.curves) == (again.figures, again.curves)
    for key, values in one.model.state_dict().items():
        assert torch.equal(values, again.model.state_dict()[key]), key
    other = replace(recipe, seed=1).fit("cpu", silent)
    assert other.curves != one.curves


@pytest.mark.usefixtures("two_threads")
@pytest.mark.parametrize("name", ["digits-cnn", "recall-lstm"])
def test_training_leaves_generator_and_threads_as_they_were(name: str) -> None:
    state = torch.random.get_rng_state()
    short(name).fit("cpu", silent)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.get_num_threads() == 2


@pytest.mark.usefixtures("two_threads")
def test_threads_are_given_back_when_training_is_interrupted() -> None:
    def interrupt(done: int, total: int, loss: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        short("digits-mlp").fit("cpu", interrupt)
    assert torch.get_num_threads() == 2


def one_number(inputs: list[float], targets: list[float]) -> Examples:
    return Examples(torch.tensor(inputs)[:, None], torch.tensor(targets)[:, None])


def descended(plan: Plan, rate: float = 0.25) -> tuple[nn.Module, dict[str, tuple[float, ...]]]:
    """y = w x from w = 0 on two points by plain gradient descent on mean((w x - y)^2)."""
    model = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(model.weight)
    task = Task(one_number([1.0, 1.0], [1.0, 3.0]), one_number([1.0], [2.0]), nn.functional.mse_loss)
    curves = fitting.fit(
        model,
        task,
        plan,
        optimiser=lambda model: torch.optim.SGD(model.parameters(), lr=rate),
        device="cpu",
        progress=silent,
    )
    return model, curves


def test_full_batch_steps_are_those_done_by_hand() -> None:
    # dL/dw = 2 (w - 2): w = 0, 1, 1.5, and the loss before each step is (w - 2)^2 + 1
    model, curves = descended(Plan(epochs=2, batch=None, seed=0))
    assert model.get_parameter("weight").item() == 1.5
    assert curves == {"loss": (5.0, 2.0), "held-out loss": (1.0, 0.25)}


def test_gradients_are_clipped_to_the_norm() -> None:
    # the first gradient is -4, clipped to -1: w = 0.25
    model, _ = descended(Plan(epochs=1, batch=None, seed=0, clip=1.0))
    assert model.get_parameter("weight").item() == pytest.approx(0.25, rel=1e-5)


def test_every_example_is_seen_once_an_epoch() -> None:
    seen: list[float] = []

    class Spy(nn.Linear):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            if self.training:
                seen.extend(x[:, 0].tolist())
            return super().forward(x)

    numbers = [float(i) for i in range(10)]
    data = one_number(numbers, numbers)
    fitting.fit(
        Spy(1, 1),
        Task(data, data, nn.functional.mse_loss),
        Plan(epochs=3, batch=4, seed=0),
        optimiser=lambda model: torch.optim.SGD(model.parameters(), lr=1e-3),
        device="cpu",
        progress=silent,
    )
    epochs = [seen[:10], seen[10:20], seen[20:]]
    assert [sorted(epoch) for epoch in epochs] == [numbers] * 3
    assert epochs[0] != epochs[1]


def test_batch_statistics_are_not_used_on_held_out_data() -> None:
    model = short("digits-cnn").fit("cpu", silent).model
    images = torch.rand(5, 1, 8, 8, generator=torch.Generator().manual_seed(0))
    alone = torch.cat([fitting.scores(model, image[None]) for image in images])
    torch.testing.assert_close(fitting.scores(model, images), alone)
