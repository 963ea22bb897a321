"""Risk, validation and the error of small models, each found by search, refitting or enumeration.

x, y (N,)  inputs and targets      xv, yv  held-out inputs and targets      sigma  standard deviation of the noise
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def listed_minimiser(R1: float, R2: float, R3: float) -> str:
    """Name of the candidate, 'first' to 'third', with the smallest of three computed risks."""
    return _PLACES[int(np.argmin([R1, R2, R3]))]


def searched_minimiser(slopes: Array, x: Array, y: Array, model: str, loss: str) -> str:
    """The same name, by fitting every candidate with torch."""
    return _PLACES[int(np.argmin(_risks(slopes, x, y, model, loss)))]


def least_risk(slopes: Array, x: Array, y: Array, model: str, loss: str) -> float:
    """The mean training loss of the best candidate."""
    return float(min(_risks(slopes, x, y, model, loss)))


def held_out_risk(slopes: Array, x: Array, y: Array, xv: Array, yv: Array, model: str, loss: str) -> float:
    """The mean held-out loss of the candidate that is best on the training set."""
    chosen = int(np.argmin(_risks(slopes, x, y, model, loss)))
    return _risks(slopes, xv, yv, model, loss)[chosen]


def optimism(N: float, D: float, sigma: float, asked: str, reduction: str) -> float:
    """Expected squared error of least squares with D weights on N fixed inputs, by traces of the hat matrix.

    asked: 'train', 'fresh' (new labels at the same inputs), 'gap' (fresh minus train). reduction: 'mean' or 'sum'.
    """
    import torch

    n, d = round(N), round(D)
    X = torch.randn(n, d, generator=torch.Generator().manual_seed(n * 100 + d), dtype=torch.float64)
    hat = X @ torch.linalg.pinv(X)
    rest = torch.eye(n, dtype=torch.float64) - hat
    train = float(torch.trace(rest.T @ rest)) * sigma**2  # E|(I - H) noise|^2
    fresh = (n + float(torch.trace(hat.T @ hat))) * sigma**2  # new noise, and the noise that was fitted
    total = {"train": train, "fresh": fresh, "gap": fresh - train}[asked]
    return total / n if reduction == "mean" else total


def optimism_number(n: int, d: int, s: float, asked: str, reduction: str) -> float:
    """`optimism` for drawn numbers; s: standard deviation of the noise."""
    return optimism(n, d, s, asked, reduction)


def fold_score(x: Array, y: Array, model: str, loss: str) -> float:
    """Cross-validation error over three folds of two neighbouring rows: mean over folds of the mean loss, by refits."""
    import torch

    inputs, targets, scores = constant(x), constant(y), []
    for held in torch.tensor_split(torch.arange(len(y)), len(y) // 2):
        rest = torch.tensor([i for i in range(len(y)) if i not in held.tolist()])
        predicted = _fitted(inputs[rest], targets[rest], model, inputs[held])
        gap = predicted - targets[held]
        scores.append(float((gap**2 if loss == "squared" else gap.abs()).mean()))
    return sum(scores) / len(scores)


def fold_optimism(x: Array, y: Array, model: str, loss: str) -> float:
    """`fold_score` minus the mean loss of the model that is fitted to, and measured on, all examples."""
    gap = _fitted(constant(x), constant(y), model, constant(x)) - constant(y)
    return fold_score(x, y, model, loss) - float((gap**2 if loss == "squared" else gap.abs()).mean())


def left_out_errors(x: Array, y: Array, model: str, rho: float = 0.0) -> Array:
    """Residuals (N,), target minus prediction, of N refits that each leave one example out."""
    inputs, targets, errors = constant(x), constant(y), []
    for held in range(len(y)):
        rest = [i for i in range(len(y)) if i != held]
        predicted = _fitted(inputs[rest], targets[rest], model, inputs[held : held + 1], rho)
        errors.append(float(targets[held] - predicted[0]))
    return np.array(errors)


def left_out_number(xs: Array, ys: Array, model: str, penalty: float) -> float:
    """The mean of the squared leave-one-out residuals of drawn data."""
    return float(np.mean(left_out_errors(xs, ys, model, penalty) ** 2))


def expected_error(mu: float, sigma: float, N: float, c: float, estimator: str, asked: str) -> float:
    """Bias squared, variance or expected squared error at a new label, over all outcomes of noise +sigma or -sigma.

    The N targets are mu plus noise. estimator: 'shrunk' (c times their mean), 'moved' (mean plus c), 'first' (c times
    the first target), 'padded' (their sum over N + c), 'fixed' (always c).
    """
    n = round(N)
    predictions = np.array([_estimate(mu + sigma * np.array(e), c, estimator) for e in _signs(n)])
    errors = [(mu + sigma * s - p) ** 2 for p in predictions for s in (1, -1)]
    found = {
        "bias": (predictions.mean() - mu) ** 2,
        "variance": ((predictions - predictions.mean()) ** 2).mean(),
        "error": np.mean(errors),
    }
    return float(found[asked])


def expected_error_number(m: float, s: float, n: int, k: float, estimator: str, asked: str) -> float:
    """`expected_error` for drawn numbers: mean m, noise s, n examples, constant k."""
    return expected_error(m, s, n, k, estimator, asked)


def table_bias(predictions: Array, truth: float) -> float:
    """The squared bias of equally likely predictions, as mean squared distance to the truth less the variance."""
    return float(np.mean((predictions - truth) ** 2)) - table_variance(predictions)


def table_variance(predictions: Array) -> float:
    """The variance of equally likely predictions, from all pairs of them and without their mean."""
    return float(np.mean([(p - q) ** 2 for p in predictions for q in predictions])) / 2


def table_error(predictions: Array, truth: float, noise: float) -> float:
    """The expected squared error on a label of variance `noise`: over all predictions and two equally likely labels."""
    labels = [truth + noise**0.5, truth - noise**0.5]
    return float(np.mean([(label - p) ** 2 for label in labels for p in predictions]))


def largest_part(square: float, spread: float, noise: float) -> str:
    """Which of three computed parts of the error is the largest: 'bias', 'variance' or 'noise'."""
    return max(("bias", square), ("variance", spread), ("noise", noise), key=lambda part: part[1])[0]


def largest_part_by_table(predictions: Array, truth: float, noise: float) -> str:
    """The same from the predictions."""
    return largest_part(table_bias(predictions, truth), table_variance(predictions), noise)


_PLACES = ("first", "second", "third")


def _signs(n: int) -> list[tuple[int, ...]]:
    return list(itertools.product((1, -1), repeat=n))


def _estimate(targets: Array, c: float, estimator: str) -> float:
    total, n = float(targets.sum()), len(targets)
    return {
        "shrunk": c * total / n,
        "moved": total / n + c,
        "first": c * float(targets[0]),
        "padded": total / (n + c),
        "fixed": c,
    }[estimator]


def _risks(slopes: Array, x: Array, y: Array, model: str, loss: str) -> list[float]:
    """Mean loss of each candidate."""
    import torch

    inputs, targets = constant(x), constant(y)
    models = {
        "slope": lambda c: c * inputs,
        "shift": lambda c: inputs + c,
        "turned": lambda c: c - inputs,
        "square": lambda c: c * inputs**2,
    }
    kinds = {"squared": torch.nn.functional.mse_loss, "absolute": torch.nn.functional.l1_loss}
    return [float(kinds[loss](models[model](float(c)), targets)) for c in slopes]


def _fitted(x: Any, y: Any, model: str, at: Any, rho: float = 0.0) -> Any:
    """Predictions `at` inputs of a model fitted by least squares; model: 'mean', 'slope', 'line' or 'ridge' (slope)."""
    import torch

    table: dict[str, list[Any]] = {"mean": [torch.ones_like], "line": [torch.ones_like, torch.clone]}
    columns = table.get(model, [torch.clone])
    rows = torch.stack([column(x) for column in columns], 1)
    if model == "ridge":
        rows = torch.cat([rows, torch.full((1, 1), float(rho) ** 0.5, dtype=torch.float64)])
        y = torch.cat([y, torch.zeros(1, dtype=torch.float64)])
    weights = torch.linalg.pinv(rows) @ y
    return constant(array(torch.stack([column(at) for column in columns], 1) @ weights))
