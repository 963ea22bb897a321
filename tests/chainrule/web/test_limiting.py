"""Rates: who asks too often is told when to try again, and nobody else is."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from exam_sites import Exams
from flask import Flask
from flask.testing import FlaskClient
from web_sites import School, csrf, log_in

from chainrule.web import answering, limiting
from chainrule.web.app import create_app
from chainrule.web.limiting import Limiting
from chainrule.web.refusals import Refused
from chainrule.web.signing_in import person_of
from chainrule.web.site import Limits, Site


class Clock:
    """A clock that stands until it is set."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr("time.time", found)
    monkeypatch.setattr(limiting, "time", found)
    return found


def statuses(client: FlaskClient, address: str, times: int) -> list[int]:
    return [client.get(address).status_code for _ in range(times)]


def limited(school: School, **rates: str) -> School:
    return replace(school, app=create_app(replace(school.site, limits=Limits(**rates))))  # type: ignore[arg-type]


def test_a_window_moves(clock: Clock) -> None:
    counts = Limiting(Limits(login="2/minute"))
    counts.count("login", "sam")
    clock.now += 40
    counts.count("login", "sam")
    with pytest.raises(Refused) as refused:
        counts.count("login", "sam")
    assert refused.value.code == 429
    assert 19 <= (refused.value.retry_after or 0) <= 21
    counts.check("login", "tom")
    clock.now += 21  # the first is a minute ago, the second is not
    counts.count("login", "sam")
    with pytest.raises(Refused):
        counts.check("login", "sam")


def test_every_one_of_several_rates_holds(clock: Clock) -> None:
    counts = Limiting(Limits(login="2/minute;3/hour"))
    for _ in range(3):
        counts.count("login", "sam")
        clock.now += 61
    with pytest.raises(Refused, match="minutes"):
        counts.check("login", "sam")


def test_what_is_refused_is_not_counted(clock: Clock) -> None:
    counts = Limiting(Limits(login="1/minute;2/hour"))
    counts.count("login", "sam")
    for _ in range(5):
        with pytest.raises(Refused):
            counts.count("login", "sam")
    clock.now += 61
    counts.count("login", "sam")


def test_pages_are_counted_by_person(school: School) -> None:
    school = limited(school, pages="3/minute")
    sam, again, tom = (log_in(school, who) for who in (school.student, school.student, school.other))
    assert statuses(sam, "/account", 3) == [200] * 3
    answer = again.get("/account")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert tom.get("/account").status_code == 200


def test_strangers_are_counted_by_address(school: School) -> None:
    school = limited(school, strangers="2/minute")
    client = school.app.test_client()
    assert statuses(client, "/login", 3) == [200, 200, 429]
    assert client.get("/login", environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 200
    assert log_in(school, school.student).get("/account").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_programs_are_told_as_programs(school: School) -> None:
    client = limited(school, strangers="1/minute").app.test_client()
    client.get("/api/v1/me")
    answer = client.get("/api/v1/me")
    assert answer.status_code == 429
    assert "Too many requests" in answer.get_json()["error"]


def test_answers_are_counted_by_person(school: School) -> None:
    app = limited(school, judged="2/minute").app
    with app.test_request_context():
        sam, tom = person_of(school.student), person_of(school.other)
        item = answering.ask(school.site, sam, "adversarial.density-ratio", 1)
        for answer in ("1", "2"):
            answering.submit(school.site, sam, item, "number", answer)
        with pytest.raises(Refused, match="Too many answers"):
            answering.submit(school.site, sam, item, "number", "3")
        theirs = answering.ask(school.site, tom, "adversarial.density-ratio", 1)
        answering.submit(school.site, tom, theirs, "number", "1")


def test_long_answers_count_more_than_once(clock: Clock) -> None:
    counts = Limiting(Limits(kept="4/minute"))
    counts.count("kept", "sam", 3)
    counts.count("kept", "sam")
    with pytest.raises(Refused, match="too long ones"):
        counts.count("kept", "sam")


def test_nobody_fills_the_disk_with_what_is_saved(exams: Exams) -> None:
    _, exam = exams.begin()
    school = limited(exams.school, kept="22/minute")
    client = log_in(school, school.student)
    page = client.get(f"/exams/{exam.id}/1").text
    address = re.search(r'data-save-to="([^"]+)"', page)[1]  # type: ignore[index]
    for answer, status in (("x", 200), ("x" * 200_000, 200), ("x + 1", 429)):
        sent = {"answer": answer, "seconds": 0, "seen": ""}
        assert client.post(address, json=sent, headers={"X-CSRFToken": csrf(page)}).status_code == status
    form = {"csrf_token": csrf(page), "answer-a": "x + 2"}
    back = client.post(f"/exams/{exam.id}/1/a", data=form)
    assert back.status_code == 422
    assert "too long ones, in a short time" in back.text
    assert "x + 2" in back.text


def test_one_person_alone_is_not_limited(alone: Site) -> None:
    app: Flask = create_app(replace(alone, limits=Limits(pages="1/minute", strangers="1/minute", judged="1/minute")))
    assert 429 not in statuses(app.test_client(), "/settings", 3)
