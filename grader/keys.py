"""Keys: what the right answer of a part is, one frozen dataclass for each kind of answer.

A key is data that `grader.answers.judge` compares an answer with. It holds no bank and no YAML.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from grader.checks import Check
from grader.formula.reading import Formula, Program
from grader.formula.symbols import Scope
from grader.samples import Samples, cases_of, samples

if TYPE_CHECKING:
    from grader.derivations.quantities import Quantities

T = TypeVar("T")
Array = NDArray[Any]


@dataclass(frozen=True)
class Mistake(Generic[T]):
    """A wrong key and the sentence that corrects it. worth: the share of the marks that it earns all the same.

    typed: the line of a derivation that it is, as it was declared.
    """

    name: str
    key: T
    says: str
    worth: float = 0.0
    typed: str = ""


@dataclass(frozen=True)
class Partial:
    """Shares of the marks for a formula that is not wholly right; 0 gives none.

    sign, factor, transpose: right up to one of these. entries, terms: each right one earns its part.
    """

    sign: float = 0.0
    factor: float = 0.0
    transpose: float = 0.0
    entries: bool = False
    terms: bool = False


@dataclass(frozen=True)
class FormulaKey:
    """A formula; the answer may be any formula that is the same function of the scope's symbols.

    asked: names for what is asked, such as `dL/dW`; an answer may begin with one of them and an equals sign.
    alternatives: wrong keys that nobody declared, such as the same in another convention; made when first needed,
        and looked at after the declared mistakes.
    """

    formula: Formula
    scope: Scope
    mistakes: tuple[Mistake[Formula], ...] = ()
    same_domain: bool = False
    asked: tuple[str, ...] = ()
    partial: Partial = Partial()
    alternatives: Callable[[], tuple[Mistake[Formula], ...]] = tuple

    @functools.cached_property
    def samples(self) -> Samples:
        """The key's values on its cases, computed once."""
        return samples(self.formula, cases_of(self.formula))

    @functools.cached_property
    def mistake_samples(self) -> tuple[tuple[Mistake[Formula], Samples], ...]:
        """Each declared mistake with its values on the key's cases."""
        return self._sampled(self.mistakes)

    @functools.cached_property
    def alternative_samples(self) -> tuple[tuple[Mistake[Formula], Samples], ...]:
        """Each alternative with its values on the key's cases."""
        return self._sampled(self.alternatives())

    def _sampled(self, mistakes: tuple[Mistake[Formula], ...]) -> tuple[tuple[Mistake[Formula], Samples], ...]:
        return tuple((mistake, samples(mistake.key, self.samples.cases)) for mistake in mistakes)


@dataclass(frozen=True)
class DerivationKey:
    """The gradients of one scalar of a forward program, each derived line by line.

    of: the scalar's name. wanted: the names whose gradients are asked for. mistakes: wrong formulas for a line.
    """

    program: Program
    of: str
    wanted: tuple[str, ...]
    mistakes: tuple[Mistake[Formula], ...] = ()

    @functools.cached_property
    def quantities(self) -> Quantities:
        """What a line can be right about, with values; made when first needed."""
        from grader.derivations.quantities import Quantities

        return Quantities(self)


@dataclass(frozen=True)
class NumberKey:
    """An exact number. digits: significant digits that suffice; None demands the exact number.

    scope: constants that the answer may use by name ("(n - k)/s + 1").
    """

    value: Fraction | float
    digits: int | None
    scope: Scope = field(default_factory=Scope)
    mistakes: tuple[Mistake[Fraction | float], ...] = ()


@dataclass(frozen=True)
class ShapeKey:
    """A tensor shape, typed as `(32, 8, 8)` or `32 x 8 x 8`."""

    shape: tuple[int, ...]
    mistakes: tuple[Mistake[tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class Option:
    """One line to choose. label: the letter typed; says: why it is wrong (or right)."""

    label: str
    text: str
    right: bool
    says: str = ""
    name: str = ""  # of the mistake it stands for, or of the option


@dataclass(frozen=True)
class ChoiceKey:
    """Options of which exactly one is right."""

    options: tuple[Option, ...]


@dataclass(frozen=True)
class StatementsKey:
    """Statements of which any number is true; the answer lists the true ones, or `none`."""

    options: tuple[Option, ...]


@dataclass(frozen=True)
class OrderingKey:
    """Items with labels as shown; `order` lists the labels in the right order."""

    options: tuple[Option, ...]
    order: tuple[str, ...]


@dataclass(frozen=True)
class CodeCase:
    """One call: keyword inputs (arrays, numbers, strings) and the arrays expected back.

    conditions: for each output, how many times larger a relative error of the inputs comes out; 1 where not known.
    """

    inputs: Mapping[str, Any]
    expected: tuple[Array, ...]
    shown: bool = False
    conditions: tuple[float, ...] = ()


@dataclass(frozen=True)
class Accuracy:
    """Quality wanted of returned class scores: right on at least `floor` of `labels`.

    reference: accuracy of the trained reference, for the feedback.
    """

    labels: NDArray[np.int64]
    floor: float
    reference: float


@dataclass(frozen=True)
class Limits:
    """What one submission may use for all its cases together."""

    wall_seconds: float = 5.0
    cpu_seconds: float = 5.0
    memory_mib: int = 512


@dataclass(frozen=True)
class CodeKey:
    """A function to be written. Values are compared case by case, or `accuracy` where given.

    checks: what it is judged for, each with its marks; empty means the values of all outputs alone.
    examples: small cases that may be shown, none of them used for marks: a failure in a hidden case is told by one.
    steps: where not empty, `entry` is a class, or a function that returns a function: made once from the other
    parameters, then called once for each row of these.

    allow: "numpy" or "torch", the heaviest package the submission may import.
    outputs: a name for each returned array, for the feedback.
    tolerance: relative to the magnitude of the expected array.
    mistakes: name, outputs of a wrong reference on the same cases (one tuple of arrays a case), sentence.
    """

    entry: str
    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    cases: tuple[CodeCase, ...]
    allow: str = "numpy"
    accuracy: Accuracy | None = None
    tolerance: float = 1e-6
    mistakes: tuple[Mistake[tuple[tuple[Array, ...], ...]], ...] = ()
    limits: Limits = field(default_factory=Limits)
    checks: tuple[Check, ...] = ()
    examples: tuple[CodeCase, ...] = ()
    steps: tuple[str, ...] = ()


Key = FormulaKey | DerivationKey | NumberKey | ShapeKey | ChoiceKey | StatementsKey | OrderingKey | CodeKey
