"""The log: a line for each request that says who, what and how long, and holds no token, query or answer."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_sites import School

from chainrule.web.logs import set_up
from chainrule.web.people import access


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "chainrule.requests")
    return caplog


def test_a_request_is_one_line_with_an_id_that_the_visitor_has_too(
    as_student: FlaskClient, school: School, lines: pytest.LogCaptureFixture
) -> None:
    response = as_student.get("/exams?secret=1")
    record = lines.records[-1].__dict__
    assert {name: record[name] for name in ("method", "route", "status", "person")} == {
        "method": "GET",
        "route": "/exams",
        "status": 200,
        "person": school.student.id,
    }
    assert record["request_id"] == response.headers["X-Request-Id"]
    assert 0 <= record["cpu"] <= record["ms"] + 50


def test_no_line_holds_what_lets_somebody_in(
    school: School, client: FlaskClient, lines: pytest.LogCaptureFixture
) -> None:
    stranger = school.app.test_client()
    stranger.get("/join/a-very-secret-token?also=secret")
    stranger.post("/login", data={"login": "sam", "password": "a-secret-password"})
    stranger.get("/secret-page-that-is-not-there")
    assert len(lines.records) == 3
    assert not [record for record in lines.records if "secret" in str(record.__dict__)]


def test_a_fault_is_logged_with_its_traceback_and_without_its_address(
    school: School, lines: pytest.LogCaptureFixture
) -> None:
    @access("anyone")
    def broken(token: str) -> str:
        raise ZeroDivisionError

    app: Flask = school.app
    app.add_url_rule("/broken/<token>", "broken", broken)
    response = app.test_client().get("/broken/secret")
    assert response.status_code == 500
    fault = next(record for record in lines.records if record.levelno == logging.ERROR)
    assert fault.exc_info is not None
    assert fault.__dict__["route"] == "/broken/<token>"
    assert fault.__dict__["request_id"] == response.headers["X-Request-Id"]
    assert "secret" not in fault.getMessage()


def test_the_file_holds_json_and_may_be_moved_away(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    path = tmp_path / "serve.log"
    try:
        set_up(path)
        logging.getLogger("fontTools.subset").info("glyf pruned")  # of no use to anybody, so it is not there
        logging.getLogger("chainrule.requests").info("request", extra={"route": "/é", "ms": 1.5})
        path.rename(tmp_path / "old.log")
        try:
            raise ZeroDivisionError("why")
        except ZeroDivisionError:
            logging.getLogger("elsewhere").exception("broken")
        root.handlers[0].close()
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    first = json.loads((tmp_path / "old.log").read_text(encoding="utf-8"))
    assert {name: first[name] for name in ("event", "level", "route", "ms")} == {
        "event": "request",
        "level": "info",
        "route": "/é",
        "ms": 1.5,
    }
    assert first["time"].endswith("Z")
    second = json.loads(path.read_text(encoding="utf-8"))
    assert second["event"] == "broken"
    assert "ZeroDivisionError: why" in second["exception"]
