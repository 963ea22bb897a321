"""Threads that write take turns by themselves, without SQLite's naps between looks."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from chainrule.store import engines
from chainrule.store.opening import open_store
from chainrule.store.records import Setting


def test_a_thread_waits_for_another_before_sqlite_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY", 0.0)  # SQLite itself would refuse at once
    errors: list[Exception] = []
    with open_store(str(tmp_path / "store.db")) as store:
        inside = Event()

        def waits() -> None:
            inside.wait(10)
            try:
                store.add(Setting("later", "b"))
            except Exception as error:
                errors.append(error)

        thread = Thread(target=waits)
        thread.start()
        with store.writing():
            inside.set()
            thread.join(0.2)
        thread.join(10)
        assert errors == []
        assert store.setting("later") == "b"
