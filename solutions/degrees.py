"""Polynomials of rising degree fitted to a few noisy points: errors on these points and on held-out ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solutions.drawings import Plot, Series

Array = NDArray[np.float64]
DEGREES = range(9)
TRAIN, HELD = 12, 200
CLEAR = 1.25  # the second best error over the best one
TARGETS = {
    "a line": lambda x: 0.5 + 1.5 * x,
    "a parabola": lambda x: 2 * x**2 - x - 0.5,
    "a cubic": lambda x: 4 * x**3 - 2.5 * x,
    "a wave": lambda x: np.sin(4 * x),
}


def errors(target: str, noise: float, sample: int) -> tuple[Array, Array]:
    """Root mean squared errors by degree 0 to 8: on 12 points that were fitted, on 200 others.

    noise: standard deviation. sample: where the search for data with one clearly best degree begins.
    """
    while True:
        found = _errors(target, noise, np.random.default_rng(sample))
        best, second = np.sort(found[1])[:2]
        if second > CLEAR * best and found[1].argmin() > 0:
            return found
        sample += 1


def _errors(target: str, noise: float, source: np.random.Generator) -> tuple[Array, Array]:
    x, held_x = source.uniform(-1, 1, TRAIN), source.uniform(-1, 1, HELD)
    y, held_y = (TARGETS[target](at) + noise * source.standard_normal(len(at)) for at in (x, held_x))
    fits = [np.polynomial.Polynomial.fit(x, y, degree, domain=[-1, 1]) for degree in DEGREES]
    return np.array([_rms(fit(x) - y) for fit in fits]), np.array([_rms(fit(held_x) - held_y) for fit in fits])


def _rms(values: Array) -> float:
    return float(np.sqrt((values**2).mean()))


def picture(target: str, noise: float, sample: int) -> Plot:
    """Both errors by degree; errors beyond four times the largest training error end the validation curve."""
    train, held = errors(target, noise, sample)
    top = 4 * train.max()
    shown = [(float(d), round(float(e), 3)) for d, e in zip(DEGREES, held, strict=True) if e <= top]
    fitted = tuple((float(d), round(float(e), 3)) for d, e in zip(DEGREES, train, strict=True))
    return Plot(
        "Error by degree of the polynomial",
        "degree",
        "error",
        (Series("training", fitted), Series("validation", tuple(shown))),
    )


def chosen(target: str, noise: float, sample: int) -> str:
    """The degree with the least error on the held-out points, as text."""
    return str(int(errors(target, noise, sample)[1].argmin()))


def chosen_by_lstsq(target: str, noise: float, sample: int) -> str:
    """The same by torch's least squares on powers of x, for the first sample that has a clearly best degree."""
    import torch

    while True:
        source = np.random.default_rng(sample)
        x, held_x = source.uniform(-1, 1, TRAIN), source.uniform(-1, 1, HELD)
        y, held_y = (TARGETS[target](at) + noise * source.standard_normal(len(at)) for at in (x, held_x))
        held = []
        for degree in DEGREES:
            powers = torch.tensor(x)[:, None] ** torch.arange(degree + 1)
            weights = torch.linalg.lstsq(powers, torch.tensor(y)[:, None], driver="gelsd").solution[:, 0]
            there = torch.tensor(held_x)[:, None] ** torch.arange(degree + 1)
            held.append(float(((there @ weights - torch.tensor(held_y)) ** 2).mean().sqrt()))
        best, second = sorted(held)[:2]
        if second > CLEAR * best and held.index(best) > 0:
            return str(held.index(best))
        sample += 1


def more_points(side: str) -> str:
    """What more training points change, by the side on which the degree lies: the same word."""
    return side


def more_points_by_fitting(target: str, noise: float, at: str) -> str:
    """`over` where ten times as many points lower the mean error of 40 fits against the noiseless target by a third."""
    degree = int(at.split()[1])
    few: list[float] = []
    many: list[float] = []
    for sample in range(40):
        source = np.random.default_rng(sample)
        for count, found in ((TRAIN, few), (10 * TRAIN, many)):
            x, held_x = source.uniform(-1, 1, count), source.uniform(-1, 1, HELD)
            y = TARGETS[target](x) + noise * source.standard_normal(count)
            fit = np.polynomial.Polynomial.fit(x, y, degree, domain=[-1, 1])
            found.append(_rms(fit(held_x) - TARGETS[target](held_x)))
    return "over" if np.mean(many) < 2 / 3 * np.mean(few) else "under"
