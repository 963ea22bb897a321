"""Health, for whoever watches, and what the server does by itself."""

from __future__ import annotations

import logging
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from flask.testing import FlaskClient
from web_sites import School

from chainrule import __version__
from chainrule.classes import sessions
from chainrule.classes.records import Session, Token
from chainrule.classes.rows import change, found, put
from chainrule.web.app import create_app
from chainrule.web.site import Site
from chainrule.web.sweeping import Chore, Sweeper, remove_what_is_over, usual


def test_all_is_well_for_anyone(school: School) -> None:
    response = school.app.test_client().get("/healthz")
    assert response.status_code == 200
    assert response.json == {"well": True, "version": __version__, "store": True, "judging": True, "disk": True}


def test_a_full_disk_is_said(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        free = 1000

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Full)
    response = client.get("/healthz")
    assert (response.status_code, response.json and response.json["disk"]) == (503, False)


def test_judging_that_ended_is_said(alone: Site) -> None:
    class Ended:
        def healthy(self) -> bool:
            return False

    response = create_app(replace(alone, judging=Ended())).test_client().get("/healthz")  # type: ignore[arg-type]
    assert (response.status_code, response.json and response.json["judging"]) == (503, False)


def test_a_store_that_cannot_be_written_is_said(alone: Site, client: FlaskClient) -> None:
    alone.store.close()
    path = Path(alone.store.name)
    path.write_bytes(b"no database" * 100)
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    response = client.get("/healthz")
    assert (response.status_code, response.json and response.json["store"]) == (503, False)


def test_sessions_and_tokens_whose_time_is_over_are_removed(school: School) -> None:
    store, now = school.site.store, school.site.clock()
    sessions.begin(store, school.student.id, now)
    put(
        store,
        Session(school.student.id, now - timedelta(hours=12), now + timedelta(days=6)),
        Token(school.student.id, "d", "old", now - timedelta(seconds=1)),
        Token(school.student.id, "e", "new", now + timedelta(days=1)),
    )
    remove_what_is_over(school.site)
    assert len(found(store, Session)) == 1
    assert [token.label for token in found(store, Token)] == ["new"]


def test_a_session_in_use_is_not_cut_by_the_sweep(school: School, as_student: FlaskClient) -> None:
    """A week after the login there may be an exam."""
    now = school.site.clock()
    change(school.site.store, Session, {"account": school.student.id}, seen=now, expires=now - timedelta(minutes=1))
    remove_what_is_over(school.site)
    assert as_student.get("/account").status_code == 200


def test_a_chore_that_fails_is_logged_and_done_again(alone: Site, caplog: pytest.LogCaptureFixture) -> None:
    again = Event()
    count = 0

    def fails(_: Site) -> None:
        nonlocal count
        count += 1
        if count == 3:
            again.set()
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR), Sweeper(alone, (Chore("test", 0.001, fails),)):
        assert again.wait(10)
    assert caplog.records[0].__dict__["chore"] == "test"
    assert caplog.records[0].exc_info is not None
    done = count
    assert not Event().wait(0.02)
    assert count == done, "it ends with the server"


def test_overdue_exams_are_handed_in_by_it() -> None:
    assert "overdue exams" in [chore.name for chore in usual()]
