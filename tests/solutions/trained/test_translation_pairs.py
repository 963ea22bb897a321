"""Translation: the rule by hand, what is laid out where, attention by its formula, and what length does to both."""

from __future__ import annotations

import random

import pytest
import torch

from solutions.trained import fitting
from solutions.trained.attending_networks import Attentive
from solutions.trained.fitting import Fitted
from solutions.trained.pairs import ADJECTIVES, AND, NOUNS, PAD, VERBS, Pairs, examples, longest, sentence

PLAIN, ATTENTION = Pairs(attends=False), Pairs(attends=True)


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.fixture(scope="module")
def plain() -> Fitted:
    return PLAIN.fit("cpu", silent)


@pytest.fixture(scope="module")
def attention() -> Fitted:
    return ATTENTION.fit("cpu", silent)


def translated(read: list[int]) -> list[int]:
    """The translation by another road: word by word, with a place for the verb and for the adjective."""
    written: list[int] = []
    verb: list[int] = []
    adjective: list[int] = []
    for word in [*read, AND]:
        if word == AND:
            written += [*verb, AND]
            verb = []
        elif word in VERBS:
            verb = [word]
        elif word in ADJECTIVES:
            adjective = [word]
        else:
            written += [word, *adjective]
            adjective = []
    return [24 - word for word in written[:-1]]


def test_verbs_go_to_the_end_and_adjectives_behind_their_nouns() -> None:
    source = random.Random(0)
    for clauses in (1, 2, 3, 4):
        for _ in range(50):
            read, written = sentence(source, clauses)
            assert written == translated(read)
            assert read.count(AND) == clauses - 1 and len(read) <= longest(clauses)
            assert sum(word in VERBS for word in read) == clauses
            assert sum(word in NOUNS for word in read) == 2 * clauses


def test_sentences_are_laid_out_with_what_the_decoder_is_shown() -> None:
    parts = examples(PLAIN)
    for part, count, length in zip(parts, (3000, 400, 400), (17, 17, 23), strict=True):
        assert part.inputs.shape == (count, 2 * length + 1) and part.targets.shape == (count, length + 1)
        for row, target in zip(part.inputs.tolist(), part.targets.tolist(), strict=True):
            read = [word for word in row[:length] if word]
            assert row[:length] == [0] * (length - len(read)) + read
            assert [word for word in target if word != PAD] == [*translated(read), 0]
            assert row[length : length + 1 + len(read)] == [0, *translated(read)]
    assert all(row.count(AND) == 3 for row in parts[2].inputs[:, :23].tolist())
    train, held_out = ({tuple(row[:17]) for row in part.inputs.tolist()} for part in parts[:2])
    assert not train & held_out


def test_attention_is_its_formula() -> None:
    model = fitting.seeded(ATTENTION.build, 0)
    assert isinstance(model, Attentive) and model.match is not None
    inputs = examples(ATTENTION)[1].inputs[:4]
    with torch.no_grad():
        read, written = model.states(inputs)
        weights, scores = model.weights(inputs), model(inputs)
    assert not weights[:, :, :17][(inputs[:, None, :17] == 0).expand_as(weights)].any()
    n, t = 2, 5
    products = torch.stack([written[n, t] @ (model.match.weight @ state) for state in read[n]])
    products[inputs[n, :17] == 0] = -torch.inf
    torch.testing.assert_close(weights[n, t], products.softmax(dim=0).detach())
    seen = sum(weight * state for weight, state in zip(weights[n, t], read[n], strict=True))
    assert isinstance(seen, torch.Tensor)
    joined = torch.cat([seen, written[n, t]])
    torch.testing.assert_close(scores[n, t], model.head(model.join(joined).tanh()).detach())


def test_with_attention_sentences_come_out_whole_and_without_it_fewer(plain: Fitted, attention: Fitted) -> None:
    assert attention.figures["accuracy"] > 0.95
    assert attention.figures["whole sentences"] > 0.9
    assert 0.4 < plain.figures["accuracy"] < attention.figures["accuracy"] - 0.1
    assert plain.figures["whole sentences"] < attention.figures["whole sentences"] - 0.2


def test_neither_writes_longer_sentences_whole(plain: Fitted, attention: Fitted) -> None:
    for fitted in (plain, attention):
        assert fitted.figures["longer"] < 0.8
        assert fitted.figures["whole longer"] < 0.1
    assert attention.figures["longer"] > plain.figures["longer"] + 0.05


def test_with_attention_it_is_a_clause_that_longer_sentences_lack(attention: Fitted) -> None:
    """They begin right and stop four to five words early on average, as the longest trained on do."""
    model, more = attention.model, examples(ATTENTION)[2]
    assert isinstance(model, Attentive)
    model.read = 23
    with torch.no_grad():
        written = model.write(more.inputs[:, :23], 24)
    model.read = 17
    assert float((written == more.targets)[:, :5].double().mean()) > 0.9
    lengths, true = (written == 0).int().argmax(dim=1), (more.targets == 0).int().argmax(dim=1)
    assert 2.5 < float((true - lengths).double().mean()) < 6.5


def test_each_word_is_written_with_a_look_at_its_own(attention: Fitted) -> None:
    """The likeliest place to look at is that of the word translated, or of the word right after it."""
    model, held_out = attention.model, examples(ATTENTION)[1]
    assert isinstance(model, Attentive)
    with torch.no_grad():
        looked = model.weights(held_out.inputs).argmax(dim=2)
    near = total = 0
    for row, target, places in zip(held_out.inputs.tolist(), held_out.targets.tolist(), looked.tolist(), strict=True):
        for word, place in zip(target, places, strict=True):
            if word > 0:
                total += 1
                near += 24 - word in row[max(place - 1, 0) : place + 1]
    assert near / total > 0.9
