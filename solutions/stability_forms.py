"""Exponentials at the limits of number formats: what overflows, and which form of a formula survives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import mpmath
import numpy as np


def largest_score(format: str, K: int) -> int:
    """Largest whole z for which K exponentials of z have a finite sum in the format, found by trying."""
    import torch

    kinds = {"half": torch.float16, "brain": torch.bfloat16, "single": torch.float32, "double": torch.float64}
    most = mpmath.mpf(torch.finfo(kinds[format]).max)
    z = 0
    while int(K) * mpmath.exp(z + 1) <= most:
        z += 1
    return z


def shifted_log_sum(K: int) -> float:
    """log of the sum of K exponentials after the largest of equal scores was taken off."""
    import torch

    scores = torch.full((int(K),), 7.0, dtype=torch.float64)
    return float(torch.logsumexp(scores - scores.max(), dim=0))


def right_in_float32(f1: str, f2: str, f3: str, f4: str, wanted: str, large: int, small: int) -> str:
    """Name of the one form that NumPy computes well in float32, at ±large and ±small."""
    x = np.array([large, -large, small, -small], dtype=np.float32)
    with mpmath.workdps(60):
        exact = [float(_TRUTH[wanted](mpmath.mpf(float(v)))) for v in x]
    with np.errstate(all="ignore"):
        got = {name: _FORMS[form](np, x) for name, form in _named(f1, f2, f3, f4)}
    return _the_good(got, exact)


def finite_form(f1: str, f2: str, f3: str, f4: str, wanted: str, large: int, small: int) -> str:
    """The same in torch, held against torch's own function in float64."""
    import torch

    x = torch.tensor([large, -large, small, -small], dtype=torch.float32)
    functional = torch.nn.functional
    own: Mapping[str, Callable[[Any], Any]] = {
        "softplus": lambda v: torch.where(v < 0, torch.log1p(v.exp()), functional.softplus(v)),
        "logsigmoid": functional.logsigmoid,
        "loss": lambda v: -functional.logsigmoid(v),
        "complement": lambda v: functional.logsigmoid(-v),
        "sigmoid": torch.sigmoid,
    }
    got = {name: _FORMS[form](torch, x).numpy() for name, form in _named(f1, f2, f3, f4)}
    return _the_good(got, own[wanted](x.double()).tolist())


def _named(f1: str, f2: str, f3: str, f4: str) -> list[tuple[str, str]]:
    return [("f1", f1), ("f2", f2), ("f3", f3), ("f4", f4)]


def _the_good(got: Mapping[str, Any], exact: list[float]) -> str:
    """The one form within a per cent, or within 1e-15, of every exact value."""
    good = [name for name, y in got.items() if np.allclose(y.astype(np.float64), exact, rtol=0.01, atol=1e-15)]
    if len(good) != 1:
        raise ValueError(f"expected one form that survives, found {good}")
    return good[0]


_TRUTH: Mapping[str, Callable[[Any], Any]] = {
    "softplus": lambda x: mpmath.log(1 + mpmath.exp(x)),
    "logsigmoid": lambda x: -mpmath.log(1 + mpmath.exp(-x)),
    "loss": lambda x: mpmath.log(1 + mpmath.exp(-x)),
    "complement": lambda x: -mpmath.log(1 + mpmath.exp(x)),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
}
# each form as it is printed; m is numpy or torch
_FORMS: Mapping[str, Callable[[Any, Any], Any]] = {
    "log(1 + exp(x))": lambda m, x: m.log(1 + m.exp(x)),
    "maximum(x, 0) + log1p(exp(-abs(x)))": lambda m, x: m.clip(x, 0, None) + m.log1p(m.exp(-abs(x))),
    "x + log(1 + exp(-x))": lambda m, x: x + m.log(1 + m.exp(-x)),
    "maximum(x, 0) + log1p(exp(abs(x)))": lambda m, x: m.clip(x, 0, None) + m.log1p(m.exp(abs(x))),
    "log(1/(1 + exp(-x)))": lambda m, x: m.log(1 / (1 + m.exp(-x))),
    "minimum(x, 0) - log1p(exp(-abs(x)))": lambda m, x: m.clip(x, None, 0) - m.log1p(m.exp(-abs(x))),
    "x - log(1 + exp(x))": lambda m, x: x - m.log(1 + m.exp(x)),
    "-log1p(exp(-abs(x)))": lambda m, x: -m.log1p(m.exp(-abs(x))),
    "log(1 + exp(-x))": lambda m, x: m.log(1 + m.exp(-x)),
    "maximum(-x, 0) + log1p(exp(-abs(x)))": lambda m, x: m.clip(-x, 0, None) + m.log1p(m.exp(-abs(x))),
    "log(1 + exp(x)) - x": lambda m, x: m.log(1 + m.exp(x)) - x,
    "-log(sigmoid(x))": lambda m, x: -m.log(1 / (1 + m.exp(-x))),
    "log(1 - 1/(1 + exp(-x)))": lambda m, x: m.log(1 - 1 / (1 + m.exp(-x))),
    "minimum(-x, 0) - log1p(exp(-abs(x)))": lambda m, x: m.clip(-x, None, 0) - m.log1p(m.exp(-abs(x))),
    "-log(1 + exp(x))": lambda m, x: -m.log(1 + m.exp(x)),
    "-x - log(1 + exp(-x))": lambda m, x: -x - m.log(1 + m.exp(-x)),
    "exp(x)/(1 + exp(x))": lambda m, x: m.exp(x) / (1 + m.exp(x)),
    "exp(minimum(x, 0))/(1 + exp(-abs(x)))": lambda m, x: m.exp(m.clip(x, None, 0)) / (1 + m.exp(-abs(x))),
    "1 - 1/(1 + exp(x))": lambda m, x: 1 - 1 / (1 + m.exp(x)),
    "1 - exp(-x)/(1 + exp(-x))": lambda m, x: 1 - m.exp(-x) / (1 + m.exp(-x)),
}


def piece(m: float, s: float, z: float, want: str, K: float = 8) -> float:
    """What is wanted of K scores whose largest is m and whose exponentials, after m is taken off, sum to s.

    Computed with 60 digits from the sum of the exponentials themselves; z is the score that `want` speaks of.
    """
    with mpmath.workdps(60):
        top, other = mpmath.exp(mpmath.mpf(m)), mpmath.exp(mpmath.mpf(z))
        total = mpmath.mpf(s) * top
        values = {
            "total": mpmath.log(total),
            "logmean": mpmath.log(total / K),
            "loss": -mpmath.log(other / total),
            "share": other / total,
            "best": -mpmath.log(top / total),
            "slope": top / total,
            "slope_true": other / total - 1,
            "doubled": mpmath.log(total + total),
            "joined": mpmath.log(total + mpmath.exp(mpmath.mpf(z) + mpmath.mpf(m))),
        }
        return float(values[want])


def piece_value(n: float, q: float, z0: float, want: str) -> float:
    """`piece` for 8 scores with the largest n, the shifted sum q and the score z0."""
    return piece(n, q, z0, want)
