"""What a request brings, read as a model; what does not fit is refused field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from flask import request
from pydantic import ValidationError

from chainrule.web.api.base import Given
from chainrule.web.refusals import Refused

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=Given)
MOST = 20  # faults that are told at once


def read_body(kind: type[Model]) -> Model:
    """The JSON that was sent. Raises Refused: 415 for another type, 400 for no JSON, 422 where it does not fit."""
    if request.mimetype != "application/json":
        raise Refused("Send JSON, with the header Content-Type: application/json.", 415)
    try:
        return kind.model_validate_json(request.get_data(cache=False))
    except ValidationError as error:
        _refuse("body", error)


def read_query(kind: type[Model]) -> Model:
    """The parameters behind the `?`. Raises Refused where one is unknown, comes twice, or does not fit."""
    if twice := [name for name, values in request.args.lists() if len(values) > 1]:
        raise Refused("A parameter came twice.", 422, details=[(f"query.{name}", "came twice") for name in twice])
    try:
        return kind.model_validate_strings(request.args.to_dict())
    except ValidationError as error:
        _refuse("query", error)


def _refuse(where: str, error: ValidationError) -> NoReturn:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    if any(fault["type"] == "json_invalid" for fault in faults):
        raise Refused(f"The body is no JSON: {faults[0]['msg'].removeprefix('Invalid JSON: ')}.", 400) from None
    details = [(_field(where, fault), fault["msg"]) for fault in faults[:MOST]]
    raise Refused("Not every field is as it should be; `details` names them.", 422, details=details) from None


def _field(where: str, fault: ErrorDetails) -> str:
    return ".".join([where, *map(str, fault["loc"])])
