"""Field types shared by the schemas: plain data in, one shape out.

Sugar is undone here (`formula: "x"` for `formula: {key: "x"}`), so that nothing further in sees two forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    model_validator,
)
from pydantic.types import Strict
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from questions.faults import shown

NAME = r"^[A-Za-zͰ-Ͽ_][A-Za-z0-9Ͱ-Ͽ_]*$"


class Fields(BaseModel):
    """Base of every schema: unknown fields refused, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class OneKind(Fields):
    """A mapping in which exactly one of the fields `kinds` is given."""

    kinds: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="after")
    def _exactly_one(self) -> OneKind:
        given = [kind for kind in self.kinds if getattr(self, kind) is not None]
        if len(given) != 1:
            came = " and ".join(given) or "none"
            raise fault(f"expected exactly one of {', '.join(self.kinds)}; came {came}")
        return self

    @property
    def kind(self) -> str:
        """The name of the one field that is given."""
        return next(kind for kind in self.kinds if getattr(self, kind) is not None)


def fault(message: str, *path: str | int) -> PydanticCustomError:
    """An error whose message reaches the author as it stands; path: the place below the value that is checked."""
    return PydanticCustomError("author", "{message}", {"message": message, "path": path})


@dataclass(frozen=True)
class Sugar:
    """An annotation: `undone` gives the long form of a value. bare: the short forms, as JSON Schema, for editors."""

    undone: Callable[[Any], Any]
    bare: tuple[str, ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.undone, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        long = handler(schema)
        short = [{"type": name} for name in self.bare] or [handler.resolve_ref_schema(long)["items"]]
        return {"anyOf": [*short, long]}


def one_field(name: str, types: tuple[type, ...] = (str,), what: str = "text") -> Sugar:
    """Sugar: a bare value of `types` stands for a mapping with one field, `name`. what: such a value in words."""

    def undone(value: Any) -> Any:
        if isinstance(value, types) and not isinstance(value, bool):
            return {name: value}
        if value is None or isinstance(value, dict | BaseModel):
            return value
        raise fault(f"came {shown(value)}, expected {what}, or a mapping with {name!r}")

    return Sugar(undone, tuple(_JSON_NAMES[kind] for kind in types))


def one_item() -> Sugar:
    """Sugar: a bare value stands for a list of one."""
    return Sugar(lambda value: value if value is None or isinstance(value, list | tuple) else [value])


_JSON_NAMES = {str: "string", int: "integer", float: "number", list: "array"}


def number_text(value: Any) -> Any:
    """A YAML number as the text of a formula; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return format(Decimal(repr(value)), "f")


def _dimension(value: Any) -> str | int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    if isinstance(value, str) and value.isidentifier():
        return value
    raise fault(f"came {value!r}, expected a dimension: a name such as N, or a positive whole number")


def _formulas(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, list):
        return tuple(_formula(entry) for entry in value)
    return _formula(value)


def _formula(value: Any) -> str:
    text = number_text(value)
    if not isinstance(text, str) or not text.strip():
        raise fault(f"came {value!r}, expected a formula in quotes")
    return text


def _scalar(value: Any) -> str | int | float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise fault(f"came {value!r}, expected a number or a text")
    return value


def plain(function: Callable[[Any], Any], schema: Any) -> PlainValidator:
    """A validator that is a plain function; `schema` describes what it takes, for the JSON Schema."""
    return PlainValidator(function, json_schema_input_type=schema)


Text = Annotated[str, StringConstraints(pattern=r"\S")]
Name = Annotated[str, StringConstraints(pattern=NAME)]
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Real = Annotated[float, Strict()]
Formula = Annotated[str, plain(_formula, str | int | float)]
Formulas = Annotated[str | tuple[str, ...], plain(_formulas, str | int | float | list[str])]
Scalar = Annotated[str | int | float, plain(_scalar, str | int | float)]
Dimension = Annotated[str | int, plain(_dimension, str | int)]
