"""Triplets: the loss by a loop, neighbours by scikit-learn, and what the embedding is good for and what not."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from solutions.trained.fitting import Examples
from solutions.trained.triplet import KNOWN, Triplet, examples, loss, neighbours_right, unit


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def test_the_loss_is_the_mean_over_triplets_that_miss_the_margin() -> None:
    points = torch.randn(12, 4, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 2] * 4)
    ends, found = unit(points).tolist(), []

    def apart(i: int, j: int) -> float:
        return math.dist(ends[i], ends[j]) ** 2

    for a in range(12):
        for p in range(12):
            for n in range(12):
                if a != p and labels[a] == labels[p] and labels[a] != labels[n]:
                    found.append(0.3 + apart(a, p) - apart(a, n))
    missed = [gap for gap in found if gap > 0]
    assert 0 < len(missed) < len(found)
    assert float(loss(points, labels, 0.3)) == pytest.approx(sum(missed) / len(missed), rel=1e-5)


def test_where_no_triplet_misses_the_loss_is_zero() -> None:
    points = torch.eye(3).repeat_interleave(2, dim=0)
    assert float(loss(points, torch.tensor([0, 0, 1, 1, 2, 2]), 0.3)) == 0


def test_known_images_are_not_asked_about() -> None:
    """One image of each class is known; were it asked about too, it would find itself."""
    points = torch.tensor([[0.0], [10.0], [1.0], [11.0]])
    asked = Examples(points, torch.tensor([0, 0, 1, 1]))
    assert neighbours_right(Triplet(), asked, lambda x: x) < 1
    apart = Examples(torch.tensor([[0.0], [1.0], [10.0], [11.0]]), torch.tensor([0, 0, 1, 1]))
    assert neighbours_right(Triplet(), apart, lambda x: x) == 1


def test_with_all_but_one_known_it_is_the_nearest_neighbour_of_scikit_learn() -> None:
    from sklearn.neighbors import KNeighborsClassifier

    held_out = examples(Triplet())[1]
    images, labels = held_out.inputs.flatten(1).numpy(), held_out.targets.numpy()
    draw, shares = np.random.default_rng([0, 1]), []
    for _ in range(50):
        order = draw.permutation(len(labels))
        kept = np.concatenate([order[labels[order] == kind][:5] for kind in range(KNOWN)])
        rest = np.setdiff1d(np.arange(len(labels)), kept)
        shares.append(KNeighborsClassifier(1).fit(images[kept], labels[kept]).score(images[rest], labels[rest]))
    ours = neighbours_right(Triplet(known=5), held_out, lambda x: x.flatten(1))
    assert ours == pytest.approx(float(np.mean(shares)), abs=2e-3)  # ties may go either way


def test_new_classes_are_not_trained_on() -> None:
    train, held_out, new = examples(Triplet())
    assert set(train.targets.tolist()) == set(held_out.targets.tolist()) == set(range(KNOWN))
    assert set(new.targets.tolist()) == set(range(KNOWN, 10))
    assert len(train.targets) + len(held_out.targets) + len(new.targets) == 1797


@pytest.mark.parametrize("seed", [0, 1])
def test_the_embedding_is_better_than_pixels_and_less_so_on_new_classes(seed: int) -> None:
    figures = Triplet(seed=seed).fit("cpu", silent).figures
    assert figures["accuracy"] > 0.85 > 0.5 > figures["accuracy by pixels"]
    assert figures["new classes"] > figures["new classes by pixels"] + 0.05
    assert figures["new classes"] < figures["accuracy"] - 0.2


def test_where_digits_stand_still_pixels_are_better_on_new_classes() -> None:
    figures = replace(Triplet(), room=0).fit("cpu", silent).figures
    assert figures["accuracy"] > 0.97 > figures["accuracy by pixels"]
    assert figures["new classes"] < figures["new classes by pixels"]
