"""Digits in black and white, one pixel after another: each pixel's chance is read from all pixels before it.

The chances multiply to that of the image, so that its likelihood is known exactly: no hidden cause is needed, and no
bound. The order is that of reading. Beside it stand pixels that are independent of each other.
Source: Larochelle & Murray 2011; with masks Germain, Gregor, Murray & Larochelle 2015.
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

    from solutions.trained.generative_networks import Masked

PIXELS = 64


@dataclass(frozen=True)
class Pixels:
    """threshold: pixels of at least this, in [0, 1], are white."""

    threshold: float = 0.5
    hidden: int = 256
    epochs: int = 60
    batch: int = 32
    rate: float = 2e-3
    seed: int = 0

    def build(self) -> Masked:
        """Images (N, 64) of zeros and ones to logits of each pixel from those before it (N, 64)."""
        from solutions.trained.generative_networks import Masked

        return Masked(PIXELS, hidden=self.hidden)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; on held-out digits accuracy in pixels, loss in nats an image, both exact.

        independent pixels: the loss of each pixel's share of white in the training images, one added to both counts.
        """
        from torch import optim

        train, held_out = examples(self)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            Task(train, held_out, loss),
            Plan(self.epochs, self.batch, self.seed),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        white = fitting.scores(model, held_out.inputs) > 0
        figures = {
            "accuracy": float((white == held_out.targets.bool()).double().mean()),
            "loss": curves["held-out loss"][-1],
            "independent pixels": independent(train.inputs, held_out.inputs),
        }
        return Fitted(model, figures, curves)


def loss(logits: Tensor, images: Tensor) -> Tensor:
    """Mean of -log p(image) in nats; both (N, 64)."""
    from torch.nn.functional import binary_cross_entropy_with_logits

    return binary_cross_entropy_with_logits(logits, images, reduction="none").sum(dim=1).mean()


def independent(train: Tensor, held_out: Tensor) -> float:
    """Mean of -log p in nats for images (N, 64), each pixel by its own share of white among those trained on."""
    shares = (train.double().sum(dim=0) + 1) / (len(train) + 2)  # (64,)
    return float(loss(shares.logit().expand(len(held_out), -1), held_out.double()))


def examples(recipe: Pixels) -> tuple[Examples, Examples]:
    """Digits in black and white, (N, 64) of zeros and ones, as inputs and targets; for training and held out."""
    data = split(recipe.seed)
    return _white(data.x_train, recipe.threshold), _white(data.x_test, recipe.threshold)


def _white(images: Array, threshold: float) -> Examples:
    import torch

    white = torch.as_tensor(images >= threshold).float().flatten(1)
    return Examples(white, white)
