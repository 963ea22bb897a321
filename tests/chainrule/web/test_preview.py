"""Any variant for an instructor: the key beside the question, and a verdict that is kept nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from web_sites import School, log_in, send

from chainrule.exams.effort import kinds_of
from chainrule.web.app import create_app

FAMILY = "layers.relu-backward"


def test_a_variant_with_all_that_belongs_to_it(as_instructor: FlaskClient) -> None:
    text = as_instructor.get(f"/preview/{FAMILY}/3").text
    assert "ReLU and its leaky relatives" in text and "does not pass unchanged" in text
    assert f"/preview/{FAMILY}/2" in text and f"/preview/{FAMILY}/4" in text


@pytest.mark.parametrize(("answer", "outcome"), [("g", "wrong"), ("g(", "unreadable")])
def test_a_verdict_is_shown_and_kept_nowhere(
    school: School, as_instructor: FlaskClient, answer: str, outcome: str
) -> None:
    part = school.site.bank.family(FAMILY).draw(3).parts[0].id
    at = f"/preview/{FAMILY}/3"
    text = send(as_instructor, f"{at}/{part}", page=at, **{f"answer-{part}": answer}).text
    assert f"verdict outcome-{outcome}" in text
    assert school.site.store.learners() == () and school.site.store.judged(None) == ()


def test_nothing_typed_is_said(school: School, as_instructor: FlaskClient) -> None:
    part = school.site.bank.family(FAMILY).draw(3).parts[0].id
    assert "Nothing was typed." in send(as_instructor, f"/preview/{FAMILY}/3/{part}", page=f"/preview/{FAMILY}/3").text


def test_what_is_not_there_is_not_found(as_instructor: FlaskClient) -> None:
    for address in ("none.such/1", f"{FAMILY}/99999999999999999999", f"{FAMILY}/-1", "x"):
        assert as_instructor.get(f"/preview/{address}").status_code == 404, address


def test_the_list_is_searched(as_instructor: FlaskClient) -> None:
    text = as_instructor.get("/preview?q=leaky+RELATIVES").text
    assert f"/preview/{FAMILY}/1" in text and "1 question with" in text
    assert "0 questions with" in as_instructor.get("/preview?q=<script>").text


def test_private_families_are_marked(school: School) -> None:
    site = replace(school.site, private=frozenset({FAMILY}))
    client = log_in(replace(school, site=site, app=create_app(site)), school.instructor)
    assert "only on this server" in client.get(f"/preview/{FAMILY}/1").text
    assert "only here" in client.get("/preview?q=leaky+relatives").text
    assert FAMILY in client.get(f"/classes/{school.classroom.id}/assignments/build").text


def test_every_kind_has_its_page(school: School, as_instructor: FlaskClient) -> None:
    for kind in ("code", "derivation", "choice", "statements", "ordering", "shape", "integer"):
        found = next(id for id, family in sorted(school.site.bank.families.items()) if kind in kinds_of(family))
        assert as_instructor.get(f"/preview/{found}/1").status_code == 200, kind
