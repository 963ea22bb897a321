"""`chainrule train`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import progress, say, say_json, table
from solutions.training import DEVICES

if TYPE_CHECKING:
    from solutions.training import TrainedReference

EXAMPLES = """
chainrule train --list
chainrule train digits-cnn --device cpu
chainrule train --all
"""
# how figures are worded; one that is not named here is shown under its own name, after these
UNITS = {
    "accuracy": "{:.1%} right",
    "whole strings": "{:.1%} of whole strings right",
    "whole sentences": "{:.1%} of whole sentences right",
    "longer": "{:.1%} right in longer sentences",
    "whole longer": "{:.1%} of whole longer sentences right",
    "found": "{:.1%} found",
    "accuracy by pixels": "{:.1%} right by pixels",
    "new classes": "{:.1%} right on new classes",
    "new classes by pixels": "{:.1%} right on new classes by pixels",
    "success": "{:.1%} successful",
    "iou": "IoU {:.3f}",
    "loss": "loss {:.4f}",
    "entropy": "entropy {:.4f}",
    "r2": "R² {:.3f}",
    "kl": "KL {:.4f}",
    "rises": "rises in {:.1%} of epochs",
    "left": "{:.1%} on the left",
}


@click.command("train", cls=Command, epilog=example(EXAMPLES))
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Train all of them; the same as no NAME.")
@click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True, help="Where to train.")
@click.option("--list", "only_list", is_flag=True, help="List the references; train nothing.")
@json_option
def command(names: tuple[str, ...], everything: bool, device: str, only_list: bool, as_json: bool) -> int:
    """Train the reference models.

    Trains those that are not in the cache yet: all, or those named. Code answers are compared with them. Losses are
    mean losses on held-out data: in nats, for regressions in squared deviations of the target.
    """
    from solutions.trained.table import REFERENCES
    from solutions.training import recipe, resolved_device

    if everything and names:
        raise click.UsageError("--all takes no NAME")
    for name in names:
        recipe(name)  # a misspelt name is told before anything is trained
    chosen = resolved_device(device)
    wanted = list(dict.fromkeys(names or REFERENCES))
    if only_list:
        _list(wanted, chosen, as_json=as_json)
        return Exit.OK
    records = [train_one(name, chosen, quiet=as_json) for name in wanted]
    if as_json:
        say_json(records)
    return Exit.OK


def _list(names: list[str], device: str, *, as_json: bool) -> None:
    from solutions.trained.table import REFERENCES
    from solutions.training import cached, parameters

    records = []
    for name in names:
        reference, done = REFERENCES[name], cached(name, device)
        about = {"name": name, "what": reference.what, "data": reference.data, "parameters": parameters(name)}
        records.append({**about, "cached": done is not None, **(_measured(done) if done else {})})
    if as_json:
        say_json(records)
        return
    rows = [
        (r["name"], r["what"], r["data"], f"{r['parameters']}")
        + (
            (figures(r["figures"]), f"{r['seconds']:.1f} s", _size(r["bytes"]))
            if r["cached"]
            else ("not trained yet", "", "")
        )
        for r in records
    ]
    table(("name", "what it is", "data", "parameters", "on held-out data", "trained in", "file"), rows)


def train_one(name: str, device: str, *, quiet: bool) -> dict[str, Any]:
    """Trains one reference where needed, with a progress bar and a line on it unless `quiet`."""
    from solutions.training import train

    if quiet:
        done = train(name, device)
    else:
        with progress(f"training {name}") as advance:
            done = train(name, device, lambda epoch, epochs, loss: advance(epoch, epochs))
        how = "from the cache" if done.cached else f"trained in {done.seconds:.1f} s on {done.device}"
        damage = "; the file in the cache was damaged and has been replaced" if done.damaged else ""
        say(f"{name}: {figures(done.figures)}, {how}{damage} ({done.path})")
    return {"name": name, "cached": done.cached, "damaged": done.damaged, **_measured(done)}


def figures(found: Mapping[str, float]) -> str:
    """`97.8% right, loss 0.1011`: every figure, none is left out."""
    worded = [unit.format(found[name]) for name, unit in UNITS.items() if name in found]
    return ", ".join([*worded, *(f"{name} {found[name]:.4f}" for name in found if name not in UNITS)])


def _measured(done: TrainedReference) -> dict[str, Any]:
    return {
        "figures": dict(done.figures),
        "seconds": done.seconds,
        "device": done.device,
        "bytes": done.path.stat().st_size,
        "path": str(done.path),
    }


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB"
