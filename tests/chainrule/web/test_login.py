"""Logging in and out: with the right password, to the right page, and not too often with a wrong one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from web_sites import PASSWORD, School, csrf, send
from werkzeug.test import TestResponse

from chainrule.classes import sessions
from chainrule.classes.accounts import deactivate
from chainrule.classes.records import Audit, Session
from chainrule.classes.rows import found
from chainrule.web.app import create_app
from chainrule.web.signing_in import HELD
from chainrule.web.site import Limits


@pytest.fixture
def stranger(school: School) -> FlaskClient:
    return school.app.test_client()


def log_in(client: FlaskClient, login: str = "sam", password: str = PASSWORD, **more: str) -> TestResponse:
    return send(client, "/login", login=login, password=password, **more)


def test_the_right_password_opens_the_page_that_was_wanted(stranger: FlaskClient) -> None:
    asked = stranger.get("/account?page=2")
    assert asked.status_code == 302
    assert asked.location == "/login?next=/account?page%3D2"
    page = stranger.get(asked.location)
    assert 'name="next" value="/account?page=2"' in page.text
    answer = log_in(stranger, "SAM", next="/account?page=2")
    assert (answer.status_code, answer.location) == (303, "/account?page=2")
    assert stranger.get("/account").status_code == 200


@pytest.mark.parametrize(
    "towards",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "evil", ""],
)
def test_no_link_leads_a_login_elsewhere(stranger: FlaskClient, towards: str) -> None:
    assert log_in(stranger, next=towards).location == "/"
    assert stranger.get("/login", query_string={"next": towards}).location == "/"


def test_wrong_passwords_unknown_logins_and_closed_accounts_are_told_the_same(
    school: School, stranger: FlaskClient
) -> None:
    deactivate(school.site.store, school.other)
    answers = [log_in(stranger, *typed) for typed in (("sam", "wrong"), ("nobody", "wrong"), ("tom", PASSWORD))]
    assert {answer.status_code for answer in answers} == {422}
    pages = {
        answer.text.replace(csrf(answer.text), "").replace(f'value="{login}"', "")
        for answer, login in zip(answers, ("sam", "nobody", "tom"), strict=True)
    }
    assert len(pages) == 1
    assert stranger.get("/account").status_code == 302


def test_the_password_is_never_sent_back(stranger: FlaskClient) -> None:
    assert "some secret words" not in log_in(stranger, "sam", "some secret words").text


def test_a_form_without_its_token_is_refused(school: School, stranger: FlaskClient) -> None:
    assert stranger.post("/login", data={"login": "sam", "password": PASSWORD}).status_code == 400
    assert found(school.site.store, Session) == ()


def test_a_form_with_a_field_without_a_name_is_refused(stranger: FlaskClient) -> None:
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n"
    assert stranger.post("/login", data=body, content_type="multipart/form-data; boundary=x").status_code == 400


def test_login_gives_the_browser_a_new_session_and_a_new_token_for_forms(
    school: School, as_student: FlaskClient
) -> None:
    token = csrf(as_student.get("/account").text)
    with as_student.session_transaction() as session:
        before, secret = session[HELD], session["csrf_token"]
    as_student.post("/login", data={"login": "tom", "password": PASSWORD, "csrf_token": token})
    with as_student.session_transaction() as session:
        assert session[HELD] != before
    assert sessions.recall(school.site.store, before, school.site.clock()) is None
    assert "You log in as tom" in as_student.get("/account").text
    with as_student.session_transaction() as session:
        assert session["csrf_token"] != secret
    assert as_student.post("/account/name", data={"shown": "Tim", "csrf_token": token}).status_code == 400


def test_a_session_that_somebody_planted_is_worth_nothing(school: School, stranger: FlaskClient) -> None:
    with stranger.session_transaction() as session:
        session[HELD] = "planted"
    log_in(stranger)
    with stranger.session_transaction() as session:
        assert session[HELD] != "planted"


def test_logging_out_ends_the_session_on_the_server(school: School, as_student: FlaskClient) -> None:
    with as_student.session_transaction() as session:
        before = session[HELD]
    answer = send(as_student, "/logout", page="/account")
    assert (answer.status_code, answer.location) == (303, "/login")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    with as_student.session_transaction() as session:
        session[HELD] = before  # whoever copied the cookie
    assert as_student.get("/account").status_code == 302


def test_a_closed_account_is_out_at_once(school: School, as_student: FlaskClient) -> None:
    deactivate(school.site.store, school.student)
    assert as_student.get("/account").status_code == 302


def test_a_script_is_told_that_nobody_is_logged_in(stranger: FlaskClient) -> None:
    assert stranger.get("/account", headers={"Accept": "application/json"}).status_code == 401
    assert stranger.post("/logout").status_code == 401


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(school: School, stranger: FlaskClient) -> None:
    cookie = stranger.get("/login").headers["Set-Cookie"]
    assert cookie.startswith("chainrule=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    behind_tls = create_app(replace(school.site, secure=True)).test_client()
    cookie = behind_tls.get("/login", base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-chainrule=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def with_limits(school: School, **rates: str) -> FlaskClient:
    return create_app(replace(school.site, limits=Limits(**rates))).test_client()  # type: ignore[arg-type]


def test_after_some_failures_a_login_has_to_wait(school: School) -> None:
    client = with_limits(school, login="3/minute")
    for _ in range(3):
        assert log_in(client, "sam", "wrong").status_code == 422
    answer = log_in(client, "Sam")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert "Too many attempts with this login" in answer.text
    assert log_in(client, "tom").status_code == 303  # others are not kept out


def test_an_unknown_login_has_to_wait_in_the_same_way(school: School) -> None:
    client = with_limits(school, login="3/minute")
    assert [log_in(client, "nobody", "wrong").status_code for _ in range(4)] == [422, 422, 422, 429]


def test_failures_are_forgotten_when_the_password_is_right(school: School) -> None:
    client = with_limits(school, login="3/minute")
    for _ in range(2):
        log_in(client, "sam", "wrong")
    assert log_in(client).status_code == 303
    client = client.application.test_client()
    assert [log_in(client, "sam", "wrong").status_code for _ in range(4)] == [422, 422, 422, 429]


def test_one_address_cannot_try_many_logins(school: School) -> None:
    client = with_limits(school, address="5/minute")
    tried = [log_in(client, f"somebody{number}", "wrong").status_code for number in range(6)]
    assert tried == [422] * 5 + [429]
    assert "from this address" in log_in(client).text


def test_what_happened_is_in_the_log_and_no_password(school: School, stranger: FlaskClient) -> None:
    log_in(stranger, "sam", "wrong words again")
    log_in(stranger, "seven pale lanterns", PASSWORD)  # a password typed into the wrong field
    log_in(stranger)
    send(stranger, "/logout", page="/account")
    lines = [(line.who, line.what, line.address) for line in found(school.site.store, Audit)]
    sam = school.student.id
    here = "127.0.0.1"
    assert lines == [
        (sam, "login-failed", here),
        ("", "login-failed", here),
        (sam, "login", here),
        (sam, "logout", here),
    ]
    said = str(found(school.site.store, Audit))
    assert "wrong words" not in said
    assert PASSWORD not in said
