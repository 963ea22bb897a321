"""The digits, their split, and the network on them."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch

from grader.errors import AuthorError
from solutions import digits

TINY = digits.Config(epochs=1, channels=2)


@pytest.fixture
def two_threads() -> Iterator[None]:
    """More than the one thread that training keeps to, so that giving them back can be seen."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def test_the_split_is_a_partition_and_depends_on_the_seed_alone() -> None:
    one, again, other = digits.split(0), digits.split(0), digits.split(1)
    assert one.x_train.shape == (1437, 8, 8)
    assert one.x_test.shape == (digits.HELD_OUT, 8, 8)
    assert sorted(np.concatenate([one.y_train, one.y_test])) == sorted(np.concatenate([other.y_train, other.y_test]))
    np.testing.assert_array_equal(one.x_test, again.x_test)
    assert not np.array_equal(one.y_test, other.y_test)
    assert one.x_train.min() >= 0 and one.x_train.max() == 1


def test_inputs_hold_no_labels_of_the_held_out_images() -> None:
    (case,) = digits.classification_inputs(2)
    assert set(case) == {"x_train", "y_train", "x_test"}
    assert case["y_train"].shape == (1437,)
    assert digits.classification_labels(2).shape == case["x_test"].shape[:1]


def test_shown_images_equal_no_stored_image() -> None:
    (case,) = digits.classification_inputs(2)
    gaps = np.abs(case["x_test"][:, None] - digits.split(2).x_test[None]).max(axis=(2, 3))
    assert gaps.min() > 0.01


def test_training_is_a_function_of_its_configuration() -> None:
    (one, curve), (again, same_curve) = digits.fit(TINY, "cpu", silent), digits.fit(TINY, "cpu", silent)
    assert curve == same_curve
    for name, weights in one.state_dict().items():
        torch.testing.assert_close(weights, again.state_dict()[name], rtol=0, atol=0)
    other, _ = digits.fit(digits.Config(epochs=1, channels=2, seed=1), "cpu", silent)
    assert not torch.equal(one.state_dict()["0.weight"], other.state_dict()["0.weight"])


@pytest.mark.usefixtures("two_threads")
def test_training_leaves_generator_and_threads_as_they_were() -> None:
    state = torch.random.get_rng_state()
    digits.fit(TINY, "cpu", silent)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.get_num_threads() == 2


@pytest.mark.usefixtures("two_threads")
def test_threads_are_given_back_when_training_is_interrupted() -> None:
    def interrupt(done: int, total: int, loss: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        digits.fit(TINY, "cpu", interrupt)
    assert torch.get_num_threads() == 2


def test_the_layers_end_in_ten_scores() -> None:
    with torch.random.fork_rng():
        model = digits.build(TINY)
    assert model(torch.zeros(3, 1, 8, 8)).shape == (3, 10)


def test_without_scikit_learn_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(AuthorError, match=r"pip install 'chainrule\[full\]'"):
        digits.split(0)
