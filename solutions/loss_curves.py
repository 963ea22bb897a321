"""Losses as functions of what they judge: a margin, an error, an output."""

from __future__ import annotations

import numpy as np

from solutions.curve_points import series
from solutions.drawings import Plot

LOGITS = (2.0, 1.0, 0.5, 0.0, -1.0)  # whose softmax is drawn


def margin_losses() -> Plot:
    """Losses of a score f for a label y in {−1, 1} by the margin y·f; the logistic one to base 2, so that all meet."""
    m = np.linspace(-1, 3, 81)
    return Plot(
        "Losses by the margin", "margin y·f", "loss",
        (
            series("0–1", (-1, 0, 0, 3), (1, 1, 0, 0)),
            series("logistic", m, np.logaddexp(0, -m) / np.log(2)),
            series("hinge", m, np.maximum(0, 1 - m)),
            series("squared", m, (1 - m) ** 2),
        ),
    )  # fmt: skip


def error_losses(delta: float = 1.0) -> Plot:
    """Half the squared error, the absolute error, and Huber's loss: the first up to delta, then straight."""
    e = np.linspace(-3, 3, 81)
    huber = np.where(np.abs(e) <= delta, e**2 / 2, delta * (np.abs(e) - delta / 2))
    curves = {"squared / 2": e**2 / 2, "absolute": np.abs(e), f"Huber, δ = {delta:g}": huber}
    return Plot("Losses by the error", "error ŷ − y", "loss", tuple(series(n, e, v) for n, v in curves.items()))


def temperatures(values: tuple[float, ...] = (0.5, 1.0, 2.0, 10.0)) -> Plot:
    """softmax(z / T) of five logits at temperatures T: near one-hot where T is small, even where it is large."""
    classes = np.arange(1, len(LOGITS) + 1)
    found = []
    for t in values:
        powers = np.exp(np.array(LOGITS) / t)
        found.append(series(f"T = {t:g}", classes, powers / powers.sum(), "path"))
    return Plot("Softmax at temperatures", "class", "probability", tuple(found))


def cross_entropy() -> Plot:
    """Loss of a true label by the probability given to it: the logarithm's, and half the squared error's."""
    p = np.linspace(0.01, 1, 100)
    both = (series("−log p", p, -np.log(p)), series("(1 − p)² / 2", p, (1 - p) ** 2 / 2))
    return Plot("Losses by the probability of the truth", "p", "loss", both)
