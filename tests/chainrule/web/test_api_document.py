"""The OpenAPI document and the page about it: made from the routes, so that both say what there is."""

from __future__ import annotations

import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from web_sites import School

from chainrule.web.api.operations import operations


def document(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = app.test_client().get("/api/v1/openapi.json").json
    return found


def routes(app: Flask) -> set[tuple[str, str]]:
    """Every address of the API, with its methods."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = re.sub(r"<(?:int:)?([a-z]+)>", r"{\1}", rule.rule)
            found |= {(path, method.lower()) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
    return found


def told(app: Flask) -> set[tuple[str, str]]:
    return {(path, method) for path, methods in document(app)["paths"].items() for method in methods}


def test_every_route_is_told_and_every_operation_is_there(app: Flask, school: School) -> None:
    for one in (app, school.app):
        assert told(one) == routes(one)
    assert {path for path, _ in told(school.app) - told(app)} == {
        "/api/v1/classes", "/api/v1/classes/{id}", "/api/v1/classes/{id}/assignments",
        "/api/v1/classes/{id}/assignments/{assignment}", "/api/v1/classes/{id}/gradebook",
        "/api/v1/classes/{id}/gradebook.csv",
    }  # fmt: skip


def test_it_is_a_document_of_openapi(app: Flask, school: School) -> None:
    for one in (app, school.app):
        schemathesis.openapi.from_dict(document(one)).validate()


def test_every_reference_leads_somewhere(school: School) -> None:
    found = document(school.app)
    names = {match for match in re.findall(r"'#/components/schemas/([^']+)'", str(found))}
    assert names - set(found["components"]["schemas"]) == set()
    assert set(found["components"]["schemas"]) - names == set()


def test_examples_are_requests_that_are_taken(school: School) -> None:
    bodies = {one.body for _, one in operations(school.app) if one.body is not None}
    assert bodies
    for body in bodies:
        (example,) = body.model_json_schema()["examples"]
        assert body.model_validate(example)


def test_every_operation_and_model_says_what_it_is(school: School) -> None:
    found = document(school.app)
    operations = [one for methods in found["paths"].values() for one in methods.values()]
    assert all(one["summary"].endswith(".") for one in operations)
    assert [name for name, model in found["components"]["schemas"].items() if not model.get("description")] == []


@pytest.mark.parametrize("classes", [False, True])
def test_the_page_shows_every_operation_and_model(client: FlaskClient, school: School, classes: bool) -> None:
    asking = school.app.test_client() if classes else client
    page = asking.get("/api").text
    found = document(asking.application)
    for path, methods in found["paths"].items():
        for method, one in methods.items():
            assert f'id="{one["operationId"]}"' in page
            assert f'<span class="tag">{method.upper()}</span> <code>{path}</code>' in page
    assert all(f'id="model-{name}"' in page for name in found["components"]["schemas"])
    linked = set(re.findall(r'href="#([^"]+)"', page)) - {"main"}
    assert linked - set(re.findall(r'id="([^"]+)"', page)) == set()
