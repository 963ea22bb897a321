"""Operations of the API: a view with what it takes and gives, declared once, for checking and for the document."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from flask import Response, current_app

from chainrule.web.api.base import Given, Reply, Said
from chainrule.web.api.reading import read_body, read_query
from chainrule.web.people import Access, access

if TYPE_CHECKING:
    from flask import Blueprint, Flask
    from werkzeug.routing import Rule

Method: TypeAlias = Literal["GET", "POST", "PUT", "DELETE"]
View = TypeVar("View", bound=Callable[..., Any])
DECLARED = "chainrule_operation"
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """What a view takes and gives. gives: None for something else than JSON, of the type `media`.

    statuses: of success, the usual one first. refuses: status -> when. headers: name -> what for.
    """

    method: Method
    who: Access
    summary: str
    text: str
    query: type[Given] | None
    body: type[Given] | None
    gives: type[Said] | None
    statuses: tuple[int, ...]
    refuses: Mapping[int, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = JSON


def operation(
    routes: Blueprint,
    method: Method,
    path: str,
    *,
    who: Access = "learner",
    statuses: tuple[int, ...] = (200,),
    refuses: Mapping[int, str] | None = None,
    headers: Mapping[str, str] | None = None,
    media: str = JSON,
) -> Callable[[View], View]:
    """Makes a function a view: arguments `query` and `body` are read as their annotations say, others from the path.

    It returns a model, a Reply with one, or a response. Its docstring is what the document says.
    """

    def declared(function: View) -> View:
        hints = get_type_hints(function)
        summary, _, text = inspect.cleandoc(function.__doc__ or "").partition("\n")
        gives = _model(hints["return"])
        found = Operation(
            method, who, summary, text.strip(), hints.get("query"), hints.get("body"), gives, statuses,
            refuses or {}, headers or {}, media,
        )  # fmt: skip

        @wraps(function)
        def view(**parts: Any) -> Response:
            if found.query is not None:
                parts["query"] = read_query(found.query)
            if found.body is not None:
                parts["body"] = read_body(found.body)
            return _response(function(**parts), found.statuses[0])

        setattr(view, DECLARED, found)
        routes.route(path, methods=[method])(access(who)(view))
        return function

    return declared


def operations(app: Flask) -> tuple[tuple[Rule, Operation], ...]:
    """Every operation of the application with its rule, in the order of declaration."""
    found = [(rule, getattr(app.view_functions[rule.endpoint], DECLARED, None)) for rule in app.url_map.iter_rules()]
    return tuple((rule, one) for rule, one in found if one is not None)


def _model(hint: Any) -> type[Said] | None:
    """The model that a return annotation names: `Item`, `Reply[Answer]`; None for a response."""
    found = get_args(hint)[0] if get_origin(hint) is Reply else hint
    return found if isinstance(found, type) and issubclass(found, Said) else None


def _response(given: Said | Reply[Any] | Response, status: int) -> Response:
    if isinstance(given, Response):
        return given
    reply: Reply[Any] = given if isinstance(given, Reply) else Reply(given, status)
    text = reply.model.model_dump_json()
    return current_app.response_class(text + "\n", reply.status, reply.headers, mimetype=JSON)
