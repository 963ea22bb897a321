"""All sheets in one folder: a page for each topic, made side by side, and an index."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.sheet_index import indexed
from chainrule.sheet_pages import index_page
from chainrule.sheet_views import IndexedView, IndexView
from chainrule.sheets import Choice, make_sheet
from chainrule.words import words

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.sheet_entries import Sheet

INDEX = "index.html"


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
    if jobs == 1:
        for one in wanted:
            page, entry = _write(*one)
            entries.append(entry)
            note(page)
    else:
        method = multiprocessing.get_context("spawn")  # a fork would inherit threads of the parent
        with ProcessPoolExecutor(min(jobs, len(wanted)), mp_context=method) as pool:
            for future in [pool.submit(_write, *one) for one in wanted]:
                page, entry = future.result()
                entries.append(entry)
                note(page)
    index = IndexView(words(choice.language)["index"], tuple(entries))
    note(_file(out / INDEX, index_page(index, language=choice.language)))
    return tuple(written)


def _write(out: Path, topic: str, folders: tuple[Path, ...] | None, choice: Choice) -> tuple[Written, IndexedView]:
    bank, sheets = _loaded(folders)
    made = make_sheet(bank, sheets, choice)
    name = f"{topic}.html"
    return _file(out / name, made.html()), indexed(made.sheet, made.worked, name, choice.language)


@cache
def _loaded(folders: tuple[Path, ...] | None) -> tuple[Bank, dict[str, Sheet]]:
    """The bank and its sheets, once for each process."""
    from questions.bank import load_bank
    from questions.sheets import load_sheets

    return load_bank(folders), load_sheets(folders)[0]


def _file(path: Path, text: str) -> Written:
    files.write(path, text)
    return Written(path, len(text.encode()))
