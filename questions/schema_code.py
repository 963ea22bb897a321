"""The schema of an answer that is code."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from questions.fields import Dimension, Fields, Name, Real, Text, fault, plain
from questions.schema_symbols import Reference, Symbols

EDGES = ("zeros", "ones", "large", "ties", "single")


def _edge(value: Any) -> str | dict[str, Any]:
    if isinstance(value, str) and value in EDGES:
        return value
    if isinstance(value, dict) and all(_numeric(entry) for entry in value.values()):
        return value
    raise fault(f"came {value!r}, expected one of {', '.join(EDGES)}, or values for some of the parameters")


def _numeric(value: Any) -> bool:
    if isinstance(value, list):
        return all(_numeric(entry) for entry in value)
    return isinstance(value, int | float | str)


Edge = Annotated[str | dict[str, Any], plain(_edge, str | dict[str, Any])]


class LimitsSpec(Fields):
    """What a submission may use for all its cases together."""

    wall_seconds: Annotated[Real, Field(gt=0, le=60)] = 5.0
    cpu_seconds: Annotated[Real, Field(gt=0, le=60)] = 5.0
    memory_mib: Annotated[int, Field(strict=True, ge=64, le=4096)] = 512


class AccuracySpec(Fields):
    """Quality instead of values: class scores must reach the trained reference's accuracy less `margin`."""

    labels: Reference
    margin: Annotated[Real, Field(ge=0, lt=1)]
    reference: Text


class Code(Fields):
    """A function to write.

    parameters: its arguments in order, like `symbols`; inputs are drawn by shape and domain, or come from
    `inputs`, a function of `solutions` that is called with the seed and returns a list of calls.
    returns: a name and shape for each array; reference: the function of `solutions` that is right.
    edge: further cases: zeros, ones, large (up to ±1000), ties, single (all sizes 1), or values by name.
    """

    entry: Name
    parameters: Annotated[Symbols, Field(min_length=1)]
    returns: Annotated[dict[Name, tuple[Dimension, ...]], Field(min_length=1)]
    reference: Reference | None = None
    inputs: Reference | None = None
    starter: str | None = None
    allow: Literal["numpy", "torch"] = "numpy"
    cases: Annotated[int, Field(strict=True, ge=1, le=20)] = 3
    edge: tuple[Edge, ...] = ()
    tolerance: Annotated[Real, Field(gt=0, lt=1)] = 1e-6
    limits: LimitsSpec = LimitsSpec()
    accuracy: AccuracySpec | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Code:
        if (self.reference is None) == (self.accuracy is None):
            raise fault("expected exactly one of `reference` (compares values) and `accuracy` (compares quality)")
        if self.accuracy is not None and self.inputs is None:
            raise fault("`accuracy` wants `inputs`, the function that gives the data")
        return self
