"""Linear models on scikit-learn's data: logistic regression on breast cancer, least squares on diabetes.

Columns are scaled to mean 0 and deviation 1 over the training rows; the penalty spares the bias. Least squares also
has a closed form, a second road to the weights.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.errors import AuthorError
from solutions.arrays import Array
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer


@dataclass(frozen=True)
class Split:
    """Scaled inputs (N, D) and targets (N,), for training and held out (a quarter)."""

    x_train: Array
    y_train: Array
    x_test: Array
    y_test: Array


@dataclass(frozen=True)
class Logistic:
    """Mean cross-entropy + penalty/2 |w|^2 by full-batch gradient steps with Nesterov's momentum."""

    penalty: float = 0.01
    epochs: int = 400
    rate: float = 0.2
    momentum: float = 0.9
    seed: int = 0

    def build(self) -> nn.Linear:
        """Measurements (N, 30) to the logit of a benign tumour (N, 1)."""
        return _linear(30)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained model, with loss (without penalty) and accuracy on held-out rows."""
        task = Task(*_tensors(cancer(self.seed)), cross_entropy)
        model, curves = _descend(self, task, device, progress)
        guesses = fitting.scores(model, task.held_out.inputs) > 0  # (N, 1)
        right = float((guesses == task.held_out.targets.bool()).double().mean())
        return Fitted(model, {"accuracy": right, "loss": curves["held-out loss"][-1]}, curves)


@dataclass(frozen=True)
class LeastSquares:
    """Mean squared error + penalty/2 |w|^2 by full-batch gradient steps with Nesterov's momentum."""

    penalty: float = 0.0
    epochs: int = 600
    rate: float = 0.08
    momentum: float = 0.95
    seed: int = 0

    def build(self) -> nn.Linear:
        """Measurements (N, 10) to the progress of the disease, scaled (N, 1)."""
        return _linear(10)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained model; loss in squared deviations of the target, r2 the share of variance explained."""
        from torch.nn.functional import mse_loss

        task = Task(*_tensors(diabetes(self.seed)), mse_loss)
        model, curves = _descend(self, task, device, progress)
        loss = curves["held-out loss"][-1]
        spread = float(task.held_out.targets.var(correction=0))
        return Fitted(model, {"loss": loss, "r2": 1 - loss / spread}, curves)


def closed_form(inputs: Array, targets: Array, penalty: float) -> tuple[Array, float]:
    """Weights (D,) and bias that minimise mean((X w + b - y)^2) + penalty/2 |w|^2, by the normal equations."""
    count, size = inputs.shape
    rows = np.hstack([inputs, np.ones((count, 1))])  # (N, D + 1)
    keep = np.diag([penalty] * size + [0.0])  # the bias goes free
    found = np.linalg.solve(2 * rows.T @ rows / count + keep, 2 * rows.T @ targets / count)
    return found[:-1], float(found[-1])


def cancer(seed: int) -> Split:
    """569 tumours, 30 measurements each; target 1 where benign."""
    return _split("load_breast_cancer", seed, scale_targets=False)


def diabetes(seed: int) -> Split:
    """442 patients, 10 measurements each; target: progress after a year, scaled like the columns."""
    return _split("load_diabetes", seed, scale_targets=True)


def cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean binary cross-entropy in nats."""
    from torch.nn.functional import binary_cross_entropy_with_logits

    return binary_cross_entropy_with_logits(logits, labels)


def _descend(
    recipe: Logistic | LeastSquares, task: Task, device: str, progress: Progress
) -> tuple[nn.Module, dict[str, tuple[float, ...]]]:
    from torch import optim

    def optimiser(model: nn.Module) -> Optimizer:
        weight, bias = model.parameters()
        groups: list[dict[str, Any]] = [{"params": [weight], "weight_decay": recipe.penalty}, {"params": [bias]}]
        return optim.SGD(groups, lr=recipe.rate, momentum=recipe.momentum, nesterov=True)

    model = fitting.seeded(recipe.build, recipe.seed)
    plan = Plan(recipe.epochs, None, recipe.seed)
    return model, fitting.fit(model, task, plan, optimiser=optimiser, device=device, progress=progress)


def _linear(size: int) -> nn.Linear:
    import torch
    from torch import nn

    return nn.Linear(size, 1, dtype=torch.float64)


def _split(loader: str, seed: int, *, scale_targets: bool) -> Split:
    try:
        from sklearn import datasets
    except ImportError as missing:
        raise AuthorError(
            "these data come with scikit-learn, which is not installed: pip install 'chainrule[full]'"
        ) from missing
    inputs, targets = getattr(datasets, loader)(return_X_y=True)
    order = list(range(len(inputs)))
    random.Random(f"{loader}:{seed}").shuffle(order)
    cut = len(order) // 4
    test, train = order[:cut], order[cut:]
    x_train, x_test = _scaled(inputs[train], inputs[test])
    y = np.asarray(targets, dtype=np.float64)
    y_train, y_test = _scaled(y[train], y[test]) if scale_targets else (y[train], y[test])
    return Split(x_train, y_train, x_test, y_test)


def _scaled(train: Array, test: Array) -> tuple[Array, Array]:
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / deviation, (test - mean) / deviation


def _tensors(split: Split) -> tuple[Examples, Examples]:
    import torch

    def pair(inputs: Array, targets: Array) -> Examples:
        return Examples(torch.from_numpy(inputs), torch.from_numpy(targets)[:, None])  # (N, D), (N, 1)

    return pair(split.x_train, split.y_train), pair(split.x_test, split.y_test)
