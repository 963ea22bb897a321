"""Delayed recall: a symbol is shown once, then distractors follow; at the end the network must name the symbol.

With a delay of 100 steps a simple recurrent network learns little more than to guess, since what the end says
about the start reaches it multiplied by the recurrent weights a hundred times; an LSTM's cell state carries it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor

    from solutions.trained.networks import Reader

HELD_OUT = 512
DISTRACTORS = 4


@dataclass(frozen=True)
class Recall:
    """cell: rnn or lstm. delay: distractors between symbol and end. symbols: how many there are to tell apart."""

    cell: str
    delay: int = 100
    symbols: int = 8
    hidden: int = 32
    examples: int = 1024
    epochs: int = 20
    batch: int = 64
    rate: float = 1e-2
    seed: int = 0

    def build(self) -> Reader:
        """Symbols (N, 1 + delay) to scores after each (N, 1 + delay, symbols)."""
        from torch import nn

        from solutions.trained.networks import Reader, remember

        reader = Reader(self.cell, symbols=self.symbols + DISTRACTORS, hidden=self.hidden, answers=self.symbols)
        if isinstance(reader.cell, nn.LSTM):
            remember(reader.cell, self.delay)
        return reader

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with loss and accuracy at the end of held-out sequences, and how far gradients reach."""
        from torch import optim

        task = Task(examples(self, self.examples, "train"), examples(self, HELD_OUT, "held out"), loss_at_the_end)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        last = fitting.scores(model, task.held_out.inputs)[:, -1]  # (N, symbols)
        right = fitting.share_right(last, task.held_out.targets)
        return Fitted(model, {"accuracy": right, "loss": curves["held-out loss"][-1]}, curves)


def examples(recipe: Recall, count: int, name: str) -> Examples:
    """Sequences (count, 1 + delay) and the symbols that they begin with (count,); a function of recipe and name."""
    import torch

    source = random.Random(f"recall:{recipe.seed}:{name}")
    shown = [source.randrange(recipe.symbols) for _ in range(count)]
    rows = [[symbol, *_distractors(source, recipe)] for symbol in shown]
    return Examples(torch.tensor(rows), torch.tensor(shown))


def loss_at_the_end(scores: Tensor, symbols: Tensor) -> Tensor:
    """Mean cross-entropy, in nats, of the scores after the last step; scores (N, T, symbols)."""
    from torch.nn.functional import cross_entropy

    return cross_entropy(scores[:, -1], symbols)


def _distractors(source: random.Random, recipe: Recall) -> list[int]:
    return [recipe.symbols + source.randrange(DISTRACTORS) for _ in range(recipe.delay)]
