"""The own account: name, password, sessions and tokens."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from web_sites import PASSWORD, School, log_in, send

from chainrule.classes import sessions, tokens
from chainrule.classes.records import Account, Audit, Session, Token
from chainrule.classes.rows import by_id, found
from chainrule.web.app import create_app
from chainrule.web.signing_in import HELD

OTHER = "nine quiet harbours"


def change_password(client: FlaskClient, present: str = PASSWORD, password: str = OTHER, again: str = OTHER) -> int:
    form = {"present": present, "password": password, "again": again}
    return send(client, "/account/password", page="/account", **form).status_code


def test_a_new_password_needs_the_present_one(school: School, as_student: FlaskClient) -> None:
    assert change_password(as_student, "wrong") == 422
    assert change_password(as_student, again="differs") == 422
    assert change_password(as_student, password="short", again="short") == 422
    assert by_id(school.site.store, Account, school.student.id) == school.student
    assert change_password(as_student) == 303
    kept = by_id(school.site.store, Account, school.student.id).password
    assert school.site.passwords.matches(kept, OTHER)
    assert "password-changed" in [line.what for line in found(school.site.store, Audit)]


def test_a_new_password_ends_all_sessions_but_gives_this_browser_a_new_one(
    school: School, as_student: FlaskClient
) -> None:
    elsewhere = log_in(school, school.student)
    with as_student.session_transaction() as session:
        before = session[HELD]
    change_password(as_student)
    assert as_student.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert sessions.recall(school.site.store, before, school.site.clock()) is None


def test_the_present_password_cannot_be_tried_for_long(school: School, as_student: FlaskClient) -> None:
    assert [change_password(as_student, "wrong") for _ in range(11)] == [422] * 10 + [429]


def test_the_name_is_changed(school: School, as_student: FlaskClient) -> None:
    assert send(as_student, "/account/name", page="/account", shown="<b>Samuel</b>").status_code == 303
    assert "&lt;b&gt;Samuel&lt;/b&gt;" in as_student.get("/account").text
    assert send(as_student, "/account/name", page="/account", shown=" ").status_code == 422


def test_sessions_are_listed_and_ended(school: School, as_student: FlaskClient) -> None:
    elsewhere = log_in(school, school.student)
    page = as_student.get("/account").text
    assert page.count("This browser") == 1
    (other,) = re.findall(r'"(/account/sessions/[0-9a-f]+/end)"', page)
    assert send(as_student, other, page="/account").status_code == 303
    assert elsewhere.get("/account").status_code == 302
    for _ in range(2):
        elsewhere = log_in(school, school.student)
    assert send(as_student, "/account/sessions/others", page="/account").status_code == 303
    assert elsewhere.get("/account").status_code == 302
    assert len(found(school.site.store, Session, account=school.student.id)) == 1


def test_nobody_ends_what_belongs_to_others(school: School, as_student: FlaskClient, as_other: FlaskClient) -> None:
    store, at = school.site.store, school.site.clock()
    (session,) = sessions.of(store, school.other.id, at)
    token, _ = tokens.new(store, school.other.id, "laptop", 3, at)
    assert send(as_student, f"/account/sessions/{session.id}/end", page="/account").status_code == 404
    assert send(as_student, f"/account/tokens/{token.id}/revoke", page="/account").status_code == 404
    assert as_other.get("/account").status_code == 200
    assert found(store, Token) == (token,)


def make_token(client: FlaskClient, label: str = "laptop", days: str = "90") -> str:
    answer = send(client, "/account/tokens", page="/account", label=label, days=days)
    assert answer.status_code == 201
    found = re.search(r"chainrule_[\w-]{43}", answer.text)
    assert found is not None
    return found[0]


def test_a_token_is_shown_once_and_stands_for_its_holder(school: School, as_student: FlaskClient) -> None:
    token = make_token(as_student, "<my> laptop")
    page = as_student.get("/account").text
    assert token not in page
    assert "&lt;my&gt; laptop" in page
    stranger = school.app.test_client()
    header = {"Authorization": f"Bearer {token}"}
    assert stranger.get("/api/v1/me", headers=header).status_code == 200
    assert stranger.get("/api/v1/me").status_code == 401
    assert stranger.get("/account", headers=header).status_code == 302  # for programs alone
    (address,) = re.findall(r'"(/account/tokens/\w+/revoke)"', page)
    send(as_student, address, page="/account")
    assert stranger.get("/api/v1/me", headers=header).status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer x", "Basic c2FtOnNhbQ==", "bearer chainrule_", "Bearer \u00e9", "x" * 9000]
)
def test_what_is_no_token_opens_nothing(school: School, as_student: FlaskClient, header: str) -> None:
    answer = as_student.get("/api/v1/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_new_password_ends_the_tokens(school: School, as_student: FlaskClient) -> None:
    header = {"Authorization": f"Bearer {make_token(as_student)}"}
    others, _ = tokens.new(school.site.store, school.other.id, "laptop", 3, school.site.clock())
    assert "the tokens for programs end" in as_student.get("/account").text
    change_password(as_student)
    assert school.app.test_client().get("/api/v1/me", headers=header).status_code == 401
    assert found(school.site.store, Token) == (others,)


def test_a_token_that_is_over_opens_nothing(school: School, as_student: FlaskClient) -> None:
    token = make_token(as_student, days="30")
    later = replace(school.site, clock=lambda: school.site.clock() + timedelta(days=30))
    answer = create_app(later).test_client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(("label", "days"), [("", "3"), ("laptop", ""), ("laptop", "0"), ("laptop", "366"), ("l", "²")])
def test_tokens_that_cannot_be_made_are_told(as_student: FlaskClient, label: str, days: str) -> None:
    answer = send(as_student, "/account/tokens", page="/account", label=label, days=days)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_was_done_with_the_account_is_shown_to_its_holder(school: School, as_student: FlaskClient) -> None:
    send(school.app.test_client(), "/login", login="sam", password="not the password")
    send(school.app.test_client(), "/login", login="tom", password="not the password")
    change_password(as_student)
    done = as_student.get("/account").text.partition('id="done"')[2]
    assert done.count("login-failed") == 1
    assert done.count("password-changed") == 1
