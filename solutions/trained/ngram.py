"""Two language models that see a window of characters: log-bilinear, and neural with a hidden layer.

They learn the generated text whose entropy is known, as the recurrent networks do: the same sequences, and the same
characters counted. The log-bilinear model adds up what each character of the window says about the next one; what two
say only together it cannot learn.

In this text hardly anything is of that kind: both come within about 0.01 of the entropy, as near as the recurrent
networks, and a window of three characters is nearly enough; two are not. With large steps (rate 0.01, three seeds) the
log-bilinear model is worse with a window of 12 than with one of 4 or 6, and the neural one is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task
from solutions.trained.text import ALPHABET, entropy, loss_after_warm_up, sample

if TYPE_CHECKING:
    from solutions.trained.window_networks import Window

HELD_OUT = 256


@dataclass(frozen=True)
class Ngram:
    """bilinear: whether there is no hidden layer. context: characters that are seen. size: of their vectors."""

    bilinear: bool
    context: int = 6
    size: int = 24
    hidden: int = 64
    examples: int = 512
    length: int = 96
    epochs: int = 20
    batch: int = 32
    rate: float = 2e-3
    seed: int = 0

    def build(self) -> Window:
        """Characters (N, T) to scores of the next one (N, T, letters)."""
        from solutions.trained.window_networks import Window

        return Window(
            bilinear=self.bilinear, symbols=len(ALPHABET), context=self.context, size=self.size, hidden=self.hidden
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained model; loss and entropy in nats a character, the loss on held-out text."""
        from torch import optim

        task = Task(examples(self, self.examples, "train"), examples(self, HELD_OUT, "held out"), loss_after_warm_up)
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


def examples(recipe: Ngram, count: int, name: str) -> Examples:
    """Sequences of characters (count, length) and the characters that follow each: those of the recurrent networks."""
    import torch

    text, _ = sample(count * (recipe.length + 1), f"text:{recipe.seed}:{name}")
    rows = torch.tensor([ALPHABET.index(letter) for letter in text]).reshape(count, recipe.length + 1)
    return Examples(rows[:, :-1], rows[:, 1:])
