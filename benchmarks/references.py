"""The references over several seeds: what each reaches on held-out data, on the mean and at the ends, and its seconds.

    python benchmarks/references.py [--seeds 5] [--only NAME]... [--json]

Each row: a reference, one of its figures, the mean, least and greatest over the seeds, and the mean seconds of
processor time to train it, which are those of a machine with nothing else to do: training keeps to one thread. A seed
decides the data's draw or split, the weights at the start and the order of batches. Nothing is cached.
"""

from __future__ import annotations

import dataclasses
import json
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from solutions.trained.fitting import Recipe  # noqa: E402
from solutions.trained.table import REFERENCES  # noqa: E402


def silent(done: int, total: int, loss: float) -> None:
    """Shows nothing."""


def trained(recipe: Any, seed: int) -> tuple[Mapping[str, float], float]:
    """The figures of the recipe with another seed, and the seconds of processor time that they took."""
    seeded: Recipe = dataclasses.replace(recipe, seed=seed)
    start = time.process_time()
    return seeded.fit("cpu", silent).figures, time.process_time() - start


def measured(name: str, seeds: int) -> list[dict[str, Any]]:
    """A row for each figure of the reference."""
    runs = [trained(REFERENCES[name].recipe, seed) for seed in range(seeds)]
    seconds = statistics.mean(took for _, took in runs)
    rows = []
    for metric in runs[0][0]:
        values = [figures[metric] for figures, _ in runs]
        row = {"reference": name, "metric": metric, "values": values, "seconds": seconds}
        rows.append({**row, "mean": statistics.mean(values), "min": min(values), "max": max(values)})
    return rows


@click.command(help=__doc__, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--seeds", type=click.IntRange(min=1), default=5, show_default=True, help="How many, from 0 on.")
@click.option("--only", multiple=True, type=click.Choice(list(REFERENCES)), metavar="NAME", help="Only this reference.")
@click.option("--json", "as_json", is_flag=True, help="Rows as JSON, with the value of each seed.")
def main(seeds: int, only: tuple[str, ...], as_json: bool) -> None:
    if not as_json:
        click.echo(f"{'reference':22} {'metric':25} {'mean':>8} {'min':>8} {'max':>8} {'seconds':>8}")
    found = []
    for name in only or REFERENCES:
        rows = measured(name, seeds)
        found += rows
        for row in rows if not as_json else []:
            values = " ".join(f"{row[column]:8.4f}" for column in ("mean", "min", "max"))
            click.echo(f"{name:22} {row['metric']:25} {values} {row['seconds']:8.1f}")
    if as_json:
        click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
