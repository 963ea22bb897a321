"""Pixel prediction: the next row of a digit from the rows before it, by a simple recurrent network and by an LSTM.

Pixels are black or white. Given the rows before, those of one row are guessed independently; a model that does not look
at them can do no better than the share of white at each place, whose entropy is measured along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.arrays import Array
from solutions.digits import split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor

    from solutions.trained.networks import Reader

SIDE = 8


@dataclass(frozen=True)
class Rows:
    """cell: rnn or lstm. threshold: pixels of at least this, in [0, 1], are white."""

    cell: str
    threshold: float = 0.5
    hidden: int = 64
    epochs: int = 30
    batch: int = 64
    rate: float = 5e-3
    seed: int = 0

    def build(self) -> Reader:
        """Rows (N, T, 8) of zeros and ones to logits of each pixel of the next row (N, T, 8)."""
        from solutions.trained.networks import Reader

        class RowReader(Reader):
            """Reads rows, which are vectors already."""

            def forward(self, x: Tensor) -> Tensor:
                return self.read(x)

        return RowReader(self.cell, symbols=SIDE, hidden=self.hidden, answers=SIDE)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; on held-out digits loss and entropy in nats a pixel, accuracy in pixels."""
        from torch import optim

        task = Task(*examples(self), loss)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        white = fitting.scores(model, task.held_out.inputs) > 0  # (N, 7, 8)
        right = float((white == task.held_out.targets.bool()).double().mean())
        figures = {"accuracy": right, "loss": curves["held-out loss"][-1], "entropy": entropy(task.held_out.targets)}
        return Fitted(model, figures, curves)


def examples(recipe: Rows) -> tuple[Examples, Examples]:
    """The first seven rows of each digit and the seven after the first, (N, 7, 8), for training and held out."""
    data = split(recipe.seed)
    return _shifted(data.x_train, recipe.threshold), _shifted(data.x_test, recipe.threshold)


def loss(logits: Tensor, white: Tensor) -> Tensor:
    """Mean cross-entropy in nats a pixel; both (N, T, 8)."""
    from torch.nn.functional import binary_cross_entropy_with_logits

    return binary_cross_entropy_with_logits(logits, white)


def entropy(white: Tensor) -> float:
    """Nats a pixel of the best guess that reads nothing: the share of white at each place of these rows (N, T, 8)."""
    import torch

    shares = white.double().mean(dim=0)  # (T, 8)
    return float(-(torch.xlogy(shares, shares) + torch.xlogy(1 - shares, 1 - shares)).mean())


def _shifted(images: Array, threshold: float) -> Examples:
    import torch

    white = torch.as_tensor(images >= threshold).float()  # (N, 8, 8)
    return Examples(white[:, :-1], white[:, 1:])
