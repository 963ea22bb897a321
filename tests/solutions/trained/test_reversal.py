"""Reversal: how strings are laid out, and a network that writes on its own what it was not shown."""

from __future__ import annotations

import pytest
import torch

from solutions.trained.fitting import Fitted
from solutions.trained.networks import Translator
from solutions.trained.reversal import PAD, Reversal, examples, shares_right


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    return Reversal().fit("cpu", silent)


def test_what_is_written_is_what_is_read_backwards() -> None:
    recipe = Reversal()
    for part, count in zip(examples(recipe), (3072, 512), strict=True):
        assert part.inputs.shape == (count, 13) and part.targets.shape == (count, 7)
        for row, target in zip(part.inputs.tolist(), part.targets.tolist(), strict=True):
            string = [symbol for symbol in row[:6] if symbol != 8]
            assert 3 <= len(string) <= 6 and row[:6] == [8] * (6 - len(string)) + string
            assert [symbol for symbol in target if symbol != PAD] == [*string[::-1], 8]
            assert row[6] == 8 and row[7 : 7 + len(string)] == string[::-1]


def test_no_held_out_string_is_trained_on() -> None:
    train, held_out = ({tuple(row[:6]) for row in part.inputs.tolist()} for part in examples(Reversal()))
    assert len(held_out) == 512 and not train & held_out


@pytest.mark.parametrize("seed", [0, 1])
def test_the_network_writes_strings_backwards_on_its_own(seed: int) -> None:
    figures = Reversal(seed=seed).fit("cpu", silent).figures
    assert figures["accuracy"] > 0.97
    assert 0.9 < figures["whole strings"] <= figures["accuracy"]


def test_it_writes_the_string_that_it_read_and_stops(fitted: Fitted) -> None:
    assert isinstance(fitted.model, Translator)
    with torch.no_grad():
        written = fitted.model.write(torch.tensor([[8, 8, 1, 2, 3, 4], [8, 8, 8, 7, 0, 5]]), 8, 7)
    assert written[0, :5].tolist() == [4, 3, 2, 1, 8]
    assert written[1, :4].tolist() == [5, 0, 7, 8]


def test_written_symbols_are_those_that_it_scores_highest_when_shown_them(fitted: Fitted) -> None:
    model, strings = fitted.model, examples(Reversal())[1].inputs[:20, :6]
    assert isinstance(model, Translator)
    with torch.no_grad():
        written = model.write(strings, 8, 7)
        shown = torch.cat([torch.full((20, 1), 8), written[:, :-1]], dim=1)
        scores = model(torch.cat([strings, shown], dim=1))
    assert torch.equal(scores.argmax(dim=2), written)


def test_an_untrained_network_guesses() -> None:
    recipe = Reversal()
    with torch.random.fork_rng():
        torch.manual_seed(0)
        assert shares_right(recipe, recipe.build(), examples(recipe)[1])["accuracy"] < 0.4


def test_strings_longer_than_those_trained_on_are_not_reversed() -> None:
    """What was learnt is no rule for any length: trained on 3 and 4 symbols, it fails on 6."""
    short, long = Reversal(shortest=3, longest=4, epochs=15), Reversal(shortest=6, longest=6)
    model = short.fit("cpu", silent).model
    assert isinstance(model, Translator)
    assert shares_right(short, model, examples(short)[1])["accuracy"] > 0.9
    model.read = 6
    assert shares_right(long, model, examples(long)[1])["whole strings"] < 0.1
