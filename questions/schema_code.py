"""The schema of an answer that is code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from questions.fields import Dimension, Fields, Name, Real, Text, Whole, fault, one_field, plain
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


Marks = Annotated[Real | Whole, Field(ge=0, le=100)]
Size = Annotated[int, Field(strict=True, ge=1, le=5_000_000)]
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


class Marked(Fields):
    """A check that needs nothing but its marks; a bare number is those."""

    marks: Marks


class GradientSpec(Fields):
    """Outputs that are gradients, against autograd, on cases of their own.

    of: output -> parameter whose gradient it is. forward: a function of `solutions` on torch tensors; it is called with
    the parameters that it asks for. upstream: the parameter that arrives at its output; none where that is a number.
    """

    marks: Marks
    of: Annotated[dict[Name, Name], Field(min_length=1)]
    forward: Reference
    upstream: Name | None = None


class ConsistencySpec(Fields):
    """The submission's own backward (`entry`) against finite differences of its own forward.

    forward: the function of the same file, whose parameters are those of `reference`, the right one in `solutions`.
    """

    marks: Marks
    of: Annotated[dict[Name, Name], Field(min_length=1)]
    forward: Name
    reference: Reference
    upstream: Name


class StabilitySpec(Fields):
    """Extreme inputs: edges as under `edge`, or `inputs`, a function of `solutions` like that of the question."""

    marks: Marks
    edge: tuple[Edge, ...] = ()
    inputs: Reference | None = None

    @model_validator(mode="after")
    def _some(self) -> StabilitySpec:
        if not self.edge and self.inputs is None:
            raise fault("expected `edge` or `inputs`: which inputs are extreme?")
        return self


class TrajectorySpec(Fields):
    """Outputs with one row for each training step; the first row that differs is named."""

    marks: Marks
    outputs: Annotated[tuple[Name, ...], Field(min_length=1)]


class CostSpec(Fields):
    """CPU time between two sizes, against sixty operations on whole arrays and a loop over all entries `passes` times.

    sizes: dimension -> [small, large]; other dimensions are 4. Marks 0: a remark alone.
    """

    marks: Marks = 0
    sizes: Annotated[dict[Name, tuple[Size, Size]], Field(min_length=1)]
    passes: Annotated[int, Field(strict=True, ge=1, le=1000)] = 4


class ForbidSpec(Fields):
    """Parts of PyTorch that no call may use: `autograd` (backward, grad), `nn` (layers and functional), `optim`."""

    marks: Marks
    parts: Annotated[tuple[Literal["autograd", "nn", "optim"], ...], Field(min_length=1)]


Plain = Annotated[Marked, one_field("marks", (int, float), "marks")]


class ChecksSpec(Fields):
    """What the submission is judged for, with marks. Each check fails alone.

    `values` judges the outputs that neither `gradient` nor `trajectory` names, or all where none is left.
    """

    values: Plain | None = None
    gradient: GradientSpec | None = None
    consistency: ConsistencySpec | None = None
    stability: StabilitySpec | None = None
    trajectory: TrajectorySpec | None = None
    dtype: Plain | None = None
    determinism: Plain | None = None
    state: Plain | None = None
    cost: CostSpec | None = None
    purity: Plain | None = None
    forbid: ForbidSpec | None = None

    @model_validator(mode="after")
    def _some_marks(self) -> ChecksSpec:
        if self.values is None and self.gradient is None and self.trajectory is None:
            raise fault(
                "expected one of `values`, `gradient` and `trajectory`: the others do not tell right from wrong"
            )
        return self


class Code(Fields):
    """A function to write.

    checks: names with marks; left out, the values alone are judged.
    steps: where given, `entry` is a class, or a function that returns a function: made from `parameters`, then called
    once for each row of these (their first dimension counts the calls); what the calls return is stacked.

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
    checks: ChecksSpec | None = None
    steps: Annotated[Symbols, Field(default_factory=dict)]

    @model_validator(mode="after")
    def _one_measure(self) -> Code:
        if (self.reference is None) == (self.accuracy is None):
            raise fault("expected exactly one of `reference` (compares values) and `accuracy` (compares quality)")
        if self.accuracy is not None and self.inputs is None:
            raise fault("`accuracy` wants `inputs`, the function that gives the data")
        return self

    @model_validator(mode="after")
    def _known_names(self) -> Code:
        if self.checks is None:
            return self
        if self.accuracy is not None:
            raise fault("`checks` compare with a `reference`; `accuracy` has none", "checks")
        for kind in ("gradient", "consistency"):
            spec = getattr(self.checks, kind)
            if spec is not None:
                self._expect(kind, spec.of, self.returns, "output")
                self._expect(
                    kind, [*spec.of.values(), *([spec.upstream] if spec.upstream else [])], self.every, "parameter"
                )
        if self.checks.trajectory is not None:
            self._expect("trajectory", self.checks.trajectory.outputs, self.returns, "output")
        if self.steps and (self.checks.gradient or self.checks.consistency or self.checks.cost):
            raise fault("`gradient`, `consistency` and `cost` want a function, not something with `steps`", "checks")
        return self

    @property
    def every(self) -> Symbols:
        """Parameters and steps: everything that a case holds."""
        return {**self.parameters, **self.steps}

    def _expect(self, check: str, names: Iterable[str], known: Iterable[str], what: str) -> None:
        for name in names:
            if name not in known:
                raise fault(f"{name!r} is no {what}; there are {', '.join(known)}", "checks", check)
