"""Learning rates by step, as schedules set them."""

from __future__ import annotations

import numpy as np

from solutions.curve_points import series
from solutions.drawings import Plot


def schedules(steps: int = 100, warm: int = 10) -> Plot:
    """Rates over the highest one. Steps: halved four times. Warm-up: rises linearly, then falls as 1/√step."""
    t = np.arange(steps + 1)
    curves = {
        "steps": 0.5 ** (t * 5 // (steps + 1)),
        "cosine": (1 + np.cos(np.pi * t / steps)) / 2,
        "warm-up, then 1/√t": np.minimum((t + 1) / (warm + 1), np.sqrt((warm + 1) / (t + 1))),
    }
    return Plot("Learning rates", "step", "rate / highest", tuple(series(name, t, v) for name, v in curves.items()))
