"""The OpenAPI document: made from the routes, their declarations and their models, so that it says what is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from chainrule.web.api.base import Error
from chainrule.web.api.operations import JSON, Operation, operations
from chainrule.web.api.words import INTRODUCTION, REFUSALS, SUCCESS

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Rule

REFERENCE = "#/components/schemas/{model}"
WRITES = {"POST", "PUT", "DELETE"}
CSRF = "X-CSRFToken"


def document(app: Flask, *, classes: bool) -> dict[str, Any]:
    """The document as JSON values. classes: whether everybody needs an account."""
    found = operations(app)
    refer, schemas = _schemas([one for _, one in found])
    paths: dict[str, dict[str, Any]] = {}
    for rule, one in found:
        told = _operation(rule, one, refer, classes=classes)
        paths.setdefault(_path(rule), {})[one.method.lower()] = told
    return {
        "openapi": "3.1.0",
        "info": {"title": "Chainrule", "version": "1", "description": INTRODUCTION},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": _schemes(app.config["SESSION_COOKIE_NAME"])},
    }


def _schemas(found: list[Operation]) -> tuple[Mapping[Any, Any], dict[str, Any]]:
    """References to the models, and their schemas by name."""
    bodies = [one.body for one in found if one.body is not None]
    replies = [one.gives for one in found if one.gives is not None]
    wanted = [*((model, "validation") for model in bodies), *((model, "serialization") for model in [*replies, Error])]
    refer, defined = models_json_schema(list(dict.fromkeys(wanted)), ref_template=REFERENCE)  # type: ignore[arg-type]
    by_model: dict[Any, Any] = {model: schema for (model, _), schema in refer.items()}
    return by_model, defined.get("$defs", {})


def _operation(rule: Rule, one: Operation, refer: Mapping[Any, Any], *, classes: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": rule.endpoint.removeprefix("api."),
        "tags": [rule.endpoint.split(".")[1]],
        "summary": one.summary,
        "description": one.text,
        "parameters": [*_places(rule), *_queries(one), *_headers(one)],
        "responses": dict(_responses(rule, one, refer, classes=classes)),
        "security": _security(one, classes=classes),
    }
    if one.body is not None:
        told["requestBody"] = {"required": True, "content": {JSON: {"schema": refer[one.body]}}}
    return told


def _path(rule: Rule) -> str:
    """`/items/<item>` as `/items/{item}`."""
    return re.sub(r"<(?:[^:<>]*:)?([^<>]+)>", r"{\1}", rule.rule)


def _places(rule: Rule) -> Iterator[dict[str, Any]]:
    for name in sorted(rule.arguments, key=rule.rule.index):
        kind = "integer" if type(rule._converters[name]).__name__ == "IntegerConverter" else "string"
        limits = {"minimum": 0} if kind == "integer" else {"minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": {"type": kind, **limits}}


def _queries(one: Operation) -> Iterator[dict[str, Any]]:
    if one.query is None:
        return
    schema = one.query.model_json_schema()
    for name, said in schema["properties"].items():
        known = next((kind for kind in said.get("anyOf", ()) if kind.get("type") != "null"), said)
        kept = {key: value for key, value in known.items() if key != "title"} | (
            {"default": said["default"]} if said.get("default") is not None else {}
        )
        required = name in schema.get("required", ())
        yield {"name": name, "in": "query", "required": required, "schema": kept}


def _headers(one: Operation) -> Iterator[dict[str, Any]]:
    for name, says in one.headers.items():
        schema = {"type": "string", "minLength": 8, "maxLength": 200, "pattern": "^[!-~]+$"}
        yield {"name": name, "in": "header", "required": False, "description": says, "schema": schema}


def _responses(
    rule: Rule, one: Operation, refer: Mapping[Any, Any], *, classes: bool
) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = refer[one.gives] if one.gives is not None else {"type": "object" if one.media == JSON else "string"}
    for status in sorted(one.statuses):
        yield str(status), {"description": SUCCESS[status], "content": {one.media: {"schema": schema}}}
    for status, says in sorted(_refusals(rule, one, classes=classes).items()):
        yield str(status), {"description": says, "content": {JSON: {"schema": refer[Error]}}}


def _refusals(rule: Rule, one: Operation, *, classes: bool) -> dict[int, str]:
    """What every operation of its kind may refuse, and what this one says of itself."""
    writes, typed = one.method in WRITES, one.body is not None or one.query is not None or one.headers
    usual = {
        400: True,
        401: one.who != "anyone",
        409: classes and one.who != "anyone",
        403: writes or one.who == "instructor",
        413: writes,
        415: one.body is not None,
        422: bool(typed),
        429: one.who != "anyone",
        404: bool(rule.arguments),
    }
    return {status: REFUSALS[status] for status, may in usual.items() if may} | dict(one.refuses)


def _security(one: Operation, *, classes: bool) -> list[dict[str, list[str]]]:
    """Which of the schemes suffice; an empty one where nothing is needed."""
    if one.who == "anyone":
        return []
    if one.method in WRITES:
        return [{"token": []}, {"session": [], "csrf": []}]
    return [{"token": []}, {"session": []}] if classes else [{}, {"token": []}]


def _schemes(cookie: str) -> dict[str, Any]:
    return {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": cookie},
        "csrf": {"type": "apiKey", "in": "header", "name": CSRF},
    }
