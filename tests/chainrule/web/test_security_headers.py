"""What every response tells the browser, and what no template may hold."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from web_sites import School

from chainrule.pages import TEMPLATES
from chainrule.web.app import create_app
from chainrule.web.headers import HEADERS
from chainrule.web.static import asset

PAGES = sorted([TEMPLATES / "base.html", *TEMPLATES.glob("web/*.html")])
# A style element is for files, which `base.html` leaves out where the server sends it.
INLINE = re.compile(r"<[a-z][^>]*\s(style|on[a-z]+)\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
# Made by our own templates, of values that were escaped there.
UNESCAPED = {"cheat.html", "sheet.html", "sheets.html"}


def test_the_policy_lets_nothing_in_but_our_own() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert not any("unsafe" in part or "*" in part or "http" in part for part in policy.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_template_holds_scripts_or_styles(page) -> None:  # type: ignore[no-untyped-def]
    assert [found[0] for found in INLINE.finditer(page.read_text())] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_everything_is_escaped(page) -> None:  # type: ignore[no-untyped-def]
    assert page.name in UNESCAPED or not re.search(r"\|\s*safe\b|autoescape", page.read_text())


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/account", 200, "text/html; charset=utf-8"),
        ("/no-such-page", 404, "text/html; charset=utf-8"),
        ("/classes", 403, "text/html; charset=utf-8"),
        ("/api/v1/me", 200, "application/json"),
        ("/api/v1/nothing", 404, "application/json"),
        ("/static/x/nothing.js", 404, "text/html; charset=utf-8"),
    ],
)
def test_nothing_is_kept_by_browsers_and_all_say_what_they_are(
    as_student: FlaskClient, address: str, status: int, kind: str
) -> None:
    answer = as_student.get(address)
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == kind
    assert HEADERS.items() <= dict(answer.headers).items()
    saved = 'attachment; filename="api.json"' if kind == "application/json" else None
    assert answer.headers.get("Content-Disposition") == saved


@pytest.mark.parametrize(
    ("name", "kind"), [("style.css", "text/css; charset=utf-8"), ("app.js", "text/javascript; charset=utf-8")]
)
def test_static_files_are_kept(as_student: FlaskClient, name: str, kind: str) -> None:
    answer = as_student.get(asset(name))
    assert answer.headers["Content-Type"] == kind
    assert "immutable" in answer.headers["Cache-Control"]
    assert HEADERS.items() <= dict(answer.headers).items()


def test_tls_is_asked_for_where_there_is_tls(school: School, as_student: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in as_student.get("/login").headers
    client = create_app(replace(school.site, secure=True)).test_client()
    answer = client.get("/login", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
