"""What training has measured, kept as files: curves by epoch of trained references, and weights of attention.

A file in `measured/` holds figures and curves of one reference, and `python benchmarks/measured_curves.py` makes them
anew; another machine or another torch gives accuracies within 0.02 and losses within 0.05 of these at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).parent / "measured"
MOST_POINTS = 40  # of a stored curve
DIGITS = 3  # of a stored number


@dataclass(frozen=True)
class Measured:
    """reference: its name. epochs: those that were kept, from 1. figures: on held-out data. curves: one value each."""

    reference: str
    epochs: tuple[int, ...]
    figures: Mapping[str, float]
    curves: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Looks:
    """How much each word written looks at each word read: weights (written, read), each row adds up to 1."""

    reference: str
    read: tuple[str, ...]
    written: tuple[str, ...]
    weights: tuple[tuple[float, ...], ...]


def measured(reference: str) -> Measured:
    """What was measured of the reference of that name."""
    found = _content(reference)
    curves = {name: tuple(values) for name, values in found["curves"].items()}
    return Measured(reference, tuple(found["epochs"]), found["figures"], curves)


def looks(name: str) -> Looks:
    """The weights of attention stored under that name."""
    found = _content(name)
    weights = tuple(tuple(row) for row in found["weights"])
    return Looks(found["reference"], tuple(found["read"]), tuple(found["written"]), weights)


def kept(count: int) -> tuple[int, ...]:
    """The epochs of `count` that are stored: all, or every so many and the last."""
    every = -(-count // MOST_POINTS)
    chosen = range(1, count + 1, every)
    return tuple(chosen) if chosen[-1] == count else (*chosen[: MOST_POINTS - 1], count)


def rounded(values: Iterable[float]) -> list[float]:
    """The numbers with three significant digits."""
    return [float(f"{value:.{DIGITS}g}") for value in values]


def _content(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HOME / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
