"""Transfer: same task and start for all three ways, what moves and what does not, and where it helps."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from solutions.digits import split
from solutions.trained import fitting
from solutions.trained.transfer import HEAD, Transfer, new_classes, old_classes

SCRATCH = Transfer(pretrained=False, pace=1.0)
FROZEN = Transfer(pretrained=True, pace=0.0)
TUNED = Transfer(pretrained=True, pace=0.1)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def accuracy(recipe: Transfer) -> float:
    return recipe.fit("cpu", silent).figures["accuracy"]


def test_few_images_of_each_new_class_are_trained_on() -> None:
    task, data = new_classes(TUNED), split(0)
    assert torch.bincount(task.train.targets).tolist() == [10] * 5
    assert torch.bincount(task.held_out.targets).tolist() == [
        int((data.y_test == digit).sum()) for digit in range(5, 10)
    ]
    assert task.train.inputs.shape == (50, 1, 12, 12)


def test_old_and_new_classes_share_no_image() -> None:
    old, new = old_classes(TUNED), new_classes(TUNED)
    data = split(0)
    assert len(old.train.targets) == 3 * int((data.y_train < 5).sum())
    assert set(old.train.targets.tolist()) == set(new.train.targets.tolist()) == set(range(5))


def test_a_canvas_holds_the_digit_whole() -> None:
    task, data = new_classes(SCRATCH), split(0)
    row = int((data.y_test == 5).nonzero()[0][0])
    canvas = task.held_out.inputs[0, 0]
    places = [canvas[i : i + 8, j : j + 8] for i in range(5) for j in range(5)]
    image = torch.as_tensor(data.x_test[row], dtype=torch.float32)
    assert any(torch.equal(place, image) for place in places)
    assert canvas.sum() == pytest.approx(float(image.sum()))


def test_frozen_features_are_those_of_the_old_classes_and_tuned_ones_move() -> None:
    frozen, tuned = (replace(recipe, epochs=3).fit("cpu", silent).model for recipe in (FROZEN, TUNED))
    longer = replace(FROZEN, epochs=6).fit("cpu", silent).model.state_dict()
    untrained = fitting.seeded(FROZEN.build, 0).state_dict()
    for name, value in frozen.state_dict().items():
        if name.startswith(f"{HEAD}."):
            assert not torch.equal(value, longer[name])
        else:
            assert torch.equal(value, longer[name])
            assert not torch.equal(value, untrained[name])
            assert not torch.equal(value, tuned.state_dict()[name])


def test_slow_tuning_beats_scratch_where_digits_stand_anywhere() -> None:
    """Over three draws: single ones differ by more than the gain."""
    gains = [accuracy(replace(TUNED, seed=seed)) - accuracy(replace(SCRATCH, seed=seed)) for seed in range(3)]
    assert sum(gains) / 3 > 0.02


def test_scratch_beats_both_where_all_digits_stand_in_the_middle() -> None:
    still = [accuracy(replace(recipe, room=0)) for recipe in (SCRATCH, TUNED, FROZEN)]
    assert still[0] > 0.88
    assert still[0] > max(still[1:]) + 0.01
    assert still[1] > still[2]


def test_with_many_images_scratch_needs_no_help() -> None:
    assert accuracy(replace(SCRATCH, few=80, epochs=100)) > 0.8
