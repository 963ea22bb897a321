"""What was acknowledged is kept, whenever a process is killed and whoever else writes."""

from __future__ import annotations

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import run
from threading import Event

import pytest
import store_writers
from sqlalchemy import func, select

from chainrule.store.errors import StoreError
from chainrule.store.opening import open_store
from chainrule.store.queries import insert
from chainrule.store.records import Setting
from chainrule.store.store import Store
from chainrule.store.tables import SETTINGS

ROOT = Path(__file__).resolve().parents[3]
ENDLESS = 10**9
KILLS = {"sqlite": 40, "postgres": 12}
LONGEST = 0.06  # seconds from the first acknowledged answer to the end, at most


def started(url: str, most: int) -> tuple[BaseProcess, Connection]:
    """A process that writes, and where it tells what is kept."""
    here, there = Pipe(duplex=False)
    process = store_writers.context().Process(target=store_writers.write, args=(url, most, there))
    process.start()
    there.close()
    return process, here


def told(here: Connection) -> list[str]:
    """All ids that were acknowledged until the process ended."""
    found = []
    try:
        while True:
            found.append(here.recv())
    except EOFError:
        here.close()
        return found


def check(store: Store, acknowledged: list[str]) -> None:
    """That nothing acknowledged is lost, that the store is sound, and that it still takes records."""
    kept = {judged.attempt.id for judged in store.judged()}
    assert [id for id in acknowledged if id not in kept] == []
    if not store.name.startswith("postgresql"):
        with store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert store.add(Setting("a", "b")) == 1


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_what_was_acknowledged_survives_a_kill(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{kind}_url")
    chance = random.Random(1)
    acknowledged: list[str] = []
    for _ in range(KILLS[kind]):
        process, here = started(url, ENDLESS)
        acknowledged.append(here.recv())
        time.sleep(chance.uniform(0, LONGEST))
        process.kill()
        acknowledged += told(here)
        process.join()
        assert process.exitcode == -9
        process.close()
        with open_store(url) as store:
            check(store, acknowledged)
    assert len(acknowledged) > KILLS[kind]


def test_a_kill_while_a_store_is_made_leaves_one_that_opens(tmp_path: Path) -> None:
    chance = random.Random(2)
    for number in range(10):
        url = str(tmp_path / f"{number}.db")
        process, here = started(url, ENDLESS)
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        acknowledged = told(here)
        process.join()
        process.close()
        with open_store(url) as store:
            check(store, acknowledged)


def test_processes_that_write_at_once_lose_nothing(url: str) -> None:
    writers = [started(url, 60) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        acknowledged = [id for ids in threads.map(told, (here for _, here in writers)) for id in ids]
    for process, _ in writers:
        process.join()
        assert process.exitcode == 0
        process.close()
    with open_store(url) as store:
        assert len(acknowledged) == len(store.judged()) == 180
        check(store, acknowledged)


def test_threads_that_share_a_store_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(lambda n: store.add(Setting("a", str(n), learner=str(n))), range(80))) == 80
    assert len(store.learners()) == 80


def test_a_step_that_reads_before_it_writes_is_not_overtaken(store: Store) -> None:
    reading, how_many = Event(), select(func.count()).select_from(SETTINGS)

    def other() -> int:
        reading.wait()
        return store.add(Setting("a", "later"))

    with ThreadPoolExecutor(1) as threads:
        added = threads.submit(other)
        with store.writing() as connection:
            assert connection.scalar(how_many) == 0
            reading.set()
            time.sleep(0.1)
            insert(connection, [Setting("a", "first")])
        assert added.result() == 1
    with store.reading() as connection:
        assert connection.scalar(how_many) == 2


FULL = """
import resource, sys
from chainrule.store.errors import StoreError
from chainrule.store.opening import open_store
from chainrule.store.records import Setting

with open_store(sys.argv[1]) as store:
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, most[1]))
    kept = 0
    try:
        while True:
            store.add(Setting("a", "x" * 5000, learner=str(kept)))
            kept += 1
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert kept > 10
    assert len(store.learners()) == kept
    assert store.add(Setting("a", "b", learner="later")) == 1
"""


def test_a_disk_that_takes_no_more_is_said_and_costs_nothing_kept(sqlite_url: str) -> None:
    done = run([sys.executable, "-c", FULL, sqlite_url], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{sqlite_url}: cannot be read or written: the disk failed or is full. Nothing of")


def test_a_full_disk_is_said_and_costs_nothing_kept(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        with store.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match=r"cannot grow: the disk is full\. Nothing of this step was kept"):
            store.add(*(Setting("a", "x" * 5000) for _ in range(20)))
        assert store.learners() == ()
        with store.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        assert store.add(Setting("a", "b")) == 1
