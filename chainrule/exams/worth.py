"""A variant that is worth other marks than its file says: its parts keep their proportion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from questions.variant import Variant

STEP = 0.5


def worth(variant: Variant, marks: float | None) -> Variant:
    """The variant with that many marks in all its parts together; None leaves it as it is."""
    if marks is None:
        return variant
    shares = shared(marks, [part.marks for part in variant.parts])
    parts = tuple(replace(part, marks=share) for part, share in zip(variant.parts, shares, strict=True))
    return replace(variant, parts=parts)


def shared(marks: float, weights: Sequence[float]) -> list[float]:
    """The marks in proportion to the weights, in halves where each gets at least one; their sum is exact.

    The halves that rounding down leaves go to those who lost most, the earlier first (largest remainders).
    """
    exact = [marks * weight / sum(weights) for weight in weights]
    halves = [int(share / STEP + 1e-9) for share in exact]
    if marks % STEP or 0 in halves:
        return exact
    left = round(marks / STEP) - sum(halves)
    neediest = sorted(range(len(exact)), key=lambda i: halves[i] - exact[i] / STEP)
    return [STEP * (count + (i in neediest[:left])) for i, count in enumerate(halves)]
