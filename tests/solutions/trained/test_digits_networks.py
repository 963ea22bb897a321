"""The two networks on the digits: shapes, the residual block against its formula, quality."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.neural_network import MLPClassifier
from torch import nn

from solutions.digits import split
from solutions.trained.digits import Cnn, Mlp
from solutions.trained.networks import Residual


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


@pytest.mark.parametrize("recipe", [Mlp(), Cnn()])
def test_images_become_ten_scores(recipe: Mlp | Cnn) -> None:
    with torch.random.fork_rng():
        assert recipe.build()(torch.zeros(3, 1, 8, 8)).shape == (3, 10)


def test_the_cnn_holds_batch_normalisation_and_a_residual_block() -> None:
    with torch.random.fork_rng():
        kinds = {type(layer) for layer in Cnn().build()}
    assert {nn.Conv2d, nn.BatchNorm2d, Residual} <= kinds


def test_a_residual_block_whose_branch_is_zero_is_relu() -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        block, x = Residual(3).eval(), torch.randn(2, 3, 4, 4)
    nn.init.zeros_(block.branch[3].weight)
    torch.testing.assert_close(block(x), x.clamp(min=0))


def test_the_residual_block_is_its_formula() -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        block, x = Residual(2).eval(), torch.randn(1, 2, 4, 4)
    first, _, _, second, _ = block.branch
    scale = (1 + 1e-5) ** -0.5  # running mean 0 and variance 1, untrained
    inner = torch.relu(nn.functional.conv2d(x, first.weight, padding=1) * scale)
    outer = nn.functional.conv2d(inner, second.weight, padding=1) * scale
    torch.testing.assert_close(block(x), torch.relu(x + outer))


def test_the_mlp_is_as_good_as_one_of_another_library() -> None:
    data = split(0)
    other = MLPClassifier((64,), max_iter=60, random_state=0, learning_rate_init=3e-3, early_stopping=True)
    other.fit(data.x_train.reshape(-1, 64), data.y_train)
    theirs = float(np.mean(other.predict(data.x_test.reshape(-1, 64)) == data.y_test))
    ours = Mlp().fit("cpu", silent).figures["accuracy"]
    assert ours >= 0.95
    assert ours == pytest.approx(theirs, abs=0.03)


def test_the_cnn_beats_the_mlp() -> None:
    assert Cnn().fit("cpu", silent).figures["accuracy"] > Mlp().fit("cpu", silent).figures["accuracy"] + 0.005
