"""What all models of the API share, and replies that are more than a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

MOST = 2**53 - 1  # what every JSON reader holds exactly


def _whole(value: Any) -> Any:
    """1.0 is as whole as 1: JSON knows one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


WHOLE = BeforeValidator(_whole)
Whole = Annotated[int, Field(ge=0, le=MOST), WHOLE]


class Given(BaseModel):
    """What a request brings: nothing but the declared fields, of the declared types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class Said(BaseModel):
    """What a response says. Later versions may add fields."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="null")


class Detail(Said):
    """One field that is wrong. field: where it stands, such as `body.seed`."""

    field: str
    says: str


class Error(Said):
    """A refusal. error: a sentence with the remedy. details: every field that is wrong."""

    error: str
    details: tuple[Detail, ...] = ()


Model = TypeVar("Model", bound=Said)


@dataclass(frozen=True)
class Reply(Generic[Model]):
    """A model with a status of its own."""

    model: Model
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
