"""The OpenAPI document as views for a page of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chainrule.web.api.operations import JSON


@dataclass(frozen=True)
class FieldTold:
    """A field or a parameter. place: query, path, header or ''. kind: its type in words, with its limits."""

    name: str
    kind: str
    required: bool
    place: str = ""
    says: str = ""


@dataclass(frozen=True)
class ModelTold:
    """A model with its fields. says: what it is and what its fields mean."""

    name: str
    says: str
    fields: tuple[FieldTold, ...]


@dataclass(frozen=True)
class AnswerTold:
    """A response. model: the name of what it says, '' for something else than JSON of a model."""

    status: str
    says: str
    model: str


@dataclass(frozen=True)
class OperationTold:
    """An operation. body: the model's name, '' for none. example: a whole request as a command line."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[FieldTold, ...]
    body: str
    example: str
    answers: tuple[AnswerTold, ...]


@dataclass(frozen=True)
class GroupTold:
    """Operations on one thing."""

    name: str
    operations: tuple[OperationTold, ...]


def groups(document: Mapping[str, Any], server: str) -> tuple[GroupTold, ...]:
    """The operations by what they are about, in the order of the document. server: its address, for the examples."""
    found: dict[str, list[OperationTold]] = {}
    for path, methods in document["paths"].items():
        for method, one in methods.items():
            told = _operation(document, method.upper(), path, one, server)
            found.setdefault(one["tags"][0], []).append(told)
    return tuple(GroupTold(name, tuple(told)) for name, told in found.items())


def models(document: Mapping[str, Any]) -> tuple[ModelTold, ...]:
    """Every model, by name."""
    schemas = sorted(document["components"]["schemas"].items())
    return tuple(ModelTold(name, one.get("description", ""), tuple(_fields(one))) for name, one in schemas)


def _operation(
    document: Mapping[str, Any], method: str, path: str, one: Mapping[str, Any], server: str
) -> OperationTold:
    body = _name(one["requestBody"]["content"][JSON]["schema"]) if "requestBody" in one else ""
    parameters = tuple(
        FieldTold(said["name"], kind_text(said["schema"]), said["required"], said["in"], said.get("description", ""))
        for said in one["parameters"]
    )
    return OperationTold(
        id=one["operationId"],
        method=method,
        path=path,
        summary=one["summary"],
        text=one["description"],
        parameters=parameters,
        body=body,
        example=_example(document, method, path, one, body, server),
        answers=tuple(_answers(one)),
    )


def _answers(one: Mapping[str, Any]) -> Iterator[AnswerTold]:
    for status, said in one["responses"].items():
        schema = next(iter(said["content"].values()))["schema"]
        yield AnswerTold(status, said["description"], _name(schema))


def _fields(schema: Mapping[str, Any]) -> Iterator[FieldTold]:
    for name, said in schema.get("properties", {}).items():
        yield FieldTold(name, kind_text(said), name in schema.get("required", ()))


def kind_text(schema: Mapping[str, Any]) -> str:
    """A type in words: `integer, 0 to 10`, `list of Topic`, `text or null`."""
    match schema:
        case {"$ref": str(address)}:
            return address.rpartition("/")[2]
        case {"anyOf": [*kinds]}:
            return " or ".join(kind_text(kind) for kind in kinds)
        case {"enum": [*words]}:
            return " or ".join(json.dumps(word) for word in words)
        case {"const": word}:
            return json.dumps(word)
        case {"type": "array", "items": items}:
            return f"list of {kind_text(items)}"
        case {"type": "string", "format": "date-time"}:
            return "time"
        case {"type": str(kind)}:
            return {"string": "text", "object": "object"}.get(kind, kind) + _limits(schema)
    return "anything"


def _limits(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f", {low} to {high}"
    return f", from {low} on" if low is not None else ""


def _name(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _example(
    document: Mapping[str, Any], method: str, path: str, one: Mapping[str, Any], body: str, server: str
) -> str:
    """The request for curl."""
    words = [f"curl {server.rstrip('/')}{_filled(path)}"]
    if method not in ({"GET", "POST"} if body else {"GET"}):
        words.append(f"-X {method}")
    if one["security"]:
        words.append("-H 'Authorization: Bearer TOKEN'")
    if body:
        words.append("-H 'Content-Type: application/json'")
        words.append(f"-d {_quoted(document, body)}")
    return _lines(words)


def _filled(path: str) -> str:
    """The path with places to fill in, in capital letters."""
    return "".join(piece.upper() if i % 2 else piece for i, piece in enumerate(path.replace("}", "{").split("{")))


def _quoted(document: Mapping[str, Any], body: str) -> str:
    examples = document["components"]["schemas"][body].get("examples", [{}])
    text = json.dumps(examples[0], ensure_ascii=False)
    return "'" + text.replace("'", "'\\''") + "'"


def _lines(words: Sequence[str]) -> str:
    return " \\\n  ".join(words)
