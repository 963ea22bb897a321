"""`chainrule serve`."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, bank_folders, example, open_bank, open_store_option, store_option
from chainrule.terminal import say

if TYPE_CHECKING:
    from chainrule.web.site import Site

EXAMPLES = """
chainrule serve --open
"""


@click.command("serve", cls=Command, epilog=example(EXAMPLES))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--threads", type=click.IntRange(1, 256), default=16, show_default=True, help="Requests at once.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@store_option
def command(host: str, port: int, threads: int, opens: bool, store: str | None) -> int:
    """Serve quiz, practice, exams, progress and sheets as pages for a browser."""
    from chainrule.grading import Grader
    from chainrule.web.inline import InlineJudging
    from chainrule.web.serving import Stop, listen, serve
    from chainrule.web.site import Site
    from chainrule.web.variants import Variants

    bank = open_bank()
    with open_store_option(store) as kept, Grader() as grader, listen(host, port) as door, Stop().on_signals() as stop:
        from chainrule.web.app import create_app

        site = Site(kept, bank, Variants(bank), InlineJudging(kept, bank, grader), b"x" * 32)
        address = f"http://{host}:{door.getsockname()[1]}/"
        say(f"Chainrule is at {address} (Ctrl-C stops it)")
        if opens:
            click.launch(address)
        serve(create_app(site), door, stop, threads=threads)
        site.judging.close()
    say("Stopped.")
    return Exit.INTERRUPTED if stop.signal == signal.SIGINT else Exit.OK
