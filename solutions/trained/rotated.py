"""Turned, shifted and scaled digits, read by a network without and with a spatial transformer before it.

The transformer looks at the image, says where to look (six numbers of an affine map), and hands on what is seen there;
it is trained by nothing but the classifier's loss. Trained alike, the plain network reads six held-out digits in ten,
the other nine; twice as many channels do not close the gap. Source: Jaderberg, Simonyan, Zisserman & Kavukcuoglu 2015.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array
from solutions.digits import Labels, split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import nn

SIDE = 20


@dataclass(frozen=True)
class Rotated:
    """warped: with the transformer. turn: largest angle, in degrees; views: of each image to train on."""

    warped: bool
    turn: float = 60.0
    views: int = 2
    channels: int = 12
    epochs: int = 10
    batch: int = 64
    rate: float = 3e-3
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, 20, 20) to class scores (N, 10)."""
        from torch import nn

        from solutions.trained.networks import Warp

        c = self.channels
        classifier = [
            nn.Conv2d(1, c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, c, 10, 10)
            nn.Conv2d(c, 2 * c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, 2c, 5, 5)
            nn.Flatten(),
            nn.Linear(50 * c, 10),
        ]
        return nn.Sequential(*([Warp(SIDE)] if self.warped else []), *classifier)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with loss and accuracy on held-out images, each seen in one view."""
        from torch import optim
        from torch.nn.functional import cross_entropy

        task = Task(*examples(self), cross_entropy)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        right = fitting.share_right(fitting.scores(model, task.held_out.inputs), task.held_out.targets)
        return Fitted(model, {"accuracy": right, "loss": curves["held-out loss"][-1]}, curves)


def examples(recipe: Rotated) -> tuple[Examples, Examples]:
    """Images (N, 1, 20, 20) and labels (N,): each digit that is trained on in some views, each held-out one in one."""
    data, draw = split(recipe.seed), np.random.default_rng([recipe.seed, 1])
    held_out = _viewed(recipe, data.x_test, data.y_test, draw)
    rows = np.repeat(np.arange(len(data.y_train)), recipe.views)
    return _viewed(recipe, data.x_train[rows], data.y_train[rows], draw), held_out


def _viewed(recipe: Rotated, images: Array, labels: Labels, draw: np.random.Generator) -> Examples:
    import torch
    from torch.nn.functional import affine_grid, grid_sample

    count = len(images)
    angle = np.radians(draw.uniform(-recipe.turn, recipe.turn, count))
    # from places on the canvas to places on the digit, both [-1, 1]: the digit fills half to three quarters of it
    zoom = draw.uniform(1 / 0.75, 1 / 0.5, count)
    shift = draw.uniform(-0.6, 0.6, (count, 2))
    maps = np.stack(
        [
            np.stack([zoom * np.cos(angle), -zoom * np.sin(angle), shift[:, 0]], axis=1),
            np.stack([zoom * np.sin(angle), zoom * np.cos(angle), shift[:, 1]], axis=1),
        ],
        axis=1,
    )  # (N, 2, 3)
    grid = affine_grid(torch.as_tensor(maps, dtype=torch.float32), [count, 1, SIDE, SIDE], align_corners=False)
    pixels = torch.as_tensor(images, dtype=torch.float32)[:, None]
    return Examples(grid_sample(pixels, grid, align_corners=False), torch.as_tensor(labels))
