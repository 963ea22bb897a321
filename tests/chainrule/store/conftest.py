"""Stores to test against: SQLite always, PostgreSQL where its programs are installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import postgres_server
import pytest

from chainrule.store.opening import open_store
from chainrule.store.store import Store


@pytest.fixture(scope="session")
def server() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server of this test run."""
    if reason := postgres_server.missing():
        pytest.skip(reason)
    with postgres_server.running_server() as found:
        yield found


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


@pytest.fixture
def postgres_url(server: postgres_server.Server) -> str:
    return server.new_database()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Where a new store goes, for each database."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A new, open store, for each database."""
    with open_store(url) as found:
        yield found
