"""Gradient evaluations that each optimiser needs to reach a given loss, with the best step of a small grid.

    python benchmarks/optimisers.py [--json]

A dash: the loss was not reached within the budget; behind it stands the lowest loss at the end, on the grid. In
brackets the step; for Newton's method the damping, for L-BFGS the first try of the line search.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from solutions.optimiser_races import OPTIMISERS, Race, best  # noqa: E402
from solutions.race_problems import digits_mlp, logistic, quadratic, rosenbrock  # noqa: E402


def told(run: Race) -> str:
    if run.reached is not None:
        return f"{run.reached:5} ({run.step:g})"
    return f"    - {run.losses[-1]:.2g} ({run.step:g})"


@click.command(help=__doc__, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="The whole curves as JSON.")
def main(as_json: bool) -> None:
    import torch

    torch.set_num_threads(1)
    found = []
    for problem in (quadratic(100), quadratic(10_000), rosenbrock(), logistic(), digits_mlp()):
        if not as_json:
            click.echo(f"{problem.name}: to a loss of {problem.target:.4g}, budget {problem.budget}")
        for optimiser in OPTIMISERS:
            run = best(optimiser, problem)
            found.append(dataclasses.asdict(run))
            if not as_json:
                click.echo(f"    {optimiser:18} {told(run)}")
    if as_json:
        click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
