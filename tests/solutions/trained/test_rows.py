"""Pixel prediction: what is read and asked, the entropy by hand, and networks that use the rows before."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch

from solutions.digits import split
from solutions.trained import fitting
from solutions.trained.fitting import Fitted
from solutions.trained.rows import Rows, entropy, examples


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def lstm() -> Fitted:
    return Rows("lstm").fit("cpu", silent)


def test_each_row_is_followed_by_the_next_of_the_same_digit() -> None:
    train, held_out = examples(Rows("rnn"))
    assert (train.inputs.shape, held_out.targets.shape) == ((1437, 7, 8), (360, 7, 8))
    assert torch.equal(train.inputs[:, 1:], train.targets[:, :-1])
    white = torch.as_tensor(split(0).x_test >= 0.5).float()
    assert torch.equal(torch.cat([held_out.inputs, held_out.targets[:, -1:]], dim=1), white)


def test_the_entropy_is_that_of_coins() -> None:
    white = torch.tensor([[[1.0, 0.0, 1.0]], [[1.0, 0.0, 0.0]]])  # always, never, half
    assert entropy(white) == pytest.approx(math.log(2) / 3)


def test_no_guess_that_reads_nothing_is_below_the_entropy() -> None:
    train, held_out = examples(Rows("rnn"))
    shares = train.targets.double().mean(dim=0).clamp(1e-3, 1 - 1e-3)  # the best that training data offer
    loss = torch.nn.functional.binary_cross_entropy(shares.expand(360, 7, 8), held_out.targets.double())
    assert entropy(held_out.targets) < float(loss) < entropy(held_out.targets) + 0.01


@pytest.mark.parametrize("seed", [0, 1])
def test_both_networks_are_far_below_the_entropy(seed: int) -> None:
    for cell in ("rnn", "lstm"):
        figures = Rows(cell, seed=seed).fit("cpu", silent).figures
        assert figures["loss"] < figures["entropy"] - 0.08, cell
        assert figures["accuracy"] > 0.85, cell


def test_the_last_row_is_guessed_from_more_than_the_one_before(lstm: Fitted) -> None:
    _, held_out = examples(Rows("lstm"))
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    whole = fitting.scores(lstm.model, held_out.inputs)[:, -1]
    alone = fitting.scores(lstm.model, held_out.inputs[:, -1:])[:, -1]
    assert float(loss(whole, held_out.targets[:, -1])) < float(loss(alone, held_out.targets[:, -1])) - 0.05


def test_a_guess_does_not_see_the_row_that_it_is_for(lstm: Fitted) -> None:
    rows = examples(Rows("lstm"))[1].inputs[:5]
    changed = rows.clone()
    changed[:, 4:] = 1 - changed[:, 4:]
    before, after = (fitting.scores(lstm.model, one) for one in (rows, changed))
    torch.testing.assert_close(before[:, :4], after[:, :4])
    assert not torch.allclose(before[:, 4:], after[:, 4:])


def test_another_threshold_makes_other_rows() -> None:
    one, other = Rows("rnn"), replace(Rows("rnn"), threshold=0.25)
    assert examples(other)[0].inputs.sum() > examples(one)[0].inputs.sum()
