"""Time to derive and simplify against the length of the program: networks of 2 to 64 layers, and one of ten lines.

    python benchmarks/derive.py [--runs 5] [--json]

Each row: lines of the program, gradients by all weights, milliseconds (the median of the runs) to derive them, to put
them into a textbook's form, both for each layer, and the same divided by the shortest network's: 1 means linear.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import click

from grader.formula import Program, read_program
from grader.formula.derive import gradients, textbook
from grader.formula.symbols import Domain, Scope, Symbol

LAYERS = (2, 4, 8, 16, 32, 64)
LIMIT = 50.0  # milliseconds for a program of ten lines


def network(layers: int, *, split: bool = False) -> tuple[Program, tuple[str, ...]]:
    """A network with that many hidden layers and softmax cross-entropy, and the names of its weights and biases.

    split: two lines for each layer instead of one; a program has 100 lines at most.
    """
    symbols: dict[str, tuple[str, ...]] = {"x": ("D",), "t": ("K",), "V": ("K", "H")}
    lines, value = [], "x"
    for i in range(layers):
        symbols[f"W{i}"] = ("H", "D" if i == 0 else "H")
        symbols[f"b{i}"] = ("H",)
        total, activation = f"W{i} @ {value} + b{i}", ("tanh", "relu", "sigmoid")[i % 3]
        lines += [f"z{i} = {total}", f"h{i} = {activation}(z{i})"] if split else [f"h{i} = {activation}({total})"]
        value = f"h{i}"
    lines += [f"y = softmax(V @ {value})", "L = -sum(t*log(y))"]
    hot = Domain("one_hot")
    scope = Scope({n: Symbol(n, shape, hot if n == "t" else Domain()) for n, shape in symbols.items()})
    return read_program("\n".join(lines), scope), tuple(name for name in symbols if name[0] in "Wb")


def median_ms(work: Callable[[], Any], runs: int) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def measured(layers: int, runs: int, *, split: bool = False) -> dict[str, float]:
    program, names = network(layers, split=split)
    derive = median_ms(lambda: gradients(program, of="L", with_respect_to=names), runs)
    derivation = gradients(program, of="L", with_respect_to=names)
    shorten = median_ms(lambda: textbook(derivation), runs)
    row = {"layers": layers, "lines": len(program.lines), "gradients": len(names), "derive": derive, "shorten": shorten}
    return {**row, "per_layer": (derive + shorten) / layers}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    rows = [measured(layers, chosen.runs) for layers in LAYERS]
    ten = measured(4, chosen.runs, split=True)
    if chosen.json:
        click.echo(json.dumps({"rows": rows, "ten_lines": ten, "limit": LIMIT}))
        return
    click.echo("layers  lines  gradients   derive ms  shorten ms  ms a layer  against the shortest")
    for row in rows:
        ratio = row["per_layer"] / rows[0]["per_layer"]
        click.echo(
            f"{row['layers']:6}  {row['lines']:5}  {row['gradients']:9}  {row['derive']:10.1f}  {row['shorten']:10.1f}"
            f"  {row['per_layer']:10.2f}  {ratio:19.2f}x"
        )
    total = ten["derive"] + ten["shorten"]
    click.echo(f"A program of {ten['lines']} lines: {total:.1f} ms ({LIMIT:.0f} ms are the limit)")


if __name__ == "__main__":
    main()
