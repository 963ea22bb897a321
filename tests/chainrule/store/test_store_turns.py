"""Threads that write take turns, and none waits much longer than the others."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from chainrule.store.opening import open_store
from chainrule.store.records import Setting


def test_a_thread_writes_as_soon_as_another_has_written(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.db")) as store:
        inside, done = Event(), Event()

        def waits() -> None:
            inside.wait(10)
            store.add(Setting("later", "b"))
            done.set()

        thread = Thread(target=waits)
        thread.start()
        with store.writing():
            inside.set()
            assert not done.wait(0.3), "one at a time"
        # SQLite's own waiting would have slept for a tenth of a second by now, and again
        assert done.wait(10)
        thread.join()
        assert store.setting("later") == "b"
