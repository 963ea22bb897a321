"""Windows of characters: what is seen, both scores by hand, and losses near the entropy that a short window cannot."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import pytest
import torch
from torch import Tensor, nn

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Plan, Task
from solutions.trained.ngram import Ngram, examples
from solutions.trained.text import ALPHABET, Text, _examples, sample
from solutions.trained.window_networks import Window

BILINEAR, NEURAL = Ngram(bilinear=True), Ngram(bilinear=False)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def untrained(recipe: Ngram) -> Window:
    model = fitting.seeded(recipe.build, 0)
    assert isinstance(model, Window)
    return model


def test_the_text_is_that_of_the_recurrent_networks() -> None:
    ours, theirs = examples(BILINEAR, 20, "train"), _examples(Text("rnn"), 20, "train")
    assert torch.equal(ours.inputs, theirs.inputs) and torch.equal(ours.targets, theirs.targets)


def test_a_window_ends_with_the_character_before_the_next() -> None:
    windows = untrained(replace(NEURAL, context=3)).windows(torch.tensor([[4, 5, 6, 7]]))
    begin = len(ALPHABET)
    assert windows.tolist() == [[[begin, begin, 4], [begin, 4, 5], [4, 5, 6], [5, 6, 7]]]


@pytest.mark.parametrize("recipe", [BILINEAR, NEURAL])
def test_characters_outside_the_window_and_later_ones_do_not_count(recipe: Ngram) -> None:
    rows = examples(recipe, 4, "held out").inputs
    changed = rows.clone()
    changed[:, 40] = (changed[:, 40] + 1) % len(ALPHABET)
    one, other = (fitting.scores(untrained(recipe), shown) for shown in (rows, changed))
    moved = (one != other).any(dim=2).any(dim=0).nonzero()[:, 0].tolist()
    assert moved == list(range(40, 40 + recipe.context))


def test_both_scores_are_done_by_hand() -> None:
    row = torch.tensor([[3, 1, 2]])
    for recipe in (replace(BILINEAR, context=2), replace(NEURAL, context=2)):
        model = untrained(recipe)
        older, newer = model.vectors.weight[1], model.vectors.weight[2]
        weight = model.places.weight
        seen = weight[:, : recipe.size] @ older + weight[:, recipe.size :] @ newer
        if model.head is None:
            expected = torch.stack([seen @ model.vectors.weight[symbol] for symbol in range(len(ALPHABET))])
        else:
            expected = model.head((seen + model.places.bias).tanh())
        torch.testing.assert_close(fitting.scores(model, row)[0, 2], expected.detach())


@pytest.mark.parametrize("recipe", [BILINEAR, NEURAL])
def test_both_come_close_to_the_entropy_and_not_below(recipe: Ngram) -> None:
    figures = recipe.fit("cpu", silent).figures
    _, floor = sample(256 * (recipe.length + 1), f"text:{recipe.seed}:held out")
    assert -0.002 < figures["loss"] - floor < 0.03


@pytest.mark.parametrize("recipe", [BILINEAR, NEURAL])
def test_two_characters_are_not_enough(recipe: Ngram) -> None:
    figures = replace(recipe, context=2).fit("cpu", silent).figures
    assert figures["loss"] > figures["entropy"] + 0.1


def test_what_two_say_only_together_needs_the_hidden_layer() -> None:
    """Each bit is the exclusive or of the two bits before it: sums of what each says are as good as guessing."""
    bits = torch.randint(2, (256, 2), generator=torch.Generator().manual_seed(0))
    rows = torch.cat([bits, bits.sum(dim=1, keepdim=True) % 2], dim=1)
    task = Examples(rows[:, :2], rows[:, 2])

    def loss(scores: Tensor, bit: Tensor) -> Tensor:
        return nn.functional.cross_entropy(scores[:, -1], bit)

    def built(bilinear: bool) -> Window:
        return Window(bilinear=bilinear, symbols=2, context=2, size=8, hidden=16)

    reached = []
    for bilinear in (True, False):
        model = fitting.seeded(partial(built, bilinear), 0)
        curves = fitting.fit(
            model,
            Task(task, task, loss),
            Plan(epochs=60, batch=32, seed=0),
            optimiser=lambda model: torch.optim.Adam(model.parameters(), lr=1e-2),
            device="cpu",
            progress=silent,
        )
        reached.append(curves["held-out loss"][-1])
    assert reached[0] == pytest.approx(math.log(2), abs=0.03)
    assert reached[1] < 0.05
