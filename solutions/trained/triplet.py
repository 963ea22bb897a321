"""An embedding of digits trained by triplets: an image is to be nearer to its own class than to another by a margin.

Seven classes are trained on, three are not. Both are measured by the class of the nearest neighbour among one image of
each, beside raw pixels measured alike. Digits stand anywhere on a larger canvas. On new classes the embedding is better
than pixels there, and far worse than on those it was trained on; where all digits stand in the middle (room 0) raw
pixels are better than it on new classes. Source: Schroff, Kalenichenko & Philbin 2015; the mean is over all triplets of
a batch that miss the margin (Hermans, Beyer & Leibe 2017, section 2).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array
from solutions.digits import Labels, split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn

KNOWN = 7  # classes trained on: the digits under it
DRAWS = 50


@dataclass(frozen=True)
class Triplet:
    """size: of the embedding. known: labelled images of each class that neighbours are looked for among.

    room: pixels of the canvas beyond a digit's eight, across and down.
    """

    size: int = 16
    margin: float = 0.3
    channels: int = 16
    known: int = 1
    room: int = 4
    epochs: int = 20
    batch: int = 64
    rate: float = 3e-3
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, 8 + room, 8 + room) to points (N, size)."""
        from torch import nn

        c, side = self.channels, 8 + self.room
        return nn.Sequential(
            nn.Conv2d(1, c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, c, side/2, side/2)
            nn.Conv2d(c, 2 * c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, 2c, side/4, side/4)
            nn.Flatten(),
            nn.Linear(2 * c * (side // 4) ** 2, self.size),
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; shares of held-out digits whose nearest neighbour has their class.

        accuracy: classes trained on. new classes: those not trained on. Both again `by pixels`, without a network.
        """
        from torch import optim

        train, held_out, new = examples(self)
        task = Task(train, held_out, lambda points, labels: loss(points, labels, self.margin))
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )

        def embed(images: Tensor) -> Tensor:
            return unit(fitting.scores(model, images))

        figures = {
            "accuracy": neighbours_right(self, held_out, embed),
            "accuracy by pixels": neighbours_right(self, held_out, _pixels),
            "new classes": neighbours_right(self, new, embed),
            "new classes by pixels": neighbours_right(self, new, _pixels),
            "loss": curves["held-out loss"][-1],
        }
        return Fitted(model, figures, curves)


def loss(points: Tensor, labels: Tensor, margin: float) -> Tensor:
    """Mean of margin + |a - p|^2 - |a - n|^2 where positive, over triplets: a and p of one class, n of another."""
    import torch

    ends = unit(points)
    apart = 2 - 2 * ends @ ends.T  # (N, N), squared
    same = labels[:, None] == labels
    others = same & ~torch.eye(len(labels), dtype=torch.bool, device=labels.device)
    gaps = (margin + apart[:, :, None] - apart[:, None, :]).relu()  # (N, N, N): a, p, n
    counted = others[:, :, None] & ~same[:, None, :] & (gaps > 0)
    return (gaps * counted).sum() / counted.sum().clamp(min=1)


def unit(points: Tensor) -> Tensor:
    """The same directions (N, size) with length 1."""
    from torch.nn.functional import normalize

    return normalize(points)


def neighbours_right(recipe: Triplet, asked: Examples, embed: Callable[[Tensor], Tensor]) -> float:
    """Share of images whose nearest neighbour among `known` of each class has their label; the mean over draws."""
    import torch

    points, labels = embed(asked.inputs), asked.targets
    apart = torch.cdist(points, points)
    draw, shares = np.random.default_rng([recipe.seed, 1]), []
    for _ in range(DRAWS):
        order = torch.as_tensor(draw.permutation(len(labels)))
        kept = torch.cat([order[labels[order] == kind][: recipe.known] for kind in sorted(set(labels.tolist()))])
        rest = torch.ones(len(labels), dtype=torch.bool)
        rest[kept] = False
        found = labels[kept][apart[:, kept].argmin(dim=1)]
        shares.append(float((found == labels)[rest].double().mean()))
    return float(np.mean(shares))


def examples(recipe: Triplet) -> tuple[Examples, Examples, Examples]:
    """Images (N, 1, side, side) and labels: to train on, held out of the same classes, and all of the new classes."""
    data, draw = split(recipe.seed), np.random.default_rng([recipe.seed, 2])
    old, asked = data.y_train < KNOWN, data.y_test < KNOWN
    new_images = np.concatenate([data.x_train[~old], data.x_test[~asked]])
    new_labels = np.concatenate([data.y_train[~old], data.y_test[~asked]])
    return (
        _placed(recipe, data.x_train[old], data.y_train[old], draw),
        _placed(recipe, data.x_test[asked], data.y_test[asked], draw),
        _placed(recipe, new_images, new_labels, draw),
    )


def _placed(recipe: Triplet, images: Array, labels: Labels, draw: np.random.Generator) -> Examples:
    """The images, each at a place of its own on its canvas."""
    import torch

    canvas = np.zeros((len(images), 8 + recipe.room, 8 + recipe.room))
    places = draw.integers(0, recipe.room + 1, (len(images), 2))
    for shown, image, (down, across) in zip(canvas, images, places, strict=True):
        shown[down : down + 8, across : across + 8] = image
    return Examples(torch.as_tensor(canvas, dtype=torch.float32)[:, None], torch.as_tensor(labels))


def _pixels(images: Tensor) -> Tensor:
    return images.flatten(1)
