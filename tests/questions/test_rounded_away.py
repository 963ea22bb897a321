"""Outputs that are expected for large inputs, against what rounding leaves of them."""

from __future__ import annotations

import numpy as np
import pytest

from grader.keys import CodeKey
from questions.bank import load_family


@pytest.mark.parametrize(
    ("id", "seed"),
    [("layers.softmax-backward", 10003), ("attention.soft-attention-code", 0), ("vision.pixel-loss-code", 10006)],
)
def test_no_right_output_is_lost_in_rounding(id: str, seed: int) -> None:
    family = load_family(id)
    assert family is not None
    key = family.draw(seed).parts[0].key
    assert isinstance(key, CodeKey)
    cases = [*key.cases, *(case for check in key.checks for case in getattr(check, "cases", ()))]
    largest = [np.abs(array).max() for case in cases for array in case.expected]
    assert all(size == 0 or size > 1e-9 for size in largest)
