"""Settings and exit codes that every command shares, and the options that set them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from chainrule.store.records import Exam
    from chainrule.store.store import Store
    from questions.bank import Bank
    from questions.family import Family
    from questions.faults import Fault
    from questions.sheet_entries import Sheet

Function = TypeVar("Function", bound=Callable[..., Any])


# Commands that say their store.
STORED = frozenset({"practice", "exam", "progress", "report", "appeals", "regrade", "serve"})


class Exit(IntEnum):
    """What the exit code says."""

    OK = 0
    NOT_RIGHT = 1  # judged and not all right, or a check failed
    USAGE = 2  # a wrong option, an unknown id, or input that cannot be read
    FAULT = 3  # ours
    INTERRUPTED = 130  # Ctrl-C


@dataclass
class Settings:
    """The global options. Mutable only while click reads the command line."""

    banks: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    store: str | None = None
    color: bool = True
    debug: bool = False


def settings() -> Settings:
    """The settings of the running command."""
    return click.get_current_context().ensure_object(Settings)


def open_bank() -> Bank:
    """The bank that `--bank` names, or the shipped one; says on stderr which files could not be loaded."""
    from questions.bank import load_bank

    bank = load_bank(bank_folders())
    _say_faults(bank.faults)
    return bank


def open_family(id: str) -> Family:
    """One family of the bank. Raises `UnknownId`, which names the nearest; says on stderr what could not be loaded."""
    from questions.bank import load_family

    return load_family(id, bank_folders()) or open_bank().family(id)


def open_sheets(topics: Collection[str]) -> Mapping[str, Sheet]:
    """The revision sheets of these topics, () for all, by topic; says on stderr which could not be loaded."""
    from questions.sheets import load_sheets

    sheets, faults = load_sheets(bank_folders(), topics)
    _say_faults(faults)
    return sheets


def bank_folders() -> list[Path] | None:
    """The folders of the banks: those that `--bank` names, or the shipped one, and those that are added to it.

    None for the shipped bank alone. Added are installed banks, where `--bank` names none, and what `--add-bank` names.
    """
    from chainrule.packs import installed_banks

    named = [Path(folder) for folder in settings().banks]
    added = [*([] if named else installed_banks()), *(Path(folder) for folder in settings().added)]
    if not named and not added:
        return None
    from questions.bank import shipped_folder

    return [*(named or [shipped_folder()]), *added]


def _say_faults(faults: Iterable[Fault]) -> None:
    for fault in faults:
        click.echo(f"chainrule: not loaded: {fault}", err=True)


def command_line(command: str, *words: str | Path) -> str:
    """A command of ours as a shell takes it, with the banks and the store of this run.

    The store stands at commands that take one, and a URL that may hold a password is not repeated.
    """
    banks = [f"--bank {shlex.quote(folder)}" for folder in settings().banks]
    banks += [f"--add-bank {shlex.quote(folder)}" for folder in settings().added]
    store = settings().store if command in STORED else None
    if store is not None and "@" not in store:
        banks.append(f"--store {shlex.quote(store)}")
    shown = [short_path(word) if isinstance(word, Path) else word for word in words]
    return " ".join(["chainrule", command, *banks, *shown])


def short_path(path: Path) -> str:
    """The path with ~ for the home folder, as a shell takes it."""
    home = Path.home()
    return f"~/{shlex.quote(str(path.relative_to(home)))}" if path.is_relative_to(home) else shlex.quote(str(path))


def _set_banks(context: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
    found = context.ensure_object(Settings)
    found.banks += value


def _set_added(context: click.Context, _: click.Parameter, value: tuple[str, ...]) -> None:
    found = context.ensure_object(Settings)
    found.added += value


def _set_store(context: click.Context, _: click.Parameter, value: str | None) -> str | None:
    context.ensure_object(Settings).store = value
    return value


def _set_no_color(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Settings).color = False


def _set_debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Settings).debug = True


def global_options(*, hidden: bool) -> list[click.Parameter]:
    """`--bank`, `--no-color` and `--debug`; commands take them too, hidden, so that they may stand last."""
    folder = click.Path(exists=True, file_okay=False)
    return [
        click.Option(
            ["--bank"], type=folder, multiple=True, metavar="DIR", expose_value=False, hidden=hidden,
            callback=_set_banks, help="Read questions from this folder instead of the shipped ones. Repeatable.",
        ),
        click.Option(
            ["--add-bank"], type=folder, multiple=True, metavar="DIR", expose_value=False, hidden=hidden,
            callback=_set_added, help="Read questions from this folder beside the others. Repeatable.",
        ),
        click.Option(
            ["--no-color"], is_flag=True, expose_value=False, hidden=hidden, callback=_set_no_color,
            help="Plain text. NO_COLOR in the environment does the same.",
        ),
        click.Option(
            ["--debug"], is_flag=True, expose_value=False, hidden=hidden, callback=_set_debug,
            help="Show the traceback of a fault.",
        ),
    ]  # fmt: skip


class Command(click.Command):
    """A command that takes the global options after its name too."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.params = [*self.params, *global_options(hidden=True)]


class Minutes(click.FloatRange):
    """A number of minutes within bounds; `nan`, which no bound keeps out, is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The minutes."""
        found = float(super().convert(value, param, ctx))
        if isnan(found):
            self.fail("nan is no number of minutes", param, ctx)
        return found


def json_option(function: Function) -> Function:
    """The function with `--json`, which arrives as the argument `as_json`."""
    option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
    return option(function)


def store_option(function: Function) -> Function:
    """The function with `--store`, which arrives as the argument `store`."""
    help = "Where answers are kept: a file, or postgresql://... [default: your data folder, or CHAINRULE_STORE]"
    return click.option("--store", metavar="URL", callback=_set_store, help=help)(function)


def open_store_option(url: str | None) -> Store:
    """The store that `--store` names, to be used in a `with`. Raises StoreError."""
    from chainrule.store.opening import open_store

    return open_store(url)


def exam_of(store: Store, id: str) -> Exam:
    """The exam of that form, however its letters are written. Raises UsageError."""
    from chainrule.store.errors import NotInStore

    try:
        return store.exam(id.strip().upper())
    except NotInStore:
        known = command_line("exam", "--list")
        raise click.UsageError(f"{store.name} has no exam {id!r}; `{known}` lists them") from None


def example(text: str) -> str:
    """An epilog for `--help` that shows `text` as it is typed."""
    return "\b\nExample:\n" + "\n".join("  " + line for line in text.strip().splitlines())
