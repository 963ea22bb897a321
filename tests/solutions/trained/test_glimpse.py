"""One look: what stands where, the two ways to see by hand, REINFORCE's gradient, and networks that find the digit."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.attending_networks import Glimpser
from solutions.trained.fitting import Fitted
from solutions.trained.glimpse import Glimpse, examples, found

SOFT, HARD = Glimpse(hard=False), Glimpse(hard=True)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def soft() -> Fitted:
    return SOFT.fit("cpu", silent)


@pytest.fixture(scope="module")
def hard() -> Fitted:
    return HARD.fit("cpu", silent)


def test_the_digit_stands_whole_where_it_is_said_to() -> None:
    from solutions.digits import split

    (train, _), (held_out, places) = examples(SOFT)
    assert (train.inputs.shape, held_out.inputs.shape) == ((2874, 1, 16, 16), (360, 1, 16, 16))
    data = split(0)
    for image, digit, (down, across) in zip(held_out.inputs[:, 0], data.x_test, places.tolist(), strict=True):
        torch.testing.assert_close(image[down : down + 8, across : across + 8].double(), torch.as_tensor(digit))
    assert held_out.targets.tolist() == data.y_test.tolist()
    beside = held_out.inputs.sum() - float(data.x_test.sum())
    assert 0.3 < float(beside) / float(data.x_test.sum()) < 0.8  # scraps


def untrained(recipe: Glimpse) -> Glimpser:
    model = fitting.seeded(recipe.build, 3)
    assert isinstance(model, Glimpser)
    return model


def test_soft_sees_the_mean_of_all_windows_and_hard_the_likeliest() -> None:
    images = examples(SOFT)[1][0].inputs[:3]
    soft, hard = untrained(SOFT), untrained(HARD)
    weights = soft.weights(images).exp().detach()  # (3, 81)
    assert torch.equal(weights, hard.weights(images).exp().detach())
    for row, image in enumerate(images[:, 0]):
        windows = torch.stack([image[y : y + 8, x : x + 8].flatten() for y in range(9) for x in range(9)])
        mean, likeliest = weights[row] @ windows, windows[weights[row].argmax()]
        for model, seen in ((soft, mean), (hard, likeliest)):
            scores = fitting.scores(model, images)[row]
            torch.testing.assert_close(scores[:10], model.read(seen).detach())
            assert float(scores[10]) == pytest.approx(math.log(float(weights[row].max())), abs=1e-5)


def test_places_are_drawn_by_their_weights_in_training() -> None:
    image = examples(HARD)[1][0].inputs[:1]
    model = untrained(HARD).train()
    with torch.no_grad():
        logs = 30 * model.weights(image)
        logs = logs.log_softmax(dim=1).expand(20_000, -1)
        shares = torch.bincount(model._place(logs)[:, 0], minlength=81) / 20_000
    torch.testing.assert_close(shares, logs[0].exp(), atol=0.02, rtol=0)


def test_the_gradient_of_the_look_is_that_of_reinforce() -> None:
    told = torch.zeros(2, 12)
    told[0, 3], told[1, 4], told[:, 10], told[:, 11] = 5.0, 5.0, -2.0, 0.25  # label 3: one right, one wrong
    told.requires_grad_()
    (slopes,) = torch.autograd.grad(HARD.loss(told, torch.tensor([3, 3])), told)
    assert slopes[:, 10].tolist() == pytest.approx([-0.75 / 2, 0.25 / 2])  # -(reward - baseline)/N
    assert slopes[:, 11].tolist() == pytest.approx([-0.75 / 2, 0.25 / 2])  # the baseline moves to the reward
    (slopes,) = torch.autograd.grad(SOFT.loss(told, torch.tensor([3, 3])), told)
    assert not slopes[:, 10:].any()


def test_the_two_recipes_differ_in_one_thing() -> None:
    assert {**vars(SOFT), "hard": None} == {**vars(HARD), "hard": None}
    assert torch.equal(examples(SOFT)[0][0].inputs, examples(HARD)[0][0].inputs)
    states = [untrained(recipe).state_dict() for recipe in (SOFT, HARD)]
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])


def test_both_find_the_digit_and_its_class(soft: Fitted, hard: Fitted) -> None:
    images, places = examples(SOFT)[1][0].inputs, examples(SOFT)[1][1]
    assert found(SOFT, untrained(SOFT), images, places) < 0.4
    for fitted in (soft, hard):
        assert fitted.figures["accuracy"] > 0.88
        assert fitted.figures["found"] > 0.85
    assert soft.figures["accuracy"] == pytest.approx(hard.figures["accuracy"], abs=0.06)


def test_hard_attention_is_the_slower_one_at_first(soft: Fitted, hard: Fitted) -> None:
    assert soft.curves["loss"][2] < 0.7 * hard.curves["loss"][2]


def test_without_learning_where_to_look_little_is_seen() -> None:
    """The same network whose weights of places stay even: it sees the mean of all windows."""

    class Even(Glimpse):
        def build(self) -> Glimpser:
            model = super().build()
            model.weigh.register_forward_hook(lambda module, given, weighed: 0 * weighed)
            return model

    assert replace(Even(hard=False), epochs=8).fit("cpu", silent).figures["accuracy"] < 0.7
