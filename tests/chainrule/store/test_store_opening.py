"""Which store is opened, who may read it, and what is said where it cannot be."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from postgres_server import Server

from chainrule.store.errors import StoreError
from chainrule.store.opening import default_path, open_store
from chainrule.store.records import Setting


def reason(url: str) -> str:
    """What is said where the store cannot be opened."""
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_without_a_url_the_environment_is_asked_then_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CHAINRULE_STORE", raising=False)
    with open_store():
        assert default_path().is_file()
        assert default_path().name == "store.db"
        assert default_path().is_relative_to(tmp_path)
    monkeypatch.setenv("CHAINRULE_STORE", str(tmp_path / "mine.db"))
    with open_store() as store:
        assert store.name == str(tmp_path / "mine.db")


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "deep/er/s.db", "~/s.db", "a b%20?c#d.db", "file:s.db"])
def test_a_path_is_taken_as_it_is(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    url = form.format(tmp_path / "s.db")
    path = tmp_path / url.removeprefix("sqlite:///").replace("~", "home")
    with open_store(url) as store:
        store.add(Setting("a", "b"))
        assert store.name == str(path)
        assert path.stat().st_size > 0


def test_only_the_owner_reads_a_store_also_while_it_is_written(sqlite_url: str) -> None:
    before = os.umask(0)
    try:
        with open_store(sqlite_url) as store:
            store.add(Setting("a", "b"))
            files = list(Path(sqlite_url).parent.iterdir())
            assert {path.name for path in files} == {"store.db", "store.db-wal", "store.db-shm"}
            assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    finally:
        os.umask(before)


def test_a_closed_store_is_one_file(sqlite_url: str) -> None:
    with open_store(sqlite_url) as store:
        store.add(Setting("a", "b"))
    assert [path.name for path in Path(sqlite_url).parent.iterdir()] == ["store.db"]


def test_commits_reach_the_disk_and_references_are_checked(sqlite_url: str) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    with open_store(sqlite_url) as store, store.reading() as connection:
        for name, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value


def test_commits_reach_the_disk_of_a_server_that_is_lax_by_itself(postgres_url: str) -> None:
    with open_store(postgres_url) as store, store.writing() as connection:
        name = connection.exec_driver_sql("SELECT current_database()").scalar()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit TO OFF")
    with open_store(postgres_url) as store, store.reading() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


@pytest.mark.parametrize(
    "content", [b"not a database, but text" * 50, b"\x00" * 4096, b"SQLite format 3\x00" + b"?" * 900]
)
def test_a_file_that_is_no_database_is_left_as_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert reason(str(path)).startswith(f"{path}: is no database; give the path of a store or of a new file, or choose")
    assert path.read_bytes() == content


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    assert reason(str(tmp_path)) == f"{tmp_path}: a folder; give the path of a file in it, such as {tmp_path}/store.db"


@contextmanager
def readable_only() -> Iterator[Path]:
    """A folder with a store that this user may read and not write. Root is an ordinary user meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        open_store(str(folder / "old.db")).close()
        (folder / "old.db").chmod(0o444)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        try:
            if root:
                os.seteuid(65534)
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o700)


@pytest.mark.parametrize("name", ["new.db", "old.db", "sub/new.db"])
def test_a_folder_that_may_only_be_read_is_named_with_the_remedy(name: str) -> None:
    with readable_only() as folder:
        said = reason(str(folder / name))
    assert said == (
        f"{folder / name}: cannot be made or written: permission denied; "
        "choose another store with --store or CHAINRULE_STORE"
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://me:hush@host/db", "a store's URL: came mysql://, expected a path, sqlite:///PATH or postgresql://"),
        ("sqlite://", "a store needs a file: sqlite:///PATH"),
        ("sqlite:///:memory:", "a store needs a file: sqlite:///PATH"),
        ("postgresql://me:hush@host:port/db", "a store's URL, postgresql://..., cannot be read; expected a path"),
        ("://hush", "a store's URL, ://..., cannot be read; expected a path"),
    ],
)
def test_an_unusable_url_is_said_without_its_password(url: str, said: str) -> None:
    assert reason(url).startswith(said)
    assert "hush" not in reason(url)


def test_a_server_that_is_not_there_is_said_without_the_password() -> None:
    pytest.importorskip("psycopg")
    for password in ("me:hush@", "", "me@"):
        said = reason(f"postgres://{password}127.0.0.1:1/db?password=hush")
        assert said.startswith(f"postgresql://{'me@' * bool(password)}127.0.0.1:1/db: no connection: ")
        assert "check that the server runs" in said
        assert "hush" not in said


def test_what_a_server_refuses_is_said_without_the_password(server: Server) -> None:
    said = reason(server.url(password="wrong-hush"))
    assert 'no connection: password authentication failed for user "tester"; check' in said
    assert "hush" not in said
    said = reason(server.url("nowhere"))
    assert 'no connection: database "nowhere" does not exist; check' in said
    assert server.password not in said


def test_a_missing_driver_names_its_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert reason("postgresql://host/db") == "PostgreSQL needs the package psycopg: pip install 'chainrule[postgres]'"


def test_a_connection_that_the_server_ended_is_made_anew(postgres_url: str) -> None:
    with open_store(postgres_url) as store, open_store(postgres_url) as other:
        store.add(Setting("a", "1"))
        with other.reading() as connection:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            connection.exec_driver_sql(f"{ended} AND pid <> pg_backend_pid()")
        assert store.add(Setting("a", "2")) == 1
        assert store.setting("a") == "2"
