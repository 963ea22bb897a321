"""The wrong line of the notes is found by evaluating what is printed."""

from __future__ import annotations

import numpy as np
import pytest

from solutions import notes

RIGHT = {
    "sigmoid": "g*y*(1 - y)",
    "tanh": "g*(1 - y**2)",
    "relu": "g*(x > 0)",
    "softmax": "y*(g - sum(g*y))",
}
SLIPS = [("relu", "(x > 0)"), ("softmax", "g*y - sum(g*y)"), ("sigmoid", "g*x*(1 - x)"), ("tanh", "g*(1 - y)")]


@pytest.mark.parametrize(("layer", "printed"), SLIPS)
def test_the_slip_is_found(layer: str, printed: str) -> None:
    assert notes.wrong_layer(**{**RIGHT, layer: printed}) == layer


def test_notes_without_a_slip_are_the_authors_fault() -> None:
    with pytest.raises(ValueError, match="expected one wrong line"):
        notes.wrong_layer(**RIGHT)


def test_another_right_spelling_is_no_slip() -> None:
    assert notes.wrong_layer(**{**RIGHT, "relu": "g*(y > 0)", "tanh": "g*y"}) == "tanh"


def test_layer_gradient_is_the_jacobian_times_upstream() -> None:
    x, g = np.array([0.2, -1.0, 0.5]), np.array([1.0, 2.0, -1.0])
    y = np.exp(x) / np.exp(x).sum()
    np.testing.assert_allclose(notes.layer_gradient(x, g, "softmax"), y * (g - g @ y))
