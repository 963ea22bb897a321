"""One look at an image in which a digit stands somewhere among scraps of others: where to look is learnt.

A small network weighs all places, another classifies what is seen through a window there. Soft attention sees the mean
of all windows by their weights, and is trained by back-propagation; hard attention sees one window, drawn by them, and
where it looks is trained by REINFORCE: the reward is whether the class is found, less a learnt baseline (Mnih, Heess,
Graves & Kavukcuoglu 2014; Xu et al. 2015). Networks and numbers of steps are the same.

Hard attention learns more slowly at first, and ends as right as soft attention here, among 81 places, and among 289 (on
24 x 24 pixels with eight scraps, two seeds): what REINFORCE's gradient adds in noise is not much.
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
    from torch import Tensor, nn

    from solutions.trained.attending_networks import Glimpser

CLASSES = 10
WINDOW = 8  # the side of a digit, and of what is seen of the image at once


@dataclass(frozen=True)
class Glimpse:
    """hard: whether one place is drawn. side: of the images, in pixels. scraps: pieces of other digits, 3 x 3 pixels.

    views: images that are made of each digit.
    """

    hard: bool
    side: int = 16
    scraps: int = 4
    views: int = 2
    channels: int = 8
    hidden: int = 64
    epochs: int = 20
    batch: int = 64
    rate: float = 3e-3
    seed: int = 0

    def build(self) -> Glimpser:
        """Images (N, 1, side, side) to class scores, log-weight of the place and baseline (N, 12)."""
        from solutions.trained.attending_networks import Glimpser

        return Glimpser(hard=self.hard, window=WINDOW, channels=self.channels, hidden=self.hidden, answers=CLASSES)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with accuracy and cross-entropy on held-out digits, by the likeliest place if hard.

        found: share of images whose likeliest place is at most one pixel from the digit's, across and down.
        """
        from torch import optim
        from torch.nn.functional import cross_entropy

        (train, _), (held_out, places) = examples(self)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            Task(train, held_out, self.loss),
            Plan(self.epochs, self.batch, self.seed),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        scores = fitting.scores(model, held_out.inputs)[:, :CLASSES]
        figures = {
            "accuracy": fitting.share_right(scores, held_out.targets),
            "found": found(self, model, held_out.inputs, places),
            "loss": float(cross_entropy(scores, held_out.targets)),
        }
        return Fitted(model, figures, curves)

    def loss(self, told: Tensor, labels: Tensor) -> Tensor:
        """Mean cross-entropy; for hard attention with the terms whose gradients are REINFORCE's and the baseline's."""
        from torch.nn.functional import cross_entropy

        scores, log, baseline = told[:, :CLASSES], told[:, CLASSES], told[:, CLASSES + 1]
        likely = cross_entropy(scores, labels)
        if not self.hard:
            return likely
        surprise = (scores.argmax(dim=1) == labels).to(log.dtype) - baseline
        return likely + (surprise**2 / 2 - log * surprise.detach()).mean()


def found(recipe: Glimpse, model: nn.Module, images: Tensor, places: Tensor) -> float:
    """Share of images whose likeliest place is at most one pixel from that of the digit (N, 2), across and down."""
    import torch

    from solutions.trained.attending_networks import Glimpser

    assert isinstance(model, Glimpser)
    with torch.no_grad():
        likeliest = model.eval().weights(images).argmax(dim=1)
    across = recipe.side - WINDOW + 1
    off = torch.stack([likeliest // across, likeliest % across], dim=1) - places
    return float((off.abs() <= 1).all(dim=1).double().mean())


def examples(recipe: Glimpse) -> tuple[tuple[Examples, Tensor], tuple[Examples, Tensor]]:
    """Images (N, 1, side, side) and labels, with the digits' places (N, 2) down and across; training and held out."""
    data, draw = split(recipe.seed), np.random.default_rng([recipe.seed, 8])
    images, labels = np.repeat(data.x_train, recipe.views, axis=0), np.repeat(data.y_train, recipe.views)
    return _hidden(recipe, images, labels, draw), _hidden(recipe, data.x_test, data.y_test, draw)


def _hidden(recipe: Glimpse, images: Array, labels: Labels, draw: np.random.Generator) -> tuple[Examples, Tensor]:
    """The digits, each at a place of its own, over scraps of others."""
    import torch

    canvas = np.zeros((len(images), recipe.side, recipe.side))
    places = draw.integers(0, recipe.side - WINDOW + 1, (len(images), 2))
    for shown, image, (down, across) in zip(canvas, images, places, strict=True):
        for _ in range(recipe.scraps):
            other, (y, x) = images[draw.integers(len(images))], draw.integers(0, recipe.side - 2, 2)
            v, u = draw.integers(1, 5, 2)
            shown[y : y + 3, x : x + 3] = other[v : v + 3, u : u + 3]
        shown[down : down + WINDOW, across : across + WINDOW] = image
    inputs = torch.as_tensor(canvas, dtype=torch.float32)[:, None]
    return Examples(inputs, torch.as_tensor(labels)), torch.as_tensor(places)
