"""Backups: whole copies made while others write, put back only where they are whole and nothing is lost by it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from multiprocessing import Pipe
from pathlib import Path

import pytest
import store_writers

from chainrule.classes.records import Account
from chainrule.classes.rows import first, put
from chainrule.store.backup import back_up, restore
from chainrule.store.errors import StoreError
from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Item
from chainrule.store.soundness import faults_of_file, soundness


@pytest.fixture(autouse=True)
def _programs(request: pytest.FixtureRequest) -> None:
    """PostgreSQL is backed up with its own programs."""
    postgres = "postgres_url" in request.fixturenames or "postgres" in request.node.name
    if postgres and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("pg_dump and pg_restore are not installed")


def filled(url: str, count: int = 3, login: str = "anna") -> list[Attempt]:
    """A store with an item, attempts at it, and an account, beside what it holds."""
    item = Item("layers.dense", "v", 1, "é", "practice")
    attempts = [store_writers.attempt(item, number) for number in range(count)]
    with open_store(url) as store:
        store.add(item, *attempts)
        put(store, Account(login, "Anna", "student", "hash"))
    return attempts


def test_what_was_backed_up_is_restored_into_a_new_store(sqlite_url: str, tmp_path: Path) -> None:
    attempts = filled(sqlite_url)
    file, new = tmp_path / "backups" / "copy", str(tmp_path / "new.db")
    back_up(sqlite_url, file)
    filled(sqlite_url, 1, "ben")  # what came later is not in it
    assert restore(file, new).kept is None
    with open_store(new) as store:
        assert {one.attempt.id for one in store.judged()} == {one.id for one in attempts}
        assert first(store, Account, login="anna") is not None


def test_postgres_is_dumped_and_loaded_by_its_own_programs(postgres_url: str, server: object, tmp_path: Path) -> None:
    attempts = filled(postgres_url)
    file = tmp_path / "dump"
    back_up(postgres_url, file)
    with pytest.raises(StoreError, match=r"holds 5 records; make a new database"):
        restore(file, postgres_url)
    new = server.new_database()  # type: ignore[attr-defined]
    restore(file, new)
    with open_store(new) as store:
        assert {one.attempt.id for one in store.judged()} == {one.id for one in attempts}
        store.add(Item("layers.dense", "v", 2, "", "practice"))  # rows go on being counted
    file.write_bytes(file.read_bytes()[:-2000])
    empty = server.new_database()  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match=r"pg_restore: .*nothing was changed"):
        restore(file, empty)
    with open_store(empty) as store:
        assert sum(soundness(store).counts.values()) == 0


def test_a_copy_made_while_another_writes_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url):
        pass
    context = store_writers.context()
    ours, theirs = Pipe(duplex=False)
    writer = context.Process(target=store_writers.write, args=(sqlite_url, 1000, theirs))
    writer.start()
    theirs.close()
    try:
        told = [ours.recv() for _ in range(5)]
        for number in range(5):
            file = tmp_path / f"copy{number}"
            back_up(sqlite_url, file)
            assert faults_of_file(file) == ()
            with sqlite3.connect(file) as copy:
                there = {row[0] for row in copy.execute("SELECT id FROM attempts")}
                assert copy.execute(
                    "SELECT count(*) FROM attempts WHERE item NOT IN (SELECT id FROM items)"
                ).fetchone() == (0,)
            copy.close()
            assert set(told) <= there, "what was acknowledged before it began is in it"
            while ours.poll():
                told.append(ours.recv())
        assert writer.is_alive(), "it wrote all the time"
    finally:
        writer.kill()
        writer.join()
        ours.close()


@pytest.mark.skipif(os.name != "posix", reason="there are no such permissions here")
def test_only_its_owner_can_read_a_copy(url: str, tmp_path: Path) -> None:
    filled(url)
    back_up(url, tmp_path / "copy")
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_store_that_holds_something_is_kept_beside(sqlite_url: str, tmp_path: Path) -> None:
    attempts = filled(sqlite_url)
    file = tmp_path / "copy"
    back_up(sqlite_url, file)
    later = filled(sqlite_url + ".other", 7)
    with pytest.raises(StoreError, match=r"holds 9 records; .*--force"):
        restore(file, sqlite_url + ".other")
    kept = restore(file, sqlite_url + ".other", force=True).kept
    assert kept is not None
    with open_store(str(kept)) as store:
        assert len(store.judged()) == len(later)
    with open_store(sqlite_url + ".other") as store:
        assert len(store.judged()) == len(attempts)


def test_a_store_that_holds_nothing_gives_way(sqlite_url: str, tmp_path: Path) -> None:
    filled(sqlite_url)
    back_up(sqlite_url, tmp_path / "copy")
    with open_store(str(tmp_path / "empty.db")):
        pass
    assert restore(tmp_path / "copy", str(tmp_path / "empty.db")).kept is None


@pytest.mark.parametrize("force", [False, True])
def test_a_store_in_use_is_left_alone(sqlite_url: str, tmp_path: Path, force: bool) -> None:
    filled(sqlite_url)
    back_up(sqlite_url, tmp_path / "copy")
    with open_store(sqlite_url) as store:
        store.items()
        with pytest.raises(StoreError, match="in use; stop the server"):
            restore(tmp_path / "copy", sqlite_url, force=force)
        assert len(store.judged()) == 3


@pytest.mark.parametrize("damage", ["cut", "zeroed", "other", "empty", "newer"])
def test_what_is_no_whole_backup_is_refused(sqlite_url: str, tmp_path: Path, damage: str) -> None:
    filled(sqlite_url, 200)
    file, new = tmp_path / "copy", tmp_path / "new.db"
    back_up(sqlite_url, file)
    data = file.read_bytes()
    match damage:
        case "cut":
            file.write_bytes(data[: len(data) // 2])
        case "zeroed":
            file.write_bytes(data[:100] + bytes(len(data) - 4196) + data[-4096:])
        case "empty":
            file.write_bytes(b"")
        case "other":
            file.unlink()
            with sqlite3.connect(file) as other:
                other.execute("CREATE TABLE t (a)")
            other.close()
        case "newer":
            with sqlite3.connect(file) as copy:
                copy.execute("UPDATE chainrule_version SET version_num = '9999'")
            copy.close()
    with pytest.raises(StoreError) as error:
        restore(file, str(new), force=True)
    assert not new.exists()
    assert "nothing was changed" in str(error.value) or "no backup of a store" in str(error.value)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_damaged_store_is_told_and_can_be_replaced(sqlite_url: str, tmp_path: Path) -> None:
    filled(sqlite_url, 200)
    file, path = tmp_path / "copy", Path(sqlite_url)
    back_up(sqlite_url, file)
    data = path.read_bytes()
    path.write_bytes(data[:4096] + os.urandom(len(data) - 8192) + data[-4096:])
    with pytest.raises(StoreError, match="nothing was changed"):
        back_up(sqlite_url, tmp_path / "second")
    assert not (tmp_path / "second").exists()
    assert restore(file, sqlite_url, force=True).kept is not None
    with open_store(sqlite_url) as store:
        assert soundness(store).faults == ()
        assert len(store.judged()) == 200


def test_a_reference_to_nothing_is_told(sqlite_url: str) -> None:
    filled(sqlite_url)
    with sqlite3.connect(sqlite_url) as connection:
        connection.execute("DELETE FROM items")
    connection.close()
    with open_store(sqlite_url) as store:
        assert soundness(store).faults[0] == "a record in attempts refers to one in items that is not there"


def test_a_store_is_no_backup_of_itself(sqlite_url: str) -> None:
    filled(sqlite_url)
    with pytest.raises(StoreError, match="is the store itself"):
        back_up(sqlite_url, Path(sqlite_url))
    with pytest.raises(StoreError, match="is the store itself"):
        restore(Path(sqlite_url), sqlite_url, force=True)


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        back_up(str(tmp_path / "none.db"), tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []


def test_kinds_of_databases_are_not_mixed(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"PGDMP and more")
    with pytest.raises(StoreError, match="other kind of database"):
        restore(tmp_path / "dump", sqlite_url)
