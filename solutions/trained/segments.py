"""Every pixel of an image with shapes gets a class, from a network of nothing but convolutions.

Images hold one to three discs, squares and crosses of any brightness before a noisy background; later ones hide earlier
ones. What a pixel belongs to cannot be seen at the pixel: two poolings widen the view, two transposed convolutions lead
back to the image's size.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array
from solutions.digits import Labels
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn

HELD_OUT = 200
KINDS = ("background", "disc", "square", "cross")


@dataclass(frozen=True)
class Segments:
    """side: of the images, in pixels, a multiple of 4. noise: deviation at each pixel."""

    side: int = 24
    noise: float = 0.15
    channels: int = 16
    examples: int = 800
    epochs: int = 24
    batch: int = 20
    rate: float = 5e-3
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, H, W), H and W multiples of 4, to scores of each pixel's class (N, 4, H, W)."""
        from torch import nn

        c = self.channels
        return nn.Sequential(
            nn.Conv2d(1, c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, c, H/2, W/2)
            nn.Conv2d(c, 2 * c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, 2c, H/4, W/4)
            nn.Conv2d(2 * c, 2 * c, 3, padding=1),
            nn.ReLU(),
            nn.ConvTranspose2d(2 * c, c, 2, stride=2),  # (N, c, H/2, W/2)
            nn.ReLU(),
            nn.ConvTranspose2d(c, len(KINDS), 2, stride=2),
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; accuracy over held-out pixels, IoU as the mean over the classes."""
        from torch import optim
        from torch.nn.functional import cross_entropy

        task = Task(examples(self, self.examples, 1), examples(self, HELD_OUT, 2), cross_entropy)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        found = fitting.scores(model, task.held_out.inputs).argmax(dim=1)  # (N, H, W)
        right = float((found == task.held_out.targets).double().mean())
        iou = sum(overlaps(found, task.held_out.targets)) / len(KINDS)
        return Fitted(model, {"accuracy": right, "iou": iou, "loss": curves["held-out loss"][-1]}, curves)


def overlaps(found: Tensor, labels: Tensor) -> list[float]:
    """For each class the pixels that both say over those that either says, counted over all images (N, H, W)."""
    pairs = [(found == kind, labels == kind) for kind in range(len(KINDS))]
    return [float((one & other).sum() / (one | other).sum()) for one, other in pairs]


def examples(recipe: Segments, count: int, part: int) -> Examples:
    """Images (count, 1, side, side) and the class of each pixel (count, side, side); a function of recipe and part."""
    import torch

    draw = np.random.default_rng([recipe.seed, part])
    images, labels = zip(*(_image(recipe, draw) for _ in range(count)), strict=True)
    return Examples(torch.as_tensor(np.stack(images), dtype=torch.float32)[:, None], torch.as_tensor(np.stack(labels)))


def _image(recipe: Segments, draw: np.random.Generator) -> tuple[Array, Labels]:
    side = recipe.side
    image = np.zeros((side, side))
    labels = np.zeros((side, side), dtype=np.int64)
    down, across = np.mgrid[:side, :side]
    for _ in range(draw.integers(1, 4)):
        kind, radius = draw.integers(1, len(KINDS)), draw.uniform(side / 8, side / 4)
        x, y = abs(across - draw.uniform(0, side)), abs(down - draw.uniform(0, side))
        near, far = np.minimum(x, y), np.maximum(x, y)
        inside = {1: x**2 + y**2 < radius**2, 2: far < radius, 3: (far < radius) & (near < radius / 3)}[int(kind)]
        image[inside], labels[inside] = draw.uniform(0.4, 1.0), kind
    return image + recipe.noise * draw.standard_normal((side, side)), labels
