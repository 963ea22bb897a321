"""Plain data into a schema's model; every mistake as a fault with its line and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from questions.document import Document, Path
from questions.faults import Fault, FaultError, shown, suggestion

M = TypeVar("M", bound=BaseModel)

_EXPECTED: Mapping[str, str] = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def validated(model: type[M], document: Document, path: Path = ()) -> M:
    """The value at `path` as a `model`; raises `FaultError` with everything that is wrong in it."""
    try:
        return model.model_validate(document.value(path) if path else document.data)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        raise FaultError(_fault(model, document, path, p) for p in problems if not _is_echo(p, problems)) from None


def _is_echo(problem: Any, problems: Sequence[Any]) -> bool:
    """True for a list that counts as too short only because an entry of it is wrong."""
    loc = problem["loc"]
    inside = (p for p in problems if len(p["loc"]) > len(loc) and p["loc"][: len(loc)] == loc)
    return problem["type"] == "too_short" and any(inside)


def _fault(model: type[BaseModel], document: Document, root: Path, problem: Any) -> Fault:
    loc: Path = tuple(problem["loc"])
    path = (*root, *loc)
    match problem["type"]:
        case "extra_forbidden":
            fields = field_names(model, loc[:-1])
            remedy = suggestion(str(loc[-1]), fields) or f" The fields here are {', '.join(fields)}."
            return document.fault(path, f"unknown field {loc[-1]!r}.{remedy}", at_key=True)
        case "missing" if isinstance(loc[-1], int):
            return document.fault(path[:-1], f"came {shown(problem['input'])}, expected one more entry")
        case "missing":
            return document.fault(path[:-1], f"the field {loc[-1]!r} is missing")
        case "string_pattern_mismatch":
            at_key = loc[-1] == "[key]"
            pattern = problem["ctx"]["pattern"]
            message = f"came {shown(problem['input'])}, expected {_pattern(pattern)}"
            return document.fault(path[:-1] if at_key else path, message, at_key=at_key)
        case "author":
            return document.fault((*path, *problem["ctx"]["path"]), problem["ctx"]["message"])
        case "too_short" | "too_long":
            limit = problem["ctx"].get("min_length") or problem["ctx"].get("max_length")
            bound = "at least" if problem["type"] == "too_short" else "at most"
            return document.fault(path, f"came {shown(problem['input'])}, expected {bound} {limit} entries")
    return document.fault(path, f"came {shown(problem['input'])}, expected {_expected(problem)}")


def _expected(problem: Any) -> str:
    if problem["type"] in _EXPECTED:
        return _EXPECTED[problem["type"]]
    if problem["type"] == "literal_error":
        return f"one of {problem['ctx']['expected']}".replace("'", "")
    message: str = problem["msg"]
    return message.removeprefix("Input should be ").removeprefix("Value should ")


def _pattern(pattern: str) -> str:
    if pattern == r"\S":
        return "a text that is not empty"
    if "\\." in pattern:
        return "the name of a function, as topic.function"
    if pattern.endswith("-]*$"):
        return "small letters, digits and dashes"
    return "a name: letters, digits and underscores, not a digit first"


def field_names(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the fields that may stand at `path` in a mapping read as `model`."""
    found: Any = model
    for step in path:
        found = _below(found, step)
    inner = _model(found)
    return [field.alias or name for name, field in inner.model_fields.items()] if inner else []


def _below(annotation: Any, step: str | int) -> Any:
    inner = _model(annotation)
    if inner is None:  # a list's or a mapping's entry: its type is the last argument
        return _container_entry(annotation)
    fields = {field.alias or name: field for name, field in inner.model_fields.items()}
    return fields[str(step)].annotation if str(step) in fields else None


def _container_entry(annotation: Any) -> Any:
    if getattr(annotation, "__origin__", None) in (list, tuple, dict):
        return [arg for arg in get_args(annotation) if arg is not Ellipsis][-1]
    return next((found for arg in get_args(annotation) if (found := _container_entry(arg)) is not None), None)


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model inside Optional[...] or Annotated[...]; None for lists, mappings and plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if getattr(annotation, "__origin__", None) in (list, tuple, dict):
        return None
    return next((found for arg in get_args(annotation) if (found := _model(arg)) is not None), None)
