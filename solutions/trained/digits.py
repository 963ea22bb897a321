"""Two classifiers of scikit-learn's handwritten digits: an MLP, and a convolutional network with a residual block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.arrays import Array
from solutions.digits import Labels, split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Mlp:
    """64 pixels, one hidden layer, ten scores. seed: of the split, the weights and the order of batches."""

    epochs: int = 25
    batch: int = 64
    rate: float = 3e-3
    hidden: int = 64
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, 8, 8) to class scores (N, 10)."""
        from torch import nn

        return nn.Sequential(nn.Flatten(), nn.Linear(64, self.hidden), nn.ReLU(), nn.Linear(self.hidden, 10))

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with loss and accuracy on held-out images."""
        return _fit(self, device, progress)


@dataclass(frozen=True)
class Cnn:
    """Convolution, normalisation and pooling, a residual block, pooling, ten scores; fields as in `Mlp`."""

    epochs: int = 10
    batch: int = 64
    rate: float = 5e-3
    channels: int = 24
    seed: int = 0

    def build(self) -> nn.Sequential:
        """Images (N, 1, 8, 8) to class scores (N, 10)."""
        from torch import nn

        from solutions.trained.networks import Residual

        c = self.channels
        return nn.Sequential(
            nn.Conv2d(1, c, 3, padding=1, bias=False),  # (N, c, 8, 8)
            nn.BatchNorm2d(c),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, c, 4, 4)
            Residual(c),
            nn.MaxPool2d(2),  # (N, c, 2, 2)
            nn.Flatten(),  # (N, 4c)
            nn.Linear(4 * c, 10),
        )

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with loss and accuracy on held-out images."""
        return _fit(self, device, progress)


def _fit(recipe: Mlp | Cnn, device: str, progress: Progress) -> Fitted:
    from torch import optim
    from torch.nn.functional import cross_entropy

    task = Task(*_examples(recipe.seed), cross_entropy)
    model = fitting.seeded(recipe.build, recipe.seed)
    curves = fitting.fit(
        model,
        task,
        Plan(recipe.epochs, recipe.batch, recipe.seed),
        optimiser=lambda model: optim.Adam(model.parameters(), lr=recipe.rate),
        device=device,
        progress=progress,
    )
    right = fitting.share_right(fitting.scores(model, task.held_out.inputs), task.held_out.targets)
    return Fitted(model, {"accuracy": right, "loss": curves["held-out loss"][-1]}, curves)


def _examples(seed: int) -> tuple[Examples, Examples]:
    """Images (N, 1, 8, 8) and labels (N,), for training and held out."""
    data = split(seed)
    return _tensors(data.x_train, data.y_train), _tensors(data.x_test, data.y_test)


def _tensors(images: Array, labels: Labels) -> Examples:
    import torch

    return Examples(torch.as_tensor(images, dtype=torch.float32)[:, None], torch.as_tensor(labels))
