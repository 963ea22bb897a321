"""A small convolutional network on scikit-learn's handwritten digits: data, model, training, questions.

1797 images of 8 x 8 pixels with labels 0 to 9; 360 of them are held out. Pixels are scaled to [0, 1].
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthorError
from solutions.arrays import Array

if TYPE_CHECKING:
    import torch
    from torch import Tensor, nn

HELD_OUT = 360
Labels = NDArray[np.int64]
Progress = Callable[[int, int, float], None]  # epochs done, epochs in all, training loss of the last one


@dataclass(frozen=True)
class Config:
    """How the network is trained; every field is part of the cache's key."""

    epochs: int = 15
    batch: int = 64
    rate: float = 5e-3
    channels: int = 24
    seed: int = 0


@dataclass(frozen=True)
class Split:
    """Images (N, 8, 8) and labels (N,), for training and held out."""

    x_train: Array
    y_train: Labels
    x_test: Array
    y_test: Labels


def split(seed: int) -> Split:
    """The digits, shuffled by the seed and split. AuthorError where scikit-learn is not installed."""
    images, labels = _load()
    order = list(range(len(images)))
    random.Random(f"digits:{seed}").shuffle(order)
    images, labels = images[order], labels[order]
    return Split(images[HELD_OUT:], labels[HELD_OUT:], images[:HELD_OUT], labels[:HELD_OUT])


def build(config: Config) -> nn.Sequential:
    """The untrained network, images (N, 1, 8, 8) to class scores (N, 10); draws from torch's generator."""
    from torch import nn

    c = config.channels
    return nn.Sequential(
        nn.Conv2d(1, c, 3, padding=1),  # (N, c, 8, 8)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (N, c, 4, 4)
        nn.Conv2d(c, 2 * c, 3, padding=1),  # (N, 2c, 4, 4)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (N, 2c, 2, 2)
        nn.Flatten(),
        nn.Linear(8 * c, 10),
    )


def fit(config: Config, device: str, progress: Progress) -> tuple[nn.Sequential, tuple[float, ...]]:
    """The trained network and the mean training loss of each epoch; torch's generator stays as it was."""
    with _one_thread():
        return _fit(config, device, progress)


def held_out_accuracy(model: nn.Sequential, config: Config, device: str) -> float:
    """Share of the held-out images that the network gets right."""
    import torch

    data = split(config.seed)
    with torch.no_grad():
        guesses = model(_images(data.x_test, device)).argmax(dim=1).cpu().numpy()
    return float(np.mean(guesses == data.y_test))


def classification_inputs(seed: int) -> list[dict[str, Any]]:
    """One case for a classifier: x_train (1437, 8, 8), y_train (1437,), x_test (360, 8, 8).

    Contrast and a little noise depend on the seed, so that no stored image equals one that is asked about.
    """
    data = split(seed)
    source = random.Random(f"digits as shown:{seed}")
    contrast = source.uniform(0.85, 1.0)

    def shown(images: Array) -> Array:
        noise = np.array([source.gauss(0, 0.02) for _ in range(images.size)]).reshape(images.shape)
        return np.asarray(contrast * images + noise)

    return [{"x_train": shown(data.x_train), "y_train": data.y_train, "x_test": shown(data.x_test)}]


def classification_labels(seed: int) -> Labels:
    """Labels (360,) of the x_test of `classification_inputs`."""
    return split(seed).y_test


def _fit(config: Config, device: str, progress: Progress) -> tuple[nn.Sequential, tuple[float, ...]]:
    import torch

    data = split(config.seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        model = build(config).to(device)  # weights are drawn on the CPU: the same start on every device
    images = _images(data.x_train, device)
    labels = torch.as_tensor(data.y_train, device=device)
    optimiser = torch.optim.Adam(model.parameters(), lr=config.rate)
    shuffler = torch.Generator().manual_seed(config.seed)
    curve = []
    for epoch in range(config.epochs):
        order = torch.randperm(len(images), generator=shuffler).to(device)
        batches = torch.split(order, config.batch)
        losses = [_step(model, optimiser, images[batch], labels[batch]) for batch in batches]
        curve.append(sum(losses) / len(losses))
        progress(epoch + 1, config.epochs, curve[-1])
    return model, tuple(curve)


def _load() -> tuple[Array, Labels]:
    try:
        from sklearn.datasets import load_digits
    except ImportError as missing:
        raise AuthorError(
            "the digits come with scikit-learn, which is not installed: pip install 'chainrule[full]'"
        ) from missing
    data = load_digits()
    return np.asarray(data.images / 16.0), np.asarray(data.target, dtype=np.int64)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keeps torch to one thread: on layers this small two gain little, and lose much on a busy machine."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _images(images: Array, device: str) -> Tensor:
    import torch

    return torch.as_tensor(images, dtype=torch.float32, device=device)[:, None]  # (N, 1, 8, 8)


def _step(model: nn.Sequential, optimiser: torch.optim.Optimizer, images: Tensor, labels: Tensor) -> float:
    import torch

    loss = torch.nn.functional.cross_entropy(model(images), labels)
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    for parameter, found in zip(model.parameters(), gradients, strict=True):
        parameter.grad = found
    optimiser.step()
    return loss.item()
