"""`chainrule cluster`."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option
from chainrule.terminal import say, say_json

if TYPE_CHECKING:
    from chainrule.bulk.cluster_commands import ClusterCommands
    from chainrule.bulk.executors import Tls

EXAMPLES = """
chainrule cluster --host head1 --workers 16
chainrule cluster --slurm --workers 64 > cluster.sh
chainrule cluster --local 2
"""
HOST = re.compile(r"[\w.:\[\]-]+")
TLS = click.Path(path_type=Path)


@click.command("cluster", cls=Command, epilog=example(EXAMPLES))
@click.option("--host", default="SCHEDULER", show_default=True, metavar="NAME", help="Where the scheduler runs.")
@click.option("--port", type=click.IntRange(1, 65535), default=8786, show_default=True, help="Where it listens.")
@click.option("--workers", type=click.IntRange(1, 4096), metavar="N", help="On each machine.  [default: one a core]")
@click.option("--tls-ca", type=TLS, metavar="FILE", help="Certificate authority of the cluster, as on its machines.")
@click.option("--tls-cert", type=TLS, metavar="FILE", help="Their certificate from it.")
@click.option("--tls-key", type=TLS, metavar="FILE", help="The key of that certificate.")
@click.option("--slurm", is_flag=True, help="Print a script for sbatch that starts all of it and grades.")
@click.option("--local", type=click.IntRange(1, 64), metavar="N", help="Start N workers here, until Ctrl-C.")
@json_option
def command(
    host: str,
    port: int,
    workers: int | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    slurm: bool,
    local: int | None,
    as_json: bool,
) -> int:
    """Print how to start a cluster that grades.

    A scheduler on one machine and workers on as many as there are, all with this version of Chainrule. Whoever reaches
    the scheduler can run anything on the workers: use TLS, or a network that is closed. What students handed in runs
    confined, on the workers as here.
    """
    from chainrule.bulk.cluster_commands import refuse_without_dask

    refuse_without_dask()
    commands = _commands(host, port, workers, _tls(tls_ca, tls_cert, tls_key))
    if not HOST.fullmatch(host):
        raise click.UsageError(f"came the host {host!r}, expected a name or an address")
    if local:
        return _local(local, port, as_json=as_json)
    if slurm:
        click.echo(commands.slurm(), nl=False)
    elif as_json:
        say_json(commands.record())
    else:
        _tell(commands)
    return Exit.OK


def _tls(ca: Path | None, cert: Path | None, key: Path | None) -> Tls | None:
    if not (ca or cert or key):
        return None
    if not (ca and cert and key):
        raise click.UsageError("--tls-ca, --tls-cert and --tls-key go together")
    from chainrule.bulk.executors import Tls

    return Tls(ca, cert, key)


def _commands(host: str, port: int, workers: int | None, tls: Tls | None) -> ClusterCommands:
    from chainrule.bulk.cluster_commands import ClusterCommands
    from chainrule.bulk.executors import cores

    return ClusterCommands(host, port, workers or cores(), tls)


def _tell(commands: ClusterCommands) -> None:
    say(f"On all machines, in the same version of Python: {commands.install}", style="bold")
    click.echo(f"  (this is {commands.version})")
    for title, line in (
        ("On the machine of the scheduler:", commands.scheduler),
        ("On each machine that judges:", commands.worker),
        ("Then grade, anywhere:", commands.grade),
    ):
        say(title, style="bold")
        click.echo(f"  {line}")


def _local(workers: int, port: int, *, as_json: bool) -> int:
    """A cluster of this machine alone, for trying it out."""
    from chainrule.bulk.local_cluster import local_cluster

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C, so that nothing is left behind
    with local_cluster(workers, port) as cluster:
        if as_json:
            say_json({"address": cluster.address, "workers": workers})
        else:
            say(f"{workers} workers judge at {cluster.address}; Ctrl-C ends them.", style="bold")
            click.echo(f"  chainrule grade-class DIR --assignment FILE --out OUT --cluster {cluster.address}")
        cluster.wait()
    return Exit.OK
