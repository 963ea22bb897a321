"""`chainrule admin`: backups, accounts and sessions on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chainrule import cli
from chainrule.classes import sessions, tokens
from chainrule.classes.accounts import account_of, recognised
from chainrule.classes.passwords import Passwords
from chainrule.classes.records import Audit
from chainrule.classes.rows import found
from chainrule.options import Exit
from chainrule.store.opening import open_store
from chainrule.store.records import Item, now

PASSWORD = "seven pale lanterns"
OTHER = "nine bright kettles"


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "store.db")


@pytest.fixture
def admin(store: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `chainrule admin WORDS` and gives what it prints as JSON."""

    def run(*words: str, code: int = Exit.OK) -> Any:
        assert cli.run(["admin", *words, "--store", store, "--json"]) == code
        said = capsys.readouterr()
        return json.loads(said.out) if code != Exit.USAGE else said.err

    return run


def test_a_store_goes_into_a_file_and_back(admin: Any, store: str, tmp_path: Path) -> None:
    with open_store(store) as kept:
        kept.add(Item("layers.dense", "v", 1, "", "practice"))
    file = tmp_path / "copy.db"
    assert admin("backup", str(file)) == {"file": str(file), "bytes": file.stat().st_size}
    assert "add --force" in admin("restore", str(file), code=Exit.USAGE)
    restored = admin("restore", str(file), "--force")
    assert Path(restored["kept"]).exists()
    checked = admin("check")
    assert (checked["counts"]["items"], checked["faults"]) == (1, [])
    with open_store(store) as kept:
        assert [one.what for one in found(kept, Audit)] == ["restore"]


def test_what_was_ended_since_a_backup_is_not_alive_again(admin: Any, store: str, tmp_path: Path) -> None:
    admin("account", "add", "ivy", "--password", PASSWORD)
    with open_store(store) as kept:
        account = account_of(kept, "ivy")
        cookie = sessions.begin(kept, account.id, now())
        secret = tokens.new(kept, account.id, "script", 9, now())[1]
        assert sessions.recall(kept, cookie, now()) and tokens.recall(kept, secret, now())
    file = tmp_path / "copy.db"
    admin("backup", str(file))
    admin("account", "password", "ivy", "--password", OTHER)
    assert admin("restore", str(file), "--force")["ended"] == {"sessions": 1, "tokens": 1}
    with open_store(store) as kept:
        assert sessions.recall(kept, cookie, now()) is None
        assert tokens.recall(kept, secret, now()) is None


def test_check_tells_damage_by_its_exit_code(admin: Any, store: str) -> None:
    import sqlite3

    with open_store(store):
        pass
    with sqlite3.connect(store) as connection:
        connection.execute("INSERT INTO drafts VALUES (1, 'd', '2026-01-01', 'nothing', 'a', 'x', 0.0)")
    connection.close()
    assert admin("check", code=Exit.NOT_RIGHT)["faults"] == [
        "a record in drafts refers to one in items that is not there"
    ]


def test_accounts_are_added_and_closed_and_their_sessions_end(admin: Any, store: str) -> None:
    added = admin("account", "add", "Ivy", "--name", "Ivy Green", "--role", "instructor", "--password", PASSWORD)
    assert (added["login"], added["role"]) == ("ivy", "instructor")
    assert "taken" in admin("account", "add", "ivy", "--password", PASSWORD, code=Exit.USAGE)
    assert "no account" in admin("account", "deactivate", "nobody", code=Exit.USAGE)
    with open_store(store) as kept:
        account = account_of(kept, "ivy")
        sessions.begin(kept, account.id, now())
        sessions.begin(kept, account.id, now())
    assert "--all" in admin("sessions", "end", code=Exit.USAGE)
    assert admin("sessions", "end", "ivy") == {"ended": 2}
    assert admin("account", "password", "ivy", "--password", OTHER) == {"login": "ivy"}
    admin("account", "deactivate", "ivy")
    assert [one["active"] for one in admin("account", "list")["accounts"]] == [False]
    admin("account", "activate", "ivy")
    with open_store(store) as kept:
        assert recognised(kept, Passwords(), "ivy", OTHER) is not None
        assert recognised(kept, Passwords(), "ivy", PASSWORD) is None
        told = {one.what for one in found(kept, Audit)}
    assert told == {"account-made", "session-ended", "password-changed", "account-closed", "account-opened"}
