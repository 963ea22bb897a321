"""`chainrule serve`."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import (
    Command,
    Exit,
    bank_folders,
    example,
    json_option,
    open_store_option,
    short_path,
    store_option,
)
from chainrule.terminal import complain, say, say_json

if TYPE_CHECKING:
    from chainrule.web.exposure import Exposure
    from chainrule.web.site import Site

EXAMPLES = """
chainrule serve --open
chainrule serve --class
chainrule serve --class --behind-proxy --name quiz.example.org --log serve.log
chainrule serve --class --host 0.0.0.0 --name quiz.example.org --tls-cert chain.pem --tls-key key.pem
"""
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
PORT, COUNT = click.IntRange(0, 65535), click.IntRange(1, 256)


@click.command("serve", cls=Command, epilog=example(EXAMPLES))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Port; 0 takes a free one.")
@click.option("--class", "classes", is_flag=True, help="For a class: people log in, instructors set exams.")
@click.option("--name", "names", multiple=True, help="A name by which browsers call the server; repeatable.")
@click.option("--tls-cert", type=FILE, metavar="FILE", help="Certificate with its chain, PEM.")
@click.option("--tls-key", type=FILE, metavar="FILE", help="Its key.")
@click.option(
    "--behind-proxy",
    is_flag=False,
    flag_value="127.0.0.1",
    default="",
    metavar="[ADDRESS]",
    help="A proxy in front has TLS, at this address [127.0.0.1]; it is believed who asks.",
)
@click.option("--plain-http-anyway", is_flag=True, help="Without TLS in a network where nobody can listen.")
@click.option("--weak-sandbox-anyway", is_flag=True, help="Run a class's code though it is not confined in full.")
@click.option(
    "--private-bank",
    "private",
    type=FOLDER,
    multiple=True,
    metavar="DIR",
    help="Questions that only assignments may ask; repeatable. With --class.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that judge answers.  [default: one a processor]")
@click.option("--threads", type=COUNT, default=16, show_default=True, help="Requests at once.")
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write the log there.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@store_option
@json_option
def command(**given: Any) -> int:
    """Serve quiz, practice, exams, progress and sheets as pages for a browser.

    For you alone, at this machine, without a login; with --class for a class with accounts. Ctrl-C stops it: what was
    asked is answered, and answers that wait to be judged are judged after the next start.
    """
    from chainrule.web.exposure import Exposure

    exposure = Exposure(
        given["host"],
        given["classes"],
        given["names"],
        given["tls_cert"],
        given["tls_key"],
        given["behind_proxy"],
        given["plain_http_anyway"],
    )
    faults = exposure.faults()
    if given["private"] and not exposure.classes:
        faults.append("--private-bank keeps questions for assignments, which a class has; add --class")
    if faults:
        raise click.UsageError(faults[0])
    return _serve(exposure, given)


def _serve(exposure: Exposure, given: dict[str, Any]) -> int:
    from chainrule.machine import cpus
    from chainrule.web.app import create_app
    from chainrule.web.logs import set_up
    from chainrule.web.serving import Stop, listen, raise_file_limit, serve
    from chainrule.web.site_opening import Banks, check_confinement, open_site
    from chainrule.web.sweeping import Sweeper
    from chainrule.web.tls import Front

    if exposure.classes and not given["weak_sandbox_anyway"]:
        check_confinement()
    folders = bank_folders()
    banks = Banks(None if folders is None else tuple(folders), given["private"])
    set_up(given["log"])
    raise_file_limit()
    with (
        listen(given["host"], given["port"]) as door,
        open_store_option(given["store"]) as store,
        Stop().on_signals() as stop,
        open_site(store, banks, exposure, jobs=given["jobs"] or cpus()) as site,
        Sweeper(site),
    ):
        front = Front(door, exposure.certificate, exposure.key) if exposure.certificate and exposure.key else None
        app = create_app(site)
        address = exposure.address(door.getsockname()[1])
        _tell(site, address, as_json=given["as_json"])
        if given["opens"]:
            click.launch(address)
        gc.collect()
        gc.freeze()  # the bank stays: a look at all of it would stop every page for half a second now and then
        serve(app, door, stop, threads=given["threads"], front=front, **exposure.waitress())
    if not given["as_json"]:
        say("Stopped.")
    return Exit.INTERRUPTED if stop.signal == signal.SIGINT else Exit.OK


def _tell(site: Site, address: str, *, as_json: bool) -> None:
    """Where the pages are; of a new class server how its first instructor gets in."""
    from chainrule.classes.links import first_instructor

    for fault in site.bank.faults:
        complain(f"chainrule: not loaded: {fault}")
    link = first_instructor(site.store, site.secret, site.clock()) if site.classes else None
    set_up = f"{address}setup/{link}" if link else None
    token = None if site.classes else _token_file(site)
    if as_json:
        say_json({"address": address, "set_up": set_up, "token_file": str(token) if token else None})
        sys.stdout.flush()
        return
    say(f"Chainrule is at {address} (Ctrl-C stops it)")
    if token:
        say(f"Programs: chainrule submit FILE --server {address} --token-file {short_path(token)}")
    if set_up:
        say(f"Nobody is instructor yet. Whoever opens this first becomes it: {set_up}")
    sys.stdout.flush()


def _token_file(site: Site) -> Path | None:
    """Where the token of the owner's programs lies; None, with a remark, where it cannot be written."""
    from chainrule.files import InputError
    from chainrule.web.own_token import keep_token
    from chainrule.web.secrets_file import secret_file

    try:
        return keep_token(secret_file(site.store), site.secret)
    except InputError as error:
        complain(f"chainrule: programs get no token: {error}")
        return None
