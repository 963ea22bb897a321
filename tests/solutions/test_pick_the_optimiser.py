"""Every bowl that the optimiser question can draw has a clear winner, on which race and theory agree."""

from __future__ import annotations

import numpy as np
import pytest

from questions.bank import read_file, shipped_folder
from solutions import optimisation

FAMILY = read_file(shipped_folder() / "optimisation" / "pick-the-optimiser.yaml")
BOWLS = [(r["a0"], r["b0"], r["c0"]) for r in FAMILY.spec.draw["bowl"].choice or () if isinstance(r, dict)]


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("bowl", BOWLS)
def test_the_winner_needs_far_fewer_steps_than_anyone_else(bowl: tuple[int, int, int], turned: int) -> None:
    a, b, c = bowl[0], bowl[1], turned * bowl[2]
    rates = {
        "gradient-descent": (np.full(2, 2 / (a + b)), 0.0),
        "momentum": (np.full(2, 1 / (a + b)), 0.9),
        "per-coordinate": (np.array([0.5 / a, 0.5 / b]), 0.0),
        "long-step": (np.full(2, 4 / (a + b)), 0.0),
    }
    steps = {name: optimisation.steps_needed(a, b, c, rate, eta) for name, (rate, eta) in rates.items()}
    first, second = sorted(steps.values())[:2]
    assert second >= 1.5 * first
    winner = min(steps, key=lambda name: steps[name])
    assert optimisation.fastest_by_running(a, b, c) == optimisation.fastest_by_spectrum(a, b, c) == winner


def test_each_optimiser_but_the_one_that_runs_away_wins_somewhere() -> None:
    winners = {optimisation.fastest_by_spectrum(*bowl) for bowl in BOWLS}
    assert winners == {"gradient-descent", "momentum", "per-coordinate"}
