"""The grammar's entropy by four roads, and networks that come close to it and never below."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.text import ALPHABET, GRAMMAR, WARM_UP, Text, entropy, loss_after_warm_up, sample


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def test_no_word_is_the_beginning_of_another() -> None:
    written = [word + " " for word in GRAMMAR]
    assert not [pair for pair in itertools.permutations(written, 2) if pair[0].startswith(pair[1])]


def test_every_word_can_be_followed_and_reached() -> None:
    assert {word for odds in GRAMMAR.values() for word in odds} == set(GRAMMAR)


def test_the_entropy_is_the_surprise_of_a_long_text() -> None:
    text, surprise = sample(400_000, "a long text")
    assert surprise == pytest.approx(entropy(), abs=0.002)
    assert surprise != entropy()
    assert set(text) == set(ALPHABET)


def test_the_entropy_is_that_of_counted_words() -> None:
    """By the chain rule H(pairs) - H(words) of the words as they stand in a text, over their mean length."""
    words = sample(400_000, "another text")[0].split(" ")[:-1]

    def entropy_of(found: Counter[object]) -> float:
        total = found.total()
        return -sum(count / total * math.log(count / total) for count in found.values())

    pairs: Counter[object] = Counter(itertools.pairwise(words))
    step = entropy_of(pairs) - entropy_of(Counter(words))
    assert step / (sum(len(word) + 1 for word in words) / len(words)) == pytest.approx(entropy(), abs=0.002)


def test_the_entropy_is_that_of_a_walk_by_powers() -> None:
    shares = {word: 1 / len(GRAMMAR) for word in GRAMMAR}
    for _ in range(500):
        following = dict.fromkeys(GRAMMAR, 0.0)
        for word, odds in GRAMMAR.items():
            for then, odd in odds.items():
                following[then] += shares[word] * odd / sum(odds.values())
        shares = {word: (shares[word] + following[word]) / 2 for word in GRAMMAR}  # lazily, so that no cycle stays
    surprise = {
        w: -sum(k / sum(o.values()) * math.log(k / sum(o.values())) for k in o.values()) for w, o in GRAMMAR.items()
    }
    found = sum(shares[w] * surprise[w] for w in GRAMMAR) / sum(shares[w] * (len(w) + 1) for w in GRAMMAR)
    assert found == pytest.approx(entropy(), rel=1e-9)


def test_counting_after_three_letters_stays_above_the_entropy() -> None:
    """A table of what follows each three letters is a model too: worse than the grammar, better than letters alone."""
    text, other = sample(200_000, "to count")[0], sample(50_000, "to judge")[0]
    losses = []
    for order in (0, 3):
        counts: Counter[tuple[str, str]] = Counter((text[i - order : i], text[i]) for i in range(order, len(text)))
        totals: Counter[str] = Counter()
        for (before, _), count in counts.items():
            totals[before] += count
        asked = [(other[i - order : i], other[i]) for i in range(order, len(other))]
        losses.append(-sum(math.log((counts[a] or 0.5) / totals[a[0]]) for a in asked) / len(asked))
    assert entropy() < losses[1] < losses[0]


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_a_network_comes_close_to_the_entropy_and_not_below(cell: str) -> None:
    recipe = Text(cell)
    fitted = recipe.fit("cpu", silent)
    # the held-out text itself: its own surprise is the floor there, up to what is cut at the ends of sequences
    _, floor = sample(256 * (recipe.length + 1), f"text:{recipe.seed}:held out")
    assert floor == pytest.approx(fitted.figures["entropy"], abs=0.006)
    assert -0.002 < fitted.figures["loss"] - floor < 0.02


def test_the_text_is_learnt_not_its_letters() -> None:
    """On the same letters shuffled the trained network is worse than guessing evenly."""
    recipe = Text("lstm", epochs=4)
    model = recipe.fit("cpu", silent).model
    letters = list(sample(20 * 97, "shuffled")[0])
    random.Random(0).shuffle(letters)
    rows = torch.tensor([ALPHABET.index(letter) for letter in letters]).reshape(20, 97)
    loss = float(loss_after_warm_up(fitting.scores(model, rows[:, :-1]), rows[:, 1:]))
    assert loss > math.log(len(ALPHABET))


def test_the_warm_up_is_not_counted() -> None:
    scores = torch.zeros(2, WARM_UP + 3, 4)
    scores[:, :WARM_UP, 0] = 100.0  # sure, and wrong
    following = torch.full((2, WARM_UP + 3), 1)
    assert float(loss_after_warm_up(scores, following)) == pytest.approx(math.log(4))
