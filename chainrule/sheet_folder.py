"""All sheets in one folder: a page for each topic, made side by side, and an index."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeAlias

from chainrule import files
from chainrule.sheet_index import indexed
from chainrule.sheet_pages import index_page
from chainrule.sheet_views import IndexedView, IndexView
from chainrule.sheets import Choice, make_sheet
from chainrule.words import words
from questions.bank import Bank, load_bank
from questions.sheets import load_sheets

INDEX = "index.html"
Wanted: TypeAlias = tuple[Path, str, tuple[Path, ...] | None, Choice]


@dataclass(frozen=True)
class Written:
    """A page that was written. size: bytes."""

    path: Path
    size: int


def write_folder(
    out: Path,
    topics: Sequence[str],
    folders: Sequence[Path] | None,
    choice: Choice,
    *,
    jobs: int = 1,
    done: Callable[[Written], None] = lambda _: None,
) -> tuple[Written, ...]:
    """Writes `<topic>.html` for each topic and the index; `done` is called after each, in order.

    folders: of the banks, None for the shipped one.
    """
    out.mkdir(parents=True, exist_ok=True)
    written: list[Written] = []
    entries: list[IndexedView] = []

    def note(page: Written) -> None:
        written.append(page)
        done(page)

    places = tuple(folders) if folders is not None else None
    wanted = [(out, topic, places, replace(choice, topics=(topic,))) for topic in topics]
    for page, entry in _made(wanted, min(jobs, len(wanted))):
        entries.append(entry)
        note(page)
    index = IndexView(words(choice.language)["index"], tuple(entries))
    note(_file(out / INDEX, index_page(index, language=choice.language)))
    return tuple(written)


def _made(wanted: Sequence[Wanted], jobs: int) -> Iterator[tuple[Written, IndexedView]]:
    """The pages as they are written, in order."""
    if jobs <= 1:
        yield from (_write(*one) for one in wanted)
        return
    method = multiprocessing.get_context("spawn")  # a fork would inherit threads of the parent
    pool = ProcessPoolExecutor(jobs, mp_context=method, initializer=_start_worker)
    try:
        with _deaf():
            coming = [pool.submit(_write_or_end, *one) for one in wanted]
        for future in coming:
            yield future.result()
    except BaseException:  # Ctrl-C as well: no other page is waited for
        pool.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    pool.shutdown()


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes that are started here never hear Ctrl-C: their parent does, and ends them."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _start_worker() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # an exception, so that no file is left half written


def _write_or_end(
    out: Path, topic: str, folders: tuple[Path, ...] | None, choice: Choice
) -> tuple[Written, IndexedView]:
    try:
        return _write(out, topic, folders, choice)
    except SystemExit:  # the pool would take it for a result, and go on
        os._exit(1)


def _write(out: Path, topic: str, folders: tuple[Path, ...] | None, choice: Choice) -> tuple[Written, IndexedView]:
    sheets, _ = load_sheets(folders, [topic])
    made = make_sheet(_bank(folders), sheets, choice)
    name = f"{topic}.html"
    return _file(out / name, made.html()), indexed(made.sheet, made.worked, name, choice.language)


@cache
def _bank(folders: tuple[Path, ...] | None) -> Bank:
    """The bank, once for each process."""
    return load_bank(folders)


def _file(path: Path, text: str) -> Written:
    files.write(path, text)
    return Written(path, len(text.encode()))
