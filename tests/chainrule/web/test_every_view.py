"""Every view in a browser, on a desktop by day and on a phone by night: no barrier, nothing cut off, nothing told.

The addresses are those that the application knows, filled in by `web_lived`: a view that is new is looked at by itself,
and fails here where nothing shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from browsing import faults, signed_in, watched
from exam_sites import Exams, exam_school
from web_lived import Lived, handed_in, live_on, sit
from web_server import serving
from web_sites import SHIPPED, new_site

from chainrule.classes import links
from chainrule.web.app import create_app
from chainrule.web.people import declared_access

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.routing import Rule

    from chainrule.grading import Grader

FILES = (".csv", "/key.html", "/paper.html")  # to download
NO_PAGES = ("/api/v1/", "/static/", "/healthz", "/exams/<form>/state", "/settings/export", "/try/")
ELSEWHERE = ("/setup/<link>", "/exams/<form>", "/exams/<form>/<int:number>", "/exams/<form>/hand-in")  # tests below
ASKED = {"/preview": "?q=adversarial", "/items/<id>": "?hints=1&part=objective"}


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, grader: Grader) -> Iterator[Lived]:
    with exam_school(tmp_path_factory.mktemp("lived"), grader) as exams:
        given, exam = sit(exams)
        handed_in(exams, exam)
        yield live_on(exams, given, exam)


def looked_at(
    browser: Any, app: Flask, client: FlaskClient | None, addresses: Sequence[str], *, all_there: bool = True
) -> str:
    """What is wrong with the pages at these addresses, a line for each fault."""
    wrong = []
    with serving(app) as server, watched(browser, server, refused=not all_there) as page:
        if client is not None:
            signed_in(page, server, client)
        for address in addresses:
            answer = page.goto(address)
            if all_there and (answer.status not in (200, 202) or "text/html" not in answer.headers["content-type"]):
                wrong.append(f"{address}: {answer.status} {answer.headers['content-type']}")
            wrong += [f"{address}: {fault}" for fault in faults(page)]
    return "\n".join(wrong)


def filled(rule: Rule, lived: Lived) -> str:
    """The address of the rule."""
    address, values = rule.rule, lived.values(rule.rule)
    for _ in rule.arguments:
        before, _, after = address.partition("<")
        address = f"{before}{values[after.partition('>')[0].rpartition(':')[2]]}{after.partition('>')[2]}"
    return address + ASKED.get(rule.rule, "")


def pages(app: Flask, access: str) -> list[Rule]:
    """The rules of the pages that declare this."""
    with app.app_context():
        rules = sorted(app.url_map.iter_rules(), key=str)
        there = [rule for rule in rules if "GET" in (rule.methods or ()) and declared_access(rule.endpoint) == access]
    return [
        rule
        for rule in there
        if not rule.rule.startswith(NO_PAGES) and not rule.rule.endswith(FILES) and rule.rule not in ELSEWHERE
    ]


@pytest.mark.parametrize("access", ["anyone", "learner", "instructor"])
def test_every_view_that_declares(browser: Any, lived: Lived, access: str) -> None:
    school = lived.exams.school
    who = {"anyone": None, "learner": school.student, "instructor": school.instructor}[access]
    client = lived.exams.client(who) if who else None
    found = [filled(rule, lived) for rule in pages(lived.app, access)]
    assert looked_at(browser, lived.app, client, found) == ""


def test_questions_in_every_state(browser: Any, lived: Lived) -> None:
    school = lived.exams.school
    client = lived.exams.client(school.student)
    assert looked_at(browser, lived.app, client, [*lived.more, "/nothing"], all_there=False) == ""


def test_while_an_exam_is_sat_and_until_it_is_told(browser: Any, exams: Exams) -> None:
    app, client, (_, exam) = exams.school.app, exams.client(exams.school.student), sit(exams)
    at = f"/exams/{exam.id}"
    assert looked_at(browser, app, client, ["/exams", at, f"{at}/1", f"{at}/2", f"{at}/3", f"{at}/hand-in"]) == ""
    handed_in(exams, exam)
    assert looked_at(browser, app, client, ["/exams", at]) == ""


def test_before_anybody_is_there(browser: Any, tmp_path: Path, grader: Grader) -> None:
    with new_site(tmp_path, grader, SHIPPED, classes=True) as site:
        link = links.first_instructor(site.store, site.secret, site.clock())
        assert looked_at(browser, create_app(site), None, [f"/setup/{link}"]) == ""
