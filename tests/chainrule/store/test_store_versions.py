"""The tables are what the versions make, are made once, and are refused where they are not ours to touch."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import alembic.command
import pytest
import store_writers
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from chainrule.classes.records import Accommodation, Account, Assignment, Audit, Classroom
from chainrule.classes.rows import found
from chainrule.store import versions
from chainrule.store.class_tables import CLASS_TABLES
from chainrule.store.errors import StoreError
from chainrule.store.opening import open_store
from chainrule.store.records import Setting
from chainrule.store.store import Store
from chainrule.store.tables import METADATA, TABLES


def test_the_versions_make_the_tables(store: Store) -> None:
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": versions.TABLE, "compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_each_record_has_a_table_with_a_column_for_each_field() -> None:
    for kind, table in [*TABLES.items(), *CLASS_TABLES.items()]:
        assert {column.name for column in table.columns} == {field.name for field in fields(kind)} | {"row"}
    assert {*TABLES.values(), *CLASS_TABLES.values()} == set(METADATA.tables.values())


def test_the_newest_version_is_the_last_of_one_line() -> None:
    assert ScriptDirectory.from_config(versions.config()).get_heads() == [versions.NEWEST]


def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(url: str) -> None:
    with open_store(url) as store, store.writing() as connection:
        connection.execute(text("UPDATE chainrule_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"made by a newer Chainrule \(its tables are version 9999.*update Chainrule"):
        open_store(url)
    with store.writing() as connection:
        assert connection.execute(text("SELECT version_num FROM chainrule_version")).scalar() == "9999"
        connection.execute(text(f"UPDATE chainrule_version SET version_num = '{versions.NEWEST}'"))
    open_store(url).close()
    store.close()


def test_a_store_of_the_first_version_is_brought_up_to_date(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = alembic.command.upgrade
    monkeypatch.setattr(alembic.command, "upgrade", lambda config, _: real(config, "0001"))
    with open_store(url) as store:
        store.add(Setting("a", "b"))
        with store.reading() as connection:
            assert versions.version(connection) == "0001"
    monkeypatch.undo()
    with open_store(url) as store:
        assert store.setting("a") == "b"
        with store.reading() as connection:
            assert versions.version(connection) == versions.NEWEST


def test_what_a_class_kept_in_the_second_version_stays_as_it_was(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, at = alembic.command.upgrade, datetime(2026, 1, 18, 9, tzinfo=UTC)
    monkeypatch.setattr(alembic.command, "upgrade", lambda config, _: real(config, "0002"))
    account = Account("ivy", "Ivy", "instructor", "", at=at)
    room = Classroom("Deep Learning", "UTC", account.id, at=at)
    given = Assignment(room.id, "Exam one", "", at, at, at, "secret", at=at)
    own = Accommodation(given.id, account.id, at.isoformat(), 1.5, at=at)
    line = Audit(account.id, "login", "ivy", "127.0.0.1", at=at)
    with open_store(url) as store, store.writing() as connection:
        for record in (account, room, given, own, line):
            values = {name: value for name, value in vars(record).items() if name not in ("more", "held", "whom")}
            connection.execute(CLASS_TABLES[type(record)].insert().values(**values))
    monkeypatch.undo()
    with open_store(url) as store:
        assert (found(store, Accommodation), found(store, Audit)) == ((own,), (line,))


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (id)")
    with pytest.raises(
        StoreError, match=r"belongs to another program \(table bookmarks\); give Chainrule a database of"
    ):
        open_store(str(path))


def test_a_server_s_database_is_shared_unless_a_name_is_used_twice(postgres_url: str) -> None:
    engine = open_store(postgres_url)
    with engine.writing() as connection:
        connection.execute(text("DROP TABLE chainrule_version"))
        connection.execute(text("CREATE TABLE others (id int)"))
    with pytest.raises(StoreError, match=r"belongs to another program \(table accommodations\)"):
        open_store(postgres_url)
    with engine.writing() as connection:
        METADATA.drop_all(connection)
    engine.close()
    with open_store(postgres_url) as store:
        assert store.add(Setting("a", "b")) == 1


def test_a_failed_version_leaves_nothing_behind(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = alembic.command.upgrade

    def broken(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        raise RuntimeError("power cut")

    monkeypatch.setattr(alembic.command, "upgrade", broken)
    with pytest.raises(RuntimeError, match="power cut"):
        open_store(url)
    monkeypatch.undo()
    with open_store(url) as store:
        assert store.learners() == ()


def test_a_new_file_that_another_begins_to_write_is_waited_for(sqlite_url: str) -> None:
    with closing(sqlite3.connect(sqlite_url, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ending = Timer(0.3, other.rollback)
        ending.start()
        open_store(sqlite_url).close()
        ending.join()


@pytest.mark.parametrize("round", range(3))
def test_processes_that_open_a_new_store_at_once_all_get_it(url: str, round: int) -> None:
    context = store_writers.context()
    gate = context.Barrier(6)
    processes = [context.Process(target=store_writers.open_and_add, args=(url, number, gate)) for number in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
        process.close()
    with open_store(url) as store:
        assert sorted(store.learners()) == list("012345")
