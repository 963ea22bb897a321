"""Deep networks with and without shortcuts: what differs, and what does not."""

from __future__ import annotations

import pytest

from solutions.trained.fitting import Fitted, seeded
from solutions.trained.plain_against_residual import Deep


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def plain() -> Fitted:
    return Deep(shortcuts=False, epochs=4).fit("cpu", silent)


@pytest.fixture(scope="module")
def residual() -> Fitted:
    return Deep(shortcuts=True, epochs=4).fit("cpu", silent)


def test_both_have_the_same_weights_to_learn() -> None:
    shapes = [
        {name: tuple(p.shape) for name, p in seeded(Deep(shortcuts).build, 0).named_parameters()}
        for shortcuts in (False, True)
    ]
    assert shapes[0] == shapes[1]


def test_with_shortcuts_the_training_loss_falls_and_without_it_hardly_does(plain: Fitted, residual: Fitted) -> None:
    assert plain.curves["loss"][-1] > 1.2
    assert residual.curves["loss"][-1] < 0.6
    assert residual.figures["accuracy"] > plain.figures["accuracy"] + 0.2


def test_gradient_norms_cover_every_weight_matrix(plain: Fitted, residual: Fitted) -> None:
    for fitted in (plain, residual):
        for when in ("gradient at the start", "gradient at the end"):
            assert len(fitted.curves[when]) == Deep(shortcuts=True).depth + 2
    # at the start, in the middle of the network: the plain one hands on far less
    assert 5 * plain.curves["gradient at the start"][20] < residual.curves["gradient at the start"][20]
