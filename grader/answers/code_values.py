"""Are returned arrays the expected ones? Tolerances scale with the magnitude of what was expected.

    scale       largest finite |entry| of the expected array
    condition   how many times larger a relative error of the inputs comes out, so that rounding comes out as large
    allowed     tolerance · scale: the error that one entry may have; more where rounding, magnified by the condition,
                makes it more, but never more than a thousandth

Nothing is added to `allowed`: small values must be as right as large ones, so that zeros never pass for them. Only
where every expected entry is 0 there is nothing to scale by; then `noise`, a rounding error of the other cases, is
allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

ROUNDING_STEPS = 64
"""Rounding errors of a 32-bit computation that are forgiven, in units of its machine epsilon."""
WHOLE_TOLERANCE = 1e-6
MOST = 1e-3
"""The largest relative error that rounding excuses, however badly conditioned a case is."""
NOISE = 1e-12
WHOLE_KINDS = "biu"
REAL_KINDS = "biuf"


@dataclass(frozen=True)
class Mismatch:
    """The worst entry. error: relative to the scale, infinite for NaN. place: its index, counted from 0."""

    error: float
    place: tuple[int, ...]
    got: float
    expected: float


def close(got: Array, expected: Array, *, tolerance: float, noise: float = 0.0, condition: float = 1.0) -> bool:
    """True where both arrays have the same shape and each entry is within the allowed error. NaN is never close."""
    if got.shape != expected.shape or got.dtype.kind not in REAL_KINDS:
        return False
    if expected.dtype.kind in WHOLE_KINDS and got.dtype.kind in WHOLE_KINDS:
        return bool(np.array_equal(got, expected))
    return bool(
        np.all(_gaps(got, expected) <= allowed(got, expected, tolerance=tolerance, noise=noise, condition=condition))
    )


def allowed(got: Array, expected: Array, *, tolerance: float, noise: float = 0.0, condition: float = 1.0) -> float:
    """The error that an entry may have."""
    if expected.dtype.kind in WHOLE_KINDS:
        return WHOLE_TOLERANCE
    return max(tolerance, _rounding(got, expected, condition)) * scale(expected) or noise


def worst(got: Array, expected: Array) -> Mismatch:
    """The entry that differs most, for arrays of one shape with at least one entry."""
    gaps = _gaps(got, expected)
    at = np.unravel_index(int(np.argmax(gaps)), gaps.shape)
    size = scale(expected)
    gap = float(gaps[at])
    error = gap / size if size else float("inf")
    return Mismatch(error, tuple(int(i) for i in at), float(got[at]), float(expected[at]))


def scale(expected: Array) -> float:
    """The largest finite magnitude, 0 where there is none."""
    values = np.abs(expected.astype(np.float64))
    finite = values[np.isfinite(values)]
    return float(finite.max()) if finite.size else 0.0


def noise_of(expected: Iterable[Array]) -> float:
    """What counts as zero where zeros are expected, from the same output's arrays in all cases."""
    return NOISE * (max((scale(array) for array in expected), default=0.0) or 1.0)


def _gaps(got: Array, expected: Array) -> NDArray[np.float64]:
    """|got - expected|; equal infinities are equal, NaN is infinitely far from everything."""
    mine, right = got.astype(np.float64), expected.astype(np.float64)
    with np.errstate(all="ignore"):
        gaps = np.abs(mine - right)
    gaps = np.where(mine == right, 0.0, gaps)
    return np.where(np.isnan(gaps), np.inf, gaps)


def _rounding(got: Array, expected: Array, condition: float) -> float:
    """The relative error that computing in these floats may bring. Shorter ones than 32 bits get no more than those."""
    single = np.float32(0).dtype.itemsize
    floats = [a.dtype for a in (got, expected) if a.dtype.kind == "f"]
    kind = np.float64 if all(dtype.itemsize > single for dtype in floats) else np.float32
    return min(MOST, ROUNDING_STEPS * float(np.finfo(kind).eps) * max(1.0, condition))
