"""Deep networks that differ in one thing: whether a shortcut leads around each layer.

Both have the same layers, W relu(x) + b, the same number of weights, the same data and the same training. He's start
keeps the signal's size on average; in the plain network it is the directions that are lost on the way: after many
layers all inputs look alike. With shortcuts the matrices start smaller by the root of their number, so that the sum
of all branches has the size of the input.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.digits import split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn


@dataclass(frozen=True)
class Deep:
    """shortcuts: whether each layer adds its input. depth: of layers between the first and the last one."""

    shortcuts: bool
    depth: int = 40
    width: int = 32
    epochs: int = 15
    batch: int = 64
    rate: float = 1e-3
    seed: int = 0

    def build(self) -> nn.Module:
        """Images (N, 1, 8, 8) to class scores (N, 10)."""
        from torch import nn

        class Layer(nn.Module):
            """x (N, width) to W relu(x) + b, plus x where there is a shortcut."""

            def __init__(self, width: int, scale: float, *, shortcut: bool) -> None:
                super().__init__()
                self.linear = nn.Linear(width, width)
                self.shortcut = shortcut
                nn.init.normal_(self.linear.weight, std=scale * (2 / width) ** 0.5)
                nn.init.zeros_(self.linear.bias)

            def forward(self, x: Tensor) -> Tensor:
                branch: Tensor = self.linear(x.relu())
                return x + branch if self.shortcut else branch

        scale = self.depth**-0.5 if self.shortcuts else 1.0
        layers = [Layer(self.width, scale, shortcut=self.shortcuts) for _ in range(self.depth)]
        return nn.Sequential(nn.Flatten(), nn.Linear(64, self.width), *layers, nn.ReLU(), nn.Linear(self.width, 10))

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network, with loss and accuracy on held-out images.

        Two more curves run over the layers, from the first to the last: the norm of the loss's gradient at each
        weight matrix, before training (`gradient at the start`) and after it (`gradient at the end`).
        """
        from torch import optim
        from torch.nn.functional import cross_entropy

        task = Task(*_examples(self.seed), cross_entropy)
        model = fitting.seeded(self.build, self.seed)
        start = gradient_norms(model, task)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        right = fitting.share_right(fitting.scores(model, task.held_out.inputs), task.held_out.targets)
        norms = {"gradient at the start": start, "gradient at the end": gradient_norms(model, task)}
        return Fitted(model, {"accuracy": right, "loss": curves["held-out loss"][-1]}, {**curves, **norms})


def gradient_norms(model: nn.Module, task: Task) -> tuple[float, ...]:
    """The norm of the gradient of the mean training loss at each weight matrix, from the first layer to the last."""
    import torch

    matrices = [parameter for parameter in model.parameters() if parameter.ndim == 2]
    loss = task.loss(model(task.train.inputs), task.train.targets)
    return tuple(float(found.norm()) for found in torch.autograd.grad(loss, matrices))


def _examples(seed: int) -> tuple[Examples, Examples]:
    """Images (N, 1, 8, 8) and labels (N,), for training and held out."""
    import torch

    data = split(seed)
    pairs = ((data.x_train, data.y_train), (data.x_test, data.y_test))
    train, held_out = (
        Examples(torch.as_tensor(images, dtype=torch.float32)[:, None], torch.as_tensor(labels))
        for images, labels in pairs
    )
    return train, held_out
