"""Printing: rich on a terminal, plain text into a pipe or a file. Text is never read as markup."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import settings

if TYPE_CHECKING:
    from rich.console import Console

STYLES = {
    "right": "green",
    "partial": "yellow",
    "wrong": "red",
    "unreadable": "magenta",
    "undecided": "yellow",
    "fault": "bold red",
    "unanswered": "dim",
}


def on_terminal() -> bool:
    """True where stdout is a terminal that a person looks at."""
    return sys.stdout.isatty()


def console() -> Console:
    """A rich console for stdout that takes text as it is."""
    from rich.console import Console

    colored = settings().color and "NO_COLOR" not in os.environ
    return Console(markup=False, highlight=False, emoji=False, color_system="auto" if colored else None)


def printable(text: str) -> str:
    """The text without control characters other than line breaks, so that no file can steer the terminal."""
    return "".join(letter for letter in text.expandtabs(4) if letter == "\n" or letter.isprintable())


def say(text: str = "", *, style: str = "") -> None:
    """Prints a paragraph; on a terminal in a `style` (rich's names) and broken between words."""
    if on_terminal():
        console().print(printable(text), style=style or None)
    else:
        click.echo(printable(text))


def complain(text: str) -> None:
    """Prints one remark on stderr."""
    click.echo(printable(text), err=True)


def say_json(value: Any) -> None:
    """Prints the value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, styled: int | None = None) -> None:
    """Prints a table: ruled on a terminal, aligned columns without rules elsewhere.

    styled: the column whose word chooses the colour of its cell (an outcome).
    """
    clean = [[printable(cell) for cell in row] for row in rows]
    if on_terminal():
        _rich_table(heads, clean, styled)
    else:
        for line in aligned([list(heads), *clean]):
            click.echo(line)


def _rich_table(heads: Sequence[str], rows: Iterable[Sequence[str]], styled: int | None) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    found = Table(box=box.ROUNDED, show_lines=any("\n" in cell for row in rows for cell in row))
    for head in heads:
        found.add_column(head, overflow="fold")
    for row in rows:
        cells = [Text(cell, STYLES.get(cell, "") if index == styled else "") for index, cell in enumerate(row)]
        found.add_row(*cells)
    console().print(found)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines whose columns start below each other; line breaks in a cell become spaces."""
    flat = [[" ".join(cell.split()) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in flat) for column in range(len(flat[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in flat]


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A spinner with a word on what is being done, on a terminal, until the block ends; nothing elsewhere."""
    if not on_terminal():
        yield
        return
    with console().status(f"{what} ..."):
        yield


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, moved by calling `advance(done, total)`; plain lines where only stderr is a terminal."""
    if quiet or not on_terminal():
        silent = quiet or not sys.stderr.isatty()  # a log needs no lines that pass
        yield lambda done, total: None if silent else complain(f"{title}: {done}/{total}")
        return
    from rich.progress import Progress

    with Progress(console=console(), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
