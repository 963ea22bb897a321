"""One object on a noisy image, and a network that says where its edges are: regression of a box.

The object is a bright rectangle or ellipse among short bright strokes, which are no objects. A box is its centre, width
and height in shares of the image's side; it is measured by the area that it shares with the true one (IoU).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn

HELD_OUT = 300
STROKES = 3


@dataclass(frozen=True)
class Boxes:
    """side: of the images, in pixels; objects are from a sixth to a half of it. noise: deviation at each pixel."""

    side: int = 24
    noise: float = 0.15
    channels: int = 12
    examples: int = 1500
    epochs: int = 20
    batch: int = 50
    rate: float = 3e-3
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, side, side) to boxes (N, 4): centre across and down, width, height."""
        from torch import nn

        c = self.channels
        return nn.Sequential(
            nn.Conv2d(1, c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, c, side/2, side/2)
            nn.Conv2d(c, 2 * c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, 2c, side/4, side/4)
            nn.Flatten(),  # where a feature is stays known: no pooling over places
            nn.Linear(2 * c * (self.side // 4) ** 2, 64),
            nn.ReLU(),
            nn.Linear(64, 4),
            nn.Sigmoid(),
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; mean IoU on held-out images, loss the mean squared error of the four numbers."""
        from torch import optim
        from torch.nn.functional import mse_loss

        task = Task(examples(self, self.examples, 1), examples(self, HELD_OUT, 2), mse_loss)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        found = overlaps(fitting.scores(model, task.held_out.inputs), task.held_out.targets)
        return Fitted(model, {"iou": float(found.double().mean()), "loss": curves["held-out loss"][-1]}, curves)


def overlaps(one: Tensor, other: Tensor) -> Tensor:
    """Intersection over union of each pair of boxes (N, 4), in [0, 1]: (N,)."""
    shared = (_ends(one)[1].minimum(_ends(other)[1]) - _ends(one)[0].maximum(_ends(other)[0])).clamp(min=0)  # (N, 2)
    both = shared.prod(dim=1)
    return both / (one[:, 2:].prod(dim=1) + other[:, 2:].prod(dim=1) - both)


def examples(recipe: Boxes, count: int, part: int) -> Examples:
    """Images (count, 1, side, side) and the boxes of their objects (count, 4); a function of recipe and part."""
    import torch

    draw = np.random.default_rng([recipe.seed, part])
    images, boxes = zip(*(_image(recipe, draw) for _ in range(count)), strict=True)
    return Examples(
        torch.as_tensor(np.stack(images), dtype=torch.float32)[:, None],
        torch.as_tensor(np.stack(boxes), dtype=torch.float32),
    )


def _image(recipe: Boxes, draw: np.random.Generator) -> tuple[Array, Array]:
    side = recipe.side
    image = recipe.noise * draw.standard_normal((side, side))
    for _ in range(STROKES):
        row, column = draw.integers(0, side - side // 6, 2)
        long = (slice(row, row + side // 6), slice(column, column + 1))
        image[long if draw.random() < 0.5 else long[::-1]] += 1
    width, height = draw.integers(side // 6, side // 2 + 1, 2)
    left, top = draw.integers(0, side - width + 1), draw.integers(0, side - height + 1)
    box = np.array([left + width / 2, top + height / 2, width, height])
    down, across = np.mgrid[:side, :side] + 0.5
    x, y = 2 * (across - box[0]) / width, 2 * (down - box[1]) / height  # the box is [-1, 1] in each
    inside = np.maximum(abs(x), abs(y)) < 1 if draw.random() < 0.5 else x**2 + y**2 < 1
    image[inside] += draw.uniform(0.6, 1.0)
    return image, box / side


def _ends(boxes: Tensor) -> tuple[Tensor, Tensor]:
    """Upper left and lower right corners, (N, 2) each."""
    return boxes[:, :2] - boxes[:, 2:] / 2, boxes[:, :2] + boxes[:, 2:] / 2
