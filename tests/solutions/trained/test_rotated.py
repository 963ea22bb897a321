"""The spatial transformer: starts as the identity, is its formula, and reads digits that a plain network misreads."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.networks import Warp
from solutions.trained.rotated import SIDE, Rotated, examples

PLAIN, WARPED = Rotated(warped=False), Rotated(warped=True)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def warp(maps: list[float] | None = None) -> Warp:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        module = Warp(SIDE).eval()
    if maps is not None:
        with torch.no_grad():
            module.aim.bias.copy_(torch.tensor(maps))
    return module


def test_an_untrained_transformer_hands_on_what_it_sees() -> None:
    images = examples(PLAIN)[1].inputs[:5]
    torch.testing.assert_close(warp()(images), images, atol=1e-5, rtol=0)


def test_a_quarter_turn_is_a_quarter_turn() -> None:
    images = examples(PLAIN)[1].inputs[:5]
    turned = warp([0.0, -1.0, 0.0, 1.0, 0.0, 0.0])(images)  # what stands at (x, y) is taken from (-y, x)
    torch.testing.assert_close(turned, images.rot90(1, dims=(2, 3)), atol=1e-5, rtol=0)


def test_a_shift_is_a_shift() -> None:
    images = examples(PLAIN)[1].inputs[:5]
    shifted = warp([1.0, 0.0, 2 * 3 / SIDE, 0.0, 1.0, 0.0])(images)  # three pixels of the [-1, 1] across
    torch.testing.assert_close(shifted[..., :-3], images[..., 3:], atol=1e-5, rtol=0)


def test_both_networks_get_the_same_images_and_steps() -> None:
    assert {**vars(PLAIN), "warped": None} == {**vars(WARPED), "warped": None}
    for one, other in zip(examples(PLAIN), examples(WARPED), strict=True):
        assert torch.equal(one.inputs, other.inputs)
    assert [len(part.inputs) for part in examples(PLAIN)] == [2 * 1437, 360]


@pytest.mark.parametrize("seed", [0, 1])
def test_with_the_transformer_far_more_digits_are_read(seed: int) -> None:
    plain, warped = (replace(recipe, seed=seed).fit("cpu", silent).figures for recipe in (PLAIN, WARPED))
    assert warped["accuracy"] > 0.8
    assert warped["accuracy"] > plain["accuracy"] + 0.1


def test_it_is_not_the_number_of_weights() -> None:
    """A plain network with more weights than the other with its transformer is no better than before."""
    wider = replace(PLAIN, channels=24)
    counts = [sum(p.numel() for p in fitting.seeded(recipe.build, 0).parameters()) for recipe in (wider, WARPED)]
    assert counts[0] > counts[1]
    assert wider.fit("cpu", silent).figures["accuracy"] < 0.8


def test_what_is_handed_on_stands_more_alike_than_what_is_seen() -> None:
    """Digits come at any place; the centre of what the trained transformer hands on varies less."""
    fitted = WARPED.fit("cpu", silent)
    module, images = next(fitted.model.children()), examples(WARPED)[1].inputs
    places = torch.linspace(-1, 1, SIDE)

    def spread(shown: torch.Tensor) -> float:
        shares = shown[:, 0] / shown.sum(dim=(1, 2, 3))[:, None, None]
        centres = torch.stack([(shares.sum(dim=1) * places).sum(1), (shares.sum(dim=2) * places).sum(1)], dim=1)
        return float(centres.std(dim=0).norm())

    assert spread(fitting.scores(module, images)) < 0.7 * spread(images)
