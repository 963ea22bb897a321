"""Translation between two made-up languages, from one network's last state alone or with a look back at each word.

A sentence is one clause or more: subject, verb, object, and "and" between clauses. In the other language the verb
stands last in its clause and adjectives stand after their noun; each word has one translation. So the order within a
clause can be learnt, and what must be kept grows with the sentence. Sentences longer than any trained on are measured
too.

With attention nearly all sentences come out whole after a few epochs; without it half of them do after the same
training, and three quarters after three times as much. A look back does not make sentences longer than those trained
on come out right: none does whole, with it or without. With attention they begin right, and then a clause is missing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn

    from solutions.trained.attending_networks import Attentive

HELD_OUT = 400
PAD = -1  # where nothing is to be written
NOUNS, ADJECTIVES, VERBS = range(1, 11), range(11, 17), range(17, 23)  # 0 fills up, starts and stops
AND = 23
WORDS = 24
CLAUSE = 5  # words at most, without "and"


@dataclass(frozen=True)
class Pairs:
    """attends: whether the writer looks back. clauses: in a sentence at most; longer: clauses of the longer ones."""

    attends: bool
    clauses: int = 3
    longer: int = 4
    size: int = 32
    hidden: int = 64
    examples: int = 3000
    epochs: int = 10
    batch: int = 64
    rate: float = 5e-3
    seed: int = 0

    def build(self) -> Attentive:
        """Sentences and the words before each that is written (N, S + T) to scores (N, T, 24)."""
        from solutions.trained.attending_networks import Attentive

        return Attentive(
            attends=self.attends,
            symbols=WORDS,
            answers=WORDS,
            size=self.size,
            hidden=self.hidden,
            read=longest(self.clauses),
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; accuracy in words that it writes right on its own, loss with the true ones shown.

        whole sentences: the share without a fault. longer, whole longer: the same of sentences of `longer` clauses.
        """
        from torch import optim

        train, held_out, more = examples(self)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            Task(train, held_out, loss),
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        words, whole = shares_right(model, held_out, longest(self.clauses))
        longer, whole_longer = shares_right(model, more, longest(self.longer))
        figures = {
            "accuracy": words,
            "whole sentences": whole,
            "longer": longer,
            "whole longer": whole_longer,
            "loss": curves["held-out loss"][-1],
        }
        return Fitted(model, figures, curves)


def longest(clauses: int) -> int:
    """Words of the longest sentence of so many clauses."""
    return (CLAUSE + 1) * clauses - 1


def sentence(source: random.Random, clauses: int) -> tuple[list[int], list[int]]:
    """A sentence and its translation. Words of both languages are numbered alike: word w is translated as 24 - w."""
    read: list[int] = []
    written: list[int] = []
    for clause in range(clauses):
        subject, thing = _phrase(source), _phrase(source)
        verb, joint = source.choice(VERBS), [AND] if clause else []
        read += [*joint, *subject, verb, *thing]
        written += [*joint, *subject[::-1], *thing[::-1], verb]
    return read, [WORDS - word for word in written]


def examples(recipe: Pairs) -> tuple[Examples, Examples, Examples]:
    """Sentences with what the decoder is shown (N, S + T) and what it writes (N, T): training, held out and longer.

    Held-out sentences are not trained on. Sentences are filled up in front.
    """
    source = random.Random(f"pairs:{recipe.seed}")
    found: dict[tuple[int, ...], list[int]] = {}
    while len(found) < recipe.examples + HELD_OUT:
        read, written = sentence(source, source.randint(1, recipe.clauses))
        found[tuple(read)] = written
    pairs = [(list(read), written) for read, written in found.items()]
    more = [sentence(source, recipe.longer) for _ in range(HELD_OUT)]
    usual = longest(recipe.clauses)
    return _tensors(pairs[HELD_OUT:], usual), _tensors(pairs[:HELD_OUT], usual), _tensors(more, longest(recipe.longer))


def loss(scores: Tensor, words: Tensor) -> Tensor:
    """Mean cross-entropy in nats a word that is to be written; scores (N, T, 24)."""
    from torch.nn.functional import cross_entropy

    return cross_entropy(scores.flatten(0, 1), words.flatten(), ignore_index=PAD)


def shares_right(model: nn.Module, asked: Examples, read: int) -> tuple[float, float]:
    """Shares of words and of whole sentences of up to `read` words that the network writes right on its own."""
    import torch

    from solutions.trained.attending_networks import Attentive

    assert isinstance(model, Attentive)
    usual, model.read = model.read, read
    with torch.no_grad():
        written = model.eval().write(asked.inputs[:, :read], read + 1)
    model.read = usual
    counted = asked.targets != PAD
    right = (written == asked.targets) & counted
    return float(right.sum() / counted.sum()), float((right == counted).all(dim=1).double().mean())


def _phrase(source: random.Random) -> list[int]:
    """A noun, or an adjective and a noun."""
    return [*([source.choice(ADJECTIVES)] if source.random() < 0.5 else []), source.choice(NOUNS)]


def _tensors(pairs: list[tuple[list[int], list[int]]], length: int) -> Examples:
    import torch

    inputs, targets = [], []
    for read, written in pairs:
        free = length - len(read)
        inputs.append([0] * free + read + [0, *written] + [0] * free)
        targets.append([*written, 0] + [PAD] * free)
    return Examples(torch.tensor(inputs), torch.tensor(targets))
