"""One call of a code question with small numbers, and what the reference returns: for reading, not for judging."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from grader.formula.cases import draw
from grader.formula.symbols import Scope, Symbol
from questions.case_inputs import Inputs, as_inputs
from questions.context import declared
from questions.references import found

if TYPE_CHECKING:
    from questions.document import Document, Path
    from questions.schema_code import Code
    from questions.variant import Part

MOST_NUMBERS = 80  # in all inputs together: more are no example to look at


@dataclass(frozen=True)
class CodeExample:
    """inputs: by parameter, in order; outputs: one array for each name in the question's `returns`."""

    inputs: Mapping[str, Any]
    outputs: tuple[NDArray[Any], ...]


def code_example(spec: Code, part: Part, document: Document, path: Path) -> CodeExample | None:
    """The example; None where quality is judged, or where every call that is shown is too large to look at.

    Inputs that a function gives obey rules of their own, so there the example is a case that is shown anyway.
    Raises FaultError where the reference fails, AuthorError where the key does.
    """
    if spec.reference is None:
        return None
    if spec.inputs is not None:
        return _shown_case(part)
    parameters = declared(spec.parameters)
    sizes = {dim: 2 + i for i, dim in enumerate(sorted(Scope(symbols=parameters).dimensions))}
    rng = random.Random(f"example:{spec.entry}")
    inputs = as_inputs(parameters, {name: _small(symbol, sizes, rng) for name, symbol in parameters.items()})
    return CodeExample(inputs, _outputs(spec.reference, inputs, document, path))


def _small(symbol: Symbol, sizes: Mapping[str, int], rng: random.Random) -> Any:
    """Values of few digits in the symbol's domain."""
    shape = tuple(d if isinstance(d, int) else sizes[d] for d in symbol.shape)
    match symbol.domain.kind:
        case "real":
            return _tenths(shape, lambda: rng.choice((-1, 1)) * rng.randint(1, 20))
        case "positive" | "nonnegative":
            return _tenths(shape, lambda: rng.randint(1, 20))
        case "unit":
            return _tenths(shape, lambda: rng.randint(1, 9))
    return np.asarray(draw(symbol.domain, shape, rng, Fraction(1))).astype(np.float64)


def _tenths(shape: tuple[int, ...], number: Any) -> NDArray[np.float64]:
    return np.array([number() / 10 for _ in range(int(np.prod(shape)))]).reshape(shape)


def _outputs(name: str, inputs: Inputs, document: Document, path: Path) -> tuple[NDArray[Any], ...]:
    copies = {key: value.copy() if isinstance(value, np.ndarray) else value for key, value in inputs.items()}
    result = found(name, document, path)(**copies)
    return tuple(np.asarray(array) for array in (result if isinstance(result, tuple) else (result,)))


def _shown_case(part: Part) -> CodeExample | None:
    from grader.keys import CodeKey

    assert isinstance(part.key, CodeKey)
    for case in part.key.cases:
        if case.shown and sum(np.size(value) for value in case.inputs.values()) <= MOST_NUMBERS:
            return CodeExample(case.inputs, case.expected)
    return None
