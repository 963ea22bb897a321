"""Pictures of races: how far each way of descending has come, step by step."""

from __future__ import annotations

import math

from solutions.drawings import Plot, Series
from solutions.optimisation import distances
from solutions.stochastic_choice import mean_loss_paths

SHOWN = 150  # steps of a deterministic race
LEAST, MOST = -7.0, 2.0  # powers of ten of a distance that are shown
POINTS = 80  # of a curve
OPTIMISERS = {
    "gradient-descent": "gradient descent",
    "momentum": "momentum",
    "per-coordinate": "a step for each coordinate",
    "long-step": "the long step",
}
SCHEDULES = {
    "long": "constant, long",
    "short": "constant, short",
    "falling": "falling",
    "late": "falling late",
    "curvature": "with curvature",
}


def optimiser_race(a: float, b: float, c: float) -> Plot:
    """The distance to the minimum over the start's, as a power of ten, against the steps; Hessian [[a, c], [c, b]]."""
    series = []
    for name, sizes in distances(a, b, c, SHOWN).items():
        powers = [math.log10(size) if size > 0 else LEAST for size in sizes]
        kept = [(float(k), power) for k, power in enumerate(powers) if LEAST <= power <= MOST]
        series.append(Series(OPTIMISERS[name], tuple(kept)))
    return Plot("The race", "step", "log10 of the distance", tuple(series))


def schedule_race(steep: float, flat: float, r: float, v: float, budget: float, dear: float) -> Plot:
    """The mean loss as a power of ten against the evaluations used; arguments as in `stochastic_choice.lowest`."""
    series = []
    for name, losses in mean_loss_paths(steep, flat, r, v, budget, dear).items():
        price = int(dear) if name == "curvature" else 1
        every = max(1, len(losses) // POINTS)
        shown = [k for k in range(len(losses)) if k % every == 0 or k == len(losses) - 1]
        series.append(Series(SCHEDULES[name], tuple((float(k * price), math.log10(losses[k])) for k in shown)))
    return Plot("The mean loss", "evaluations", "log10 of the mean loss", tuple(series))
