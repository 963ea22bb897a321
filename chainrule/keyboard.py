"""The learner at a keyboard, or lines from a pipe."""

from __future__ import annotations

import sys

import click

from chainrule.terminal import on_terminal, say

PROMPT = "> "


class Keyboard:
    """A `Dialogue` through stdin and stdout."""

    def __init__(self) -> None:
        self._reading = False
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")
        if sys.stdin.isatty():
            import contextlib

            with contextlib.suppress(ImportError):  # gives the arrow keys; not on every system
                import readline  # noqa: F401

    def read(self) -> str:
        """One line, without its end. Raises EOFError where the input ends, KeyboardInterrupt on Ctrl-C."""
        self._reading = True
        try:
            line = input(PROMPT)
        finally:
            self._reading = False
        if not sys.stdin.isatty():
            say(line)  # a transcript shows what was answered
        return line

    def edit(self, text: str) -> str | None:
        """The text as saved in $EDITOR; None where nothing was saved."""
        if not on_terminal():
            return None
        try:
            return click.edit(text, extension=".py")
        except click.ClickException as error:
            self.say(error.format_message(), "red")
            return None

    def say(self, text: str, style: str = "") -> None:
        """Shows a paragraph; what is being typed meanwhile stands below it again."""
        say(text, style=style)
        if self._reading and sys.stdin.isatty():
            sys.stdout.write(f"{PROMPT}{_typed()}")
            sys.stdout.flush()


def _typed() -> str:
    """What the line that is being typed holds so far."""
    readline = sys.modules.get("readline")
    return str(readline.get_line_buffer()) if readline else ""


class Silent(Keyboard):
    """A `Dialogue` that reads lines and shows nothing: for `--json`, where records are all that is printed."""

    def read(self) -> str:
        """One line. Raises EOFError where the input ends."""
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\n")

    def say(self, text: str, style: str = "") -> None:
        """Nothing."""
