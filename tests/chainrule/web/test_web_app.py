"""Every page says who may call it, carries the headers, and loads nothing from elsewhere."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_sites import School

from chainrule.web.headers import HEADERS
from chainrule.web.people import access, declared_access


def test_every_view_says_who_may_call_it(app: Flask) -> None:
    with app.app_context():
        assert [rule.endpoint for rule in app.url_map.iter_rules() if declared_access(rule.endpoint) is None] == []


@pytest.mark.parametrize("address", ["/", "/exams", "/no-such-page"])
def test_headers_stand_on_every_response(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert response.headers["Cache-Control"] == "no-store"


def test_another_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", base_url="http://evil.example").status_code == 400


def test_what_is_missing_is_a_page(client: FlaskClient) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert "There is no such page." in response.text
    assert 'href="/sheets"' in response.text  # the way back


def test_what_is_missing_has_the_menu_of_whoever_asks(school: School, as_student: FlaskClient) -> None:
    assert 'href="/sheets"' in as_student.get("/no-such-page").text
    assert 'href="/sheets"' not in school.app.test_client().get("/no-such-page").text
    assert as_student.get("/api/no-such-page").status_code == 404


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("/items/x/a", "/items/x"),
        ("/items/x/again", "/items/x"),
        ("/exams/x/2/a", "/exams/x/2"),
        ("/answers/x/appeal", "/answers/x"),
        ("/practice", "/"),
        ("/items/x%0d%0aSet-Cookie:%20y/again", "/items/x%0D%0ASet-Cookie%3A%20y"),  # nothing gets into a header
    ],
)
def test_a_restored_tab_that_showed_a_form_leads_to_its_page(client: FlaskClient, address: str, leads: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.location) == (303, leads)
    assert client.put(address).status_code in (400, 405)


def test_what_breaks_is_told_with_its_number_in_the_log_and_nothing_else(app: Flask, client: FlaskClient) -> None:
    def breaks() -> str:
        raise RuntimeError("a secret of ours")

    app.view_functions["home.index"] = access("learner")(breaks)
    response = client.get("/")
    assert response.status_code == 500
    assert response.headers["X-Request-Id"] in response.text
    assert "secret of ours" not in response.text
    assert "Traceback" not in response.text
