"""Character text made by a small grammar whose entropy is known exactly, and networks that read it.

Each word is drawn given the word before it. A word's letters and the space after it follow from the word, so the text
has the entropy of the words: no model's mean loss can be below it, and what is above it is the model's own.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor

    from solutions.trained.networks import Reader

# word -> the words that may follow it, with their odds; no word is the beginning of another
GRAMMAR: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        ".": {"the": 5, "a": 3},
        "the": {"cat": 3, "dog": 3, "small": 2, "old": 2},
        "a": {"cat": 2, "dog": 2, "small": 3, "old": 3},
        "small": {"cat": 1, "dog": 1},
        "old": {"dog": 3, "cat": 1},
        "cat": {"sees": 2, "likes": 2, "sleeps": 4},
        "dog": {"sees": 3, "hears": 2, "sleeps": 3},
        "sees": {"the": 1, "a": 1},
        "likes": {"the": 1, "a": 3},
        "hears": {"the": 3, "a": 1},
        "sleeps": {".": 1},
    }
)
ALPHABET = "".join(sorted({letter for word in GRAMMAR for letter in word} | {" "}))
WARM_UP = 32  # characters at the start of a sequence that are read but not counted: the beginning is unknown there


@dataclass(frozen=True)
class Text:
    """cell: rnn or lstm. examples: sequences of `length` + 1 characters to train on."""

    cell: str
    hidden: int = 64
    examples: int = 512
    length: int = 96
    epochs: int = 10
    batch: int = 32
    rate: float = 1e-2
    seed: int = 0

    def build(self) -> Reader:
        """Characters (N, T) to scores of the next one (N, T, letters)."""
        from solutions.trained.networks import Reader

        return Reader(self.cell, symbols=len(ALPHABET), hidden=self.hidden, answers=len(ALPHABET))

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; loss and entropy in nats a character, the loss on held-out text."""
        from torch import optim

        task = Task(_examples(self, self.examples, "train"), _examples(self, 256, "held out"), loss_after_warm_up)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        return Fitted(model, {"loss": curves["held-out loss"][-1], "entropy": entropy()}, curves)


def entropy() -> float:
    """Nats a character: the mean entropy of the next word over the mean length of a word with its space.

    Means are over the stationary distribution of the words (Cover & Thomas 2006, theorem 4.2.4).
    """
    words = list(GRAMMAR)
    odds = np.array([[GRAMMAR[word].get(following, 0) for following in words] for word in words], dtype=np.float64)
    steps = odds / odds.sum(axis=1, keepdims=True)  # (W, W), rows sum to 1
    # p @ steps = p with sum(p) = 1, as one least-squares problem with an exact solution
    system = np.vstack([steps.T - np.eye(len(words)), np.ones(len(words))])
    shares = np.linalg.lstsq(system, np.append(np.zeros(len(words)), 1.0), rcond=None)[0]  # (W,)
    surprise = -np.where(steps > 0, steps * np.log(np.where(steps > 0, steps, 1)), 0).sum(axis=1)  # (W,)
    lengths = np.array([len(word) + 1 for word in words])
    return float(shares @ surprise / (shares @ lengths))


def sample(length: int, seed: str) -> tuple[str, float]:
    """A text of `length` characters, and its own surprise in nats a character, summed word by word as it is drawn."""
    source = random.Random(seed)
    word, written, surprise, count = ".", [], 0.0, 0
    while count < length:
        odds = GRAMMAR[word]
        word = source.choices(list(odds), weights=list(odds.values()))[0]
        surprise -= math.log(odds[word] / sum(odds.values()))
        written.append(word + " ")
        count += len(word) + 1
    return "".join(written)[:length], surprise / count


def loss_after_warm_up(scores: Tensor, following: Tensor) -> Tensor:
    """Mean cross-entropy in nats a character; scores (N, T, letters), following characters (N, T)."""
    from torch.nn.functional import cross_entropy

    return cross_entropy(scores[:, WARM_UP:].flatten(0, 1), following[:, WARM_UP:].flatten())


def _examples(recipe: Text, count: int, name: str) -> Examples:
    """Sequences of characters (count, length) and the characters that follow each, cut from one text."""
    import torch

    text, _ = sample(count * (recipe.length + 1), f"text:{recipe.seed}:{name}")
    rows = torch.tensor([ALPHABET.index(letter) for letter in text]).reshape(count, recipe.length + 1)
    return Examples(rows[:, :-1], rows[:, 1:])
