"""Affine transforms put together step by step, found from where they take three points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array

Point = complex


def _steps(kind: str, alpha: float, z: float, p: float, q: float) -> list[Callable[[Point], Point]]:
    """The steps of a transform on points x + iy, in the order in which they act.

    The name lists them: r rotates by alpha, s shifts by (p, q), z scales both axes, w scales x; capitals undo a step.
    """
    turn = complex(np.exp(1j * alpha))
    single: dict[str, Callable[[Point], Point]] = {
        "r": lambda at: turn * at,
        "R": lambda at: at / turn,
        "s": lambda at: at + complex(p, q),
        "S": lambda at: at - complex(p, q),
        "z": lambda at: z * at,
        "Z": lambda at: at / z,
        "w": lambda at: complex(z * at.real, at.imag),
        "W": lambda at: complex(at.real / z, at.imag),
    }
    return [single[letter] for letter in kind]


def taken(kind: str, alpha: float, z: float, p: float, q: float, x: float, y: float) -> Point:
    """Where the transform takes the point (x, y), as x + iy."""
    at = complex(x, y)
    for step in _steps(kind, alpha, z, p, q):
        at = step(at)
    return at


def transform(kind: str, alpha: float, z: float, p: float, q: float) -> Array:
    """theta (2, 3) of that transform."""
    origin, right, up = (taken(kind, alpha, z, p, q, *at) for at in ((0, 0), (1, 0), (0, 1)))
    columns = [right - origin, up - origin, origin]
    return np.array([[c.real for c in columns], [c.imag for c in columns]])


def sampled(kind: str, along: str, turn: float, z0: float, p0: float, q0: float, x0: float, y0: float) -> float:
    """The coordinate `along` of where (x0, y0) is taken; turn: 1 for an angle with cosine 4/5, -1 for its negative."""
    at = taken(kind, float(turn) * float(np.arctan2(3, 4)), z0, p0, q0, x0, y0)
    return at.real if along == "x" else at.imag
