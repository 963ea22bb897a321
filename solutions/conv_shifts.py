"""Shifts of circular signals through strided layers, found by rolling inputs. s, t strides; kinds as in the question.

'two' has the strides s and t, 'three' has s, t, s, 'one' has s and then 1, 'pooled' has stride 1 and max-pooling by s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant

if TYPE_CHECKING:
    from torch import Tensor

KERNEL = (0.7, -1.3, 0.45)


def safe_shift(s: float, t: float, kind: str) -> int:
    """The smallest positive shift of the input that only shifts the output."""
    n = 4 * int(s * s * t)
    base = _network(_signal(n), s, t, kind)
    return next(d for d in range(1, n + 1) if _moved(base, _network(np.roll(_signal(n), d), s, t, kind)) is not None)


def output_shift(s: float, t: float, d: float, kind: str) -> float:
    """Places by which the output moves where the input moves by d, from the shift of one safe step."""
    step = safe_shift(s, t, kind)
    n = 4 * int(s * s * t)
    moved = _moved(_network(_signal(n), s, t, kind), _network(np.roll(_signal(n), step), s, t, kind))
    assert moved is not None
    return moved * d / step


def drawn_shift(s0: int, t0: int, n0: int, d0: int, kind: str) -> int:
    """Places by which the output moves at the drawn numbers."""
    x = _signal(n0)
    found = _moved(_network(x, s0, t0, kind), _network(np.roll(x, d0), s0, t0, kind))
    assert found is not None
    return found


def distinct_outputs(s0: int, t0: int, n0: int, kind: str) -> int:
    """Outputs of all shifts of a signal, up to shifts of the output."""
    found: list[Array] = []
    for d in range(n0):
        y = _network(np.roll(_signal(n0), d), s0, t0, kind)
        if not any(_moved(other, y) is not None for other in found):
            found.append(y)
    return len(found)


def _signal(n: int) -> Array:
    return np.random.default_rng(3).normal(size=int(n))


def _network(x: Array, s: float, t: float, kind: str) -> Array:
    import torch

    strides = {"two": (s, t), "one": (s, 1), "three": (s, t, s), "pooled": (1,)}[kind]
    y = constant(x)
    for stride in strides:
        y = _circular(y, int(stride))
    if kind == "pooled":
        y = torch.nn.functional.max_pool1d(y[None], int(s))[0]
    return array(y)


def _circular(x: Tensor, stride: int) -> Tensor:
    import torch

    wrapped = x.repeat(3)[: len(x) + len(KERNEL) - 1]
    kernel = constant(np.array([[KERNEL]]))
    return torch.nn.functional.conv1d(wrapped[None, None], kernel, stride=stride)[0, 0]


def _moved(before: Array, after: Array) -> int | None:
    """The shift that turns one output into the other, or None."""
    shifts = range(len(before))
    return next((j for j in shifts if np.allclose(np.roll(before, j), after, rtol=0, atol=1e-9)), None)
