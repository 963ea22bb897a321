"""Learning five classes from few images, with and without what was learnt on five others.

A small convolutional network learns the digits 0 to 4 from all their training images. Then it learns 5 to 9 from a few
of each: from scratch, with its features kept as they are, or with its features moving slowly. The three differ in
where the features start and how fast they move; the last layer starts anew in each.

Digits stand anywhere on a larger canvas: what places mean can be learnt on other classes. Slow tuning is better than
scratch then; kept features are better in some draws only. Where all digits stand in the middle (room 0) there is little
to hand on, and features that tell 0 to 4 apart have lost what 5 to 9 need: scratch is best by far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array
from solutions.digits import Labels, split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import nn
    from torch.optim import Optimizer

CLASSES = 5  # old ones, and as many new ones
HEAD = 9  # place of the last layer


@dataclass(frozen=True)
class Transfer:
    """pace: of the features' steps against the head's. pretrained: whether the features start from the old classes.

    few: images of each new class. room: pixels of the canvas beyond a digit's eight, across and down.
    views: places that each image of an old class is shown at.
    """

    pretrained: bool
    pace: float
    few: int = 10
    room: int = 4
    views: int = 3
    channels: int = 16
    pretraining: int = 15
    epochs: int = 200
    rate: float = 3e-3
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, 8 + room, 8 + room) to scores of five classes (N, 5)."""
        from torch import nn

        c, side = self.channels, 8 + self.room
        return nn.Sequential(
            nn.Conv2d(1, c, 3, padding=1),  # (N, c, side, side)
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, c, side/2, side/2)
            nn.Conv2d(c, 2 * c, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, 2c, side/4, side/4)
            nn.Flatten(),
            nn.Linear(2 * c * (side // 4) ** 2, 4 * c),
            nn.ReLU(),
            nn.Linear(4 * c, CLASSES),
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with loss and accuracy on held-out images of the new classes."""
        model = fitting.seeded(self.build, self.seed)
        head = {name: value.clone() for name, value in model.get_submodule(str(HEAD)).state_dict().items()}
        if self.pretrained:
            plan = Plan(self.pretraining, 64, self.seed)
            self._train(model, old_classes(self), plan, device, _silent, pace=1.0)
            model.get_submodule(str(HEAD)).load_state_dict(head)
        task = new_classes(self)
        plan = Plan(self.epochs, None, self.seed)
        curves = self._train(model, task, plan, device, progress, pace=self.pace)
        right = fitting.share_right(fitting.scores(model, task.held_out.inputs), task.held_out.targets)
        return Fitted(model, {"accuracy": right, "loss": curves["held-out loss"][-1]}, curves)

    def _train(
        self, model: nn.Module, task: Task, plan: Plan, device: str, progress: Progress, *, pace: float
    ) -> dict[str, tuple[float, ...]]:
        from torch import optim

        def optimiser(model: nn.Module) -> Optimizer:
            head = list(model.get_submodule(str(HEAD)).parameters())
            features = [parameter for parameter in model.parameters() if all(parameter is not own for own in head)]
            groups: list[dict[str, Any]] = [{"params": features, "lr": pace * self.rate}, {"params": head}]
            return optim.Adam(groups, lr=self.rate)

        return fitting.fit(model, task, plan, optimiser=optimiser, device=device, progress=progress)


def old_classes(recipe: Transfer) -> Task:
    """The digits 0 to 4, all of them, each in some views to train on."""
    return _task(recipe, first=0, few=None, views=recipe.views)


def new_classes(recipe: Transfer) -> Task:
    """The digits 5 to 9 as labels 0 to 4: a few of each to train on, and all that are held out."""
    return _task(recipe, first=CLASSES, few=recipe.few, views=1)


def _task(recipe: Transfer, *, first: int, few: int | None, views: int) -> Task:
    from torch.nn.functional import cross_entropy

    data, draw = split(recipe.seed), np.random.default_rng([recipe.seed, first])
    held_out = _placed(recipe, _chosen(data.y_test, first, None), data.x_test, data.y_test - first, draw)
    rows = np.repeat(_chosen(data.y_train, first, few), views)
    return Task(_placed(recipe, rows, data.x_train, data.y_train - first, draw), held_out, cross_entropy)


def _chosen(labels: Labels, first: int, few: int | None) -> Labels:
    """The rows of the first few images of each class, or of all."""
    return np.concatenate([(labels == digit).nonzero()[0][:few] for digit in range(first, first + CLASSES)])


def _placed(recipe: Transfer, rows: Labels, images: Array, labels: Labels, draw: np.random.Generator) -> Examples:
    """Those rows of the images, each at a place of its own on its canvas."""
    import torch

    canvas = np.zeros((len(rows), 8 + recipe.room, 8 + recipe.room))
    places = draw.integers(0, recipe.room + 1, (len(rows), 2))
    for shown, row, (down, across) in zip(canvas, rows, places, strict=True):
        shown[down : down + 8, across : across + 8] = images[row]
    return Examples(torch.as_tensor(canvas, dtype=torch.float32)[:, None], torch.as_tensor(labels[rows]))


def _silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""
