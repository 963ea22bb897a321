"""Many families checked, side by side where asked, without repeating what is known to be kept."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from questions import report_store
from questions.bank import Bank, load_bank, load_family
from questions.check import Report, check_family
from questions.family import Family

if TYPE_CHECKING:
    from grader.prover import Prover
    from grader.sandbox import Sandbox

CHUNK = 2  # families that one process checks before it takes others


@dataclass(frozen=True)
class Checked:
    """A report. kept: it was known from an earlier check of the same content."""

    report: Report
    kept: bool = False


def check_families(
    bank: Bank, ids: Sequence[str], seeds: Sequence[int], *, folders: Sequence[Path] | None = None, jobs: int = 1,
    again: bool = False,
) -> Iterator[Checked]:  # fmt: skip
    """The reports on these families as they become ready.

    folders: where the bank was loaded from, for other processes. jobs: processes. again: check what is known as well.
    """
    names = {id: report_store.name_of("\n".join(bank.family(id).document.lines), seeds) for id in ids}
    open_ids = []
    for id in ids:
        known = None if again else report_store.load(names[id])
        if known is not None and known.family == id:
            yield Checked(known, kept=True)
        else:
            open_ids.append(id)
    for report in _reports(bank, open_ids, seeds, folders, jobs):
        report_store.save(names[report.family], report)
        yield Checked(report)


def _reports(
    bank: Bank, ids: Sequence[str], seeds: Sequence[int], folders: Sequence[Path] | None, jobs: int
) -> Iterator[Report]:
    if jobs == 1 or len(ids) <= 1:
        yield from _check([bank.family(id) for id in ids], seeds)
        return
    chunks = [ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK)]
    executor = ProcessPoolExecutor(jobs, initializer=_start_worker)
    try:
        waiting = [executor.submit(check_chunk, chunk, seeds, folders) for chunk in chunks]
        for done in as_completed(waiting):
            yield from done.result()
    except BaseException:  # Ctrl-C as well: no chunk that has not begun is waited for
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


def _start_worker() -> None:
    """Processes side by side would wait for each other's threads; libraries that come later see this.

    Variants are made and dropped by the thousand: the collector need not look at what was loaded before, nor so often.
    """
    os.environ["OMP_NUM_THREADS"] = "1"
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def check_chunk(ids: Sequence[str], seeds: Sequence[int], folders: Sequence[Path] | None) -> list[Report]:
    """The reports on some families, checked in this process."""
    alone = [load_family(id, folders) for id in ids]
    families = [found for found in alone if found is not None]
    if len(families) < len(ids):
        bank = load_bank(folders)
        families = [bank.family(id) for id in ids]
    sandbox, prover = _judges()
    return [check_family(family, _of(family, seeds), sandbox=sandbox, prover=prover) for family in families]


@cache
def _judges() -> tuple[Sandbox, Prover]:
    """The sandbox and the prover of this process, for all families that it checks; they end when it does."""
    from grader.prover import Prover
    from grader.sandbox import Sandbox

    return Sandbox(), Prover()


def _check(families: Sequence[Family], seeds: Sequence[int]) -> Iterator[Report]:
    from grader.prover import Prover
    from grader.sandbox import Sandbox

    with Sandbox() as sandbox, Prover() as prover:
        for family in families:
            yield check_family(family, _of(family, seeds), sandbox=sandbox, prover=prover)


def _of(family: Family, seeds: Sequence[int]) -> Sequence[int]:
    """The seeds that the family wants to be checked with."""
    return seeds if family.spec.seeds is None else seeds[: family.spec.seeds]
