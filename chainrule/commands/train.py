"""`chainrule train`."""

from __future__ import annotations

from typing import Any

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import progress, say, say_json, table
from solutions.training import DEVICES, REFERENCES, train


@click.command("train", cls=Command, epilog=example("chainrule train --device cpu\nchainrule train digits-cnn"))
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--device", type=click.Choice(DEVICES), default="auto", show_default=True, help="Where to train.")
@click.option("--list", "only_list", is_flag=True, help="List the references; train nothing.")
@json_option
def command(names: tuple[str, ...], device: str, only_list: bool, as_json: bool) -> int:
    """Train the reference models.

    Trains those that are not in the cache yet: all, or those named. Code answers are compared with them.
    """
    if only_list:
        _list(as_json=as_json)
        return Exit.OK
    records = [train_one(name, device, quiet=as_json) for name in names or REFERENCES]
    if as_json:
        say_json(records)
    return Exit.OK


def _list(*, as_json: bool) -> None:
    rows = [(name, reference.description) for name, reference in REFERENCES.items()]
    if as_json:
        say_json([{"name": name, "description": description} for name, description in rows])
    else:
        table(("name", "what it is"), rows)


def train_one(name: str, device: str, *, quiet: bool) -> dict[str, Any]:
    """Trains one reference where needed, with a progress bar and a line on it unless `quiet`."""
    if quiet:
        done = train(name, device)
    else:
        with progress(f"training {name}") as advance:
            done = train(name, device, lambda epoch, epochs, loss: advance(epoch, epochs))
        how = "from the cache" if done.cached else f"trained in {done.seconds:.1f} s"
        say(f"{name}: {done.accuracy:.1%} of held-out data right, {how} ({done.path})")
    return {"name": name, "accuracy": done.accuracy, "cached": done.cached, "path": str(done.path)}
