"""scikit-learn's handwritten digits: the split, and what questions on classifiers are given.

1797 images of 8 x 8 pixels with labels 0 to 9; 360 of them are held out. Pixels are scaled to [0, 1].
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import AuthorError
from solutions.arrays import Array

HELD_OUT = 360
Labels = NDArray[np.int64]


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


def _load() -> tuple[Array, Labels]:
    try:
        from sklearn.datasets import load_digits
    except ImportError as missing:
        raise AuthorError(
            "the digits come with scikit-learn, which is not installed: pip install 'chainrule[full]'"
        ) from missing
    data = load_digits()
    return np.asarray(data.images / 16.0), np.asarray(data.target, dtype=np.int64)
