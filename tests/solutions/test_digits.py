"""The digits, their split, and what a classifier is given."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest

from grader.errors import AuthorError
from solutions import digits


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


def test_without_scikit_learn_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(AuthorError, match=r"pip install 'chainrule\[full\]'"):
        digits.split(0)
