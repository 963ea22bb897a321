"""A store for what a class server knows, with one class in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_sites import PASSWORD, QUICK

from chainrule.classes.accounts import add_account
from chainrule.classes.records import Account, Classroom
from chainrule.classes.rows import put
from chainrule.store.opening import open_store
from chainrule.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "class.db")) as found:
        yield found


@pytest.fixture
def ivy(store: Store) -> Account:
    """An instructor."""
    return add_account(store, QUICK, "ivy", "Ivy", PASSWORD, "instructor")


@pytest.fixture
def sam(store: Store) -> Account:
    """A student."""
    return add_account(store, QUICK, "sam", "Sam", PASSWORD)


@pytest.fixture
def room(store: Store, ivy: Account) -> Classroom:
    """A class that Ivy owns."""
    room = Classroom("Deep Learning", "UTC", ivy.id)
    put(store, room)
    return room
