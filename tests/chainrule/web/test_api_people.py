"""Who may use the API: by token, by session with a form's token, or not at all; and whose is what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_api import Program
from web_sites import School
from web_world import client_of, token_header

from chainrule.classes import accounts, tokens
from chainrule.classes.records import Account
from chainrule.web.own_token import own_token
from chainrule.web.site import Site

ASK = {"family": "convolution.output-size", "seed": 7}


def program_of(school: School, account: Account, days: int = 1) -> Program:
    """A program with a token of that account."""
    secret = tokens.new(school.site.store, account.id, "program", days, school.site.clock())[1]
    return Program(school.app.test_client(), secret)


@pytest.fixture
def student(school: School) -> Program:
    return program_of(school, school.student)


@pytest.fixture
def other(school: School) -> Program:
    return program_of(school, school.other)


def test_a_token_stands_for_its_person(school: School, student: Program) -> None:
    found = student.get("/me").json
    assert (found["id"], found["role"], found["classes"]) == (school.student.id, "student", True)
    assert student.post("/items", ASK).status_code == 201
    assert school.site.store.items(school.student.id)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer chainrule_x", "Basic c2FtOnNhbQ==", "Bearer ä"])
def test_without_a_token_nothing_is_told(school: School, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    for method, path in (("GET", "/me"), ("GET", "/answers"), ("POST", "/items"), ("GET", "/classes")):
        response = school.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, json=ASK)
        assert response.status_code == 401, path
        assert response.headers["WWW-Authenticate"].lower().startswith("bearer")
        assert set(response.json) == {"error"}


def test_a_token_that_is_over_or_revoked_or_closed_is_none(school: School) -> None:
    store, at = school.site.store, school.site.clock()
    old = tokens.new(store, school.student.id, "old", 1, at - timedelta(days=2))[1]
    assert Program(school.app.test_client(), old).get("/me").status_code == 401
    made, secret = tokens.new(store, school.student.id, "new", 1, at)
    program = Program(school.app.test_client(), secret)
    assert program.get("/me").status_code == 200
    tokens.revoke(store, school.student.id, made.id)
    assert program.get("/me").status_code == 401
    program = program_of(school, school.student)
    accounts.deactivate(store, school.student)
    assert program.get("/me").status_code == 401


def test_a_token_opens_the_api_alone(school: School) -> None:
    secret = tokens.new(school.site.store, school.student.id, "program", 1, school.site.clock())[1]
    page = school.app.test_client().get("/settings", headers={"Authorization": f"Bearer {secret}"})
    assert page.status_code == 302 and "/login" in page.location


def test_a_wrong_token_is_not_mended_by_a_session(school: School, as_student: FlaskClient) -> None:
    assert as_student.get("/api/v1/me").status_code == 200
    assert as_student.get("/api/v1/me", headers={"Authorization": "Bearer no"}).status_code == 401


def test_a_session_needs_the_token_of_forms_to_change_something(school: School) -> None:
    client = client_of(school, school.student)
    refused = client.post("/api/v1/items", json=ASK)
    assert refused.status_code == 403 and "X-CSRFToken" in refused.json["error"]
    assert client.post("/api/v1/items", json=ASK, headers=token_header()).status_code == 201


def test_one_person_needs_a_token_to_change_something(app: Flask, alone: Site) -> None:
    client = app.test_client()
    assert client.get("/api/v1/me").json["role"] == "owner"
    assert client.post("/api/v1/items", json=ASK).status_code == 403
    assert client.post("/api/v1/items", json=ASK, headers={"Origin": "http://evil.example"}).status_code == 403
    assert Program(client, "chainrule_wrong").get("/me").status_code == 401
    assert Program(client).post("/items", ASK).status_code == 201
    assert own_token(alone.secret) != own_token(alone.secret + b"x")


def test_nothing_is_somebody_elses(student: Program, other: Program) -> None:
    item = student.post("/items", ASK).json["id"]
    answer = student.post(f"/items/{item}/parts/a/answers?wait=1", {"answer": "-1"}).json["id"]
    for path in (f"/items/{item}", f"/items/{item}/worked", f"/items/{item}/parts/a/hints", f"/answers/{answer}"):
        assert student.get(path).status_code == 200
        assert other.get(path).status_code == 404
    assert other.post(f"/items/{item}/parts/a/answers", {"answer": "1"}).status_code == 404
    assert other.post(f"/items/{item}/parts/a/reading", {"answer": "1"}).status_code == 404
    assert other.post(f"/answers/{answer}/appeal", {"note": "mine"}).status_code == 404
    assert student.get("/answers").json["answers"][0]["id"] == answer
    assert other.get("/answers").json["answers"] == []


def test_the_same_key_of_two_people_stands_for_two_things(student: Program, other: Program) -> None:
    once = {"Idempotency-Key": "the-same-one"}
    ids = {program.post("/items", ASK, once).json["id"] for program in (student, other)}
    assert len(ids) == 2


def test_history_is_paged(student: Program) -> None:
    item = student.post("/items", ASK).json["id"]
    sent = [student.post(f"/items/{item}/parts/a/answers?wait=1", {"answer": f"-{i}"}).json["id"] for i in (1, 2, 3)]
    first = student.get("/answers?limit=2").json
    second = student.get(f"/answers?limit=2&before={first['next']}").json
    assert [one["id"] for one in first["answers"] + second["answers"]] == sent[::-1]
    assert second["next"] is None
    assert student.get("/answers?before=nothing").status_code == 404


def test_an_appeal_is_kept_once(student: Program) -> None:
    item = student.post("/items", ASK).json["id"]
    answer = student.post(f"/items/{item}/parts/a/answers?wait=1", {"answer": "-1"}).json["id"]
    appealed = student.post(f"/answers/{answer}/appeal", {"note": "It is right."})
    assert appealed.status_code == 201 and appealed.json["appeal"]["state"] == "open"
    assert student.post(f"/answers/{answer}/appeal", {}).status_code == 409
    assert student.get(f"/answers/{answer}").json["appeal"]["note"] == "It is right."


def test_too_many_answers_are_told_when_to_come_again(school: School, student: Program) -> None:
    item = student.post("/items", ASK).json["id"]
    answers = [student.post(f"/items/{item}/parts/a/answers", {"answer": f"-{i}"}) for i in range(1, 62)]
    assert [one.status_code for one in answers[:60]] == [200] * 60
    assert answers[60].status_code == 429 and 1 <= int(answers[60].headers["Retry-After"]) <= 60
