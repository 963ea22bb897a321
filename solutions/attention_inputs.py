"""Inputs for code on attention that shapes and domains alone cannot describe."""

from __future__ import annotations

from typing import Any

import numpy as np


def padded(seed: int) -> list[dict[str, Any]]:
    """Calls with Q (B, T, D), H (B, S, D) and length (B,): one sentence fills all S words, the others fewer."""
    rng = np.random.default_rng(seed)
    calls = []
    for B, T, S, D in ((3, 2, 5, 4), (2, 4, 3, 2), (4, 1, 6, 3), (1, 3, 1, 2), (2, 2, 7, 5)):
        length = np.concatenate([[S], rng.integers(1, max(S, 2), size=B - 1)])
        calls.append({
            "Q": rng.normal(size=(B, T, D)).round(2),
            "H": rng.normal(scale=2, size=(B, S, D)).round(2),
            "length": rng.permutation(length),
        })  # fmt: skip
    return calls
