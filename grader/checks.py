"""What a submission of code is checked for: one frozen dataclass for each kind of check, with its marks.

Each check is judged alone and says its own sentence. `name` is the word for it in the bank and in verdicts; `outside`
tells whether the trusted side judges it from returned arrays, so that nothing can forge it, or whether the confined
process reports it, so that it can only lower marks.

    values        returned arrays against the reference
    gradient      returned gradients against autograd of the reference's forward, argument by argument
    consistency   the submission's own backward against finite differences of its own forward
    stability     values at extreme inputs
    trajectory    what is returned for each training step: the first step that diverges is named
    dtype         float32 in, float32 out
    determinism   the same call twice
    state         the same call in a fresh process and after others
    cost          CPU time against a plain Python loop of some passes over the entries
    purity        inputs left as they are                              reported from inside
    forbid        parts of a library that must not be used             reported from inside
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from numpy.typing import NDArray

if TYPE_CHECKING:
    from grader.keys import CodeCase

Array = NDArray[Any]
Cases = tuple["CodeCase", ...]


@dataclass(frozen=True)
class ValuesCheck:
    """The named outputs on the key's cases."""

    name: ClassVar[str] = "values"
    outside: ClassVar[bool] = True
    marks: float
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class GradientCheck:
    """of: output -> argument whose gradient it is. cases: its own, expected by autograd."""

    name: ClassVar[str] = "gradient"
    outside: ClassVar[bool] = True
    marks: float
    of: Mapping[str, str]
    cases: Cases


@dataclass(frozen=True)
class Probe:
    """A point at which a derivative along a direction is measured.

    inputs: of the backward function. directions: argument -> array of its shape. forward: what the forward function
    returns at the point. upstream: the gradient that arrives at its output, in that output's shape.
    """

    inputs: Mapping[str, Any]
    directions: Mapping[str, Array]
    forward: Array
    upstream: Array


@dataclass(frozen=True)
class ConsistencyCheck:
    """forward: the function of the same file; parameters: of it. of: output of the entry -> argument."""

    name: ClassVar[str] = "consistency"
    outside: ClassVar[bool] = True
    marks: float
    forward: str
    parameters: tuple[str, ...]
    of: Mapping[str, str]
    probes: tuple[Probe, ...]


@dataclass(frozen=True)
class StabilityCheck:
    """cases: extreme inputs, expected from the stable reference."""

    name: ClassVar[str] = "stability"
    outside: ClassVar[bool] = True
    marks: float
    cases: Cases


@dataclass(frozen=True)
class TrajectoryCheck:
    """outputs: returned arrays whose first axis counts the steps, on the key's cases."""

    name: ClassVar[str] = "trajectory"
    outside: ClassVar[bool] = True
    marks: float
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class DtypeCheck:
    """cases: inputs of the wanted dtype; the arrays expected carry that dtype too."""

    name: ClassVar[str] = "dtype"
    outside: ClassVar[bool] = True
    marks: float
    cases: Cases


@dataclass(frozen=True)
class DeterminismCheck:
    """Each of the key's cases is called twice in a row."""

    name: ClassVar[str] = "determinism"
    outside: ClassVar[bool] = True
    marks: float


@dataclass(frozen=True)
class StateCheck:
    """Cases are called alone in a fresh process, and after all the others."""

    name: ClassVar[str] = "state"
    outside: ClassVar[bool] = True
    marks: float


@dataclass(frozen=True)
class CostCheck:
    """small, large: the same call at two sizes. passes: of a plain loop over the entries of the largest input."""

    name: ClassVar[str] = "cost"
    outside: ClassVar[bool] = True
    marks: float
    small: Mapping[str, Any]
    large: Mapping[str, Any]
    passes: int


@dataclass(frozen=True)
class PurityCheck:
    """No call changes the arrays that it is given."""

    name: ClassVar[str] = "purity"
    outside: ClassVar[bool] = False
    marks: float


@dataclass(frozen=True)
class ForbidCheck:
    """parts: of the library, "autograd" or "nn", that no call may use."""

    name: ClassVar[str] = "forbid"
    outside: ClassVar[bool] = False
    marks: float
    parts: tuple[str, ...]


Check = (
    ValuesCheck
    | GradientCheck
    | ConsistencyCheck
    | StabilityCheck
    | TrajectoryCheck
    | DtypeCheck
    | DeterminismCheck
    | StateCheck
    | CostCheck
    | PurityCheck
    | ForbidCheck
)
