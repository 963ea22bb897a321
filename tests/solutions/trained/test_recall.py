"""Delayed recall: the LSTM learns it, the simple network does not, and gradients show why."""

from __future__ import annotations

import math

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.networks import Reader
from solutions.trained.recall import Recall, examples, loss_at_the_end


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def test_a_sequence_begins_with_its_symbol_and_never_shows_it_again() -> None:
    found = examples(Recall("lstm", delay=9), 200, "train")
    assert found.inputs.shape == (200, 10)
    assert torch.equal(found.inputs[:, 0], found.targets)
    assert set(found.targets.tolist()) == set(range(8))
    assert set(found.inputs[:, 1:].flatten().tolist()) == {8, 9, 10, 11}


def test_held_out_sequences_are_others() -> None:
    recipe = Recall("lstm")
    train, held_out = examples(recipe, 1024, "train"), examples(recipe, 512, "held out")
    assert not {tuple(row) for row in train.inputs.tolist()} & {tuple(row) for row in held_out.inputs.tolist()}


def test_both_networks_get_the_same_sequences_and_steps() -> None:
    rnn, lstm = Recall("rnn"), Recall("lstm")
    assert {**vars(rnn), "cell": ""} == {**vars(lstm), "cell": ""}
    assert torch.equal(examples(rnn, 5, "train").inputs, examples(lstm, 5, "train").inputs)


@pytest.mark.parametrize("seed", [0, 1])
def test_the_lstm_recalls_and_the_simple_network_does_not(seed: int) -> None:
    rnn, lstm = (Recall(cell, seed=seed).fit("cpu", silent) for cell in ("rnn", "lstm"))
    assert lstm.figures["accuracy"] >= 0.98
    assert rnn.figures["accuracy"] <= 0.75  # at most six of the eight symbols
    assert rnn.figures["loss"] > 0.5 > 5 * lstm.figures["loss"]


def test_with_a_short_delay_the_simple_network_learns_too() -> None:
    """So what fails above is the delay, not the network or its training."""
    assert Recall("rnn", delay=5).fit("cpu", silent).figures["accuracy"] >= 0.98


def reach(cell: str) -> float:
    """The loss's gradient at the first symbol over that at the last, before training: norms over a batch."""
    recipe = Recall(cell)
    reader = fitting.seeded(recipe.build, 0)
    assert isinstance(reader, Reader)
    batch = examples(recipe, 64, "train")
    vectors = reader.one_hot(batch.inputs).requires_grad_()  # (N, T, symbols)
    loss = loss_at_the_end(reader.read(vectors), batch.targets)
    (gradient,) = torch.autograd.grad(loss, vectors)
    norms = gradient.norm(dim=(0, 2))  # (T,)
    return float(norms[0] / norms[-1])


def test_gradients_reach_the_first_symbol_in_the_lstm_alone() -> None:
    assert reach("rnn") < 1e-12
    assert reach("lstm") > 1e-3


def test_forget_gates_open_for_up_to_as_many_steps_as_the_delay() -> None:
    reader = fitting.seeded(Recall("lstm", delay=50).build, 3)
    biases = dict(reader.named_parameters())
    both = biases["cell.bias_ih_l0"] + biases["cell.bias_hh_l0"]
    inward, forget = both[:32], both[32:64]
    assert torch.equal(inward, -forget)
    assert forget.min() >= 0 and forget.max() <= math.log(50)
    # a gate sigmoid(log(c)) = c/(1 + c) forgets a share 1/(1 + c): the slowest here remembers for over 25 steps
    assert (1 / torch.sigmoid(-forget)).max() > 25
