"""Promise 1: a second road to the key. Functions of `solutions`, and autograd over the forward program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.answers.code_values import close, noise_of
from grader.formula.derive import gradients
from grader.formula.reading import Formula
from grader.keys import (
    ChoiceKey,
    CodeKey,
    DerivationKey,
    FormulaKey,
    Key,
    NumberKey,
    OrderingKey,
    ShapeKey,
    StatementsKey,
)
from questions import references
from questions.broken import Broken, Inspected
from questions.document import Path
from questions.faults import FaultError
from questions.references import call
from questions.roads import Road, disagreement
from questions.schema import Autograd, OracleSpec

SAME_NUMBER = 1e-9  # relative, between an exact key and a float


def check_oracles(part: Inspected, oracles: Sequence[OracleSpec]) -> Iterator[Broken]:
    """What the oracles say against the key."""
    key = part.part.key
    if not oracles:
        if _needs_oracle(part, key):
            yield part.broken(1, "the key has no second road; name an `oracle`")
        return
    for i, oracle in enumerate(oracles):
        path = (*part.oracles_path, i) if len(oracles) > 1 else part.oracles_path
        try:
            yield from _check(part, key, oracle, path)
        except FaultError as error:
            yield part.broken(1, error.faults[0].message, path)


def _needs_oracle(part: Inspected, key: Key) -> bool:
    """Kinds whose key is computed; those settled by a citation or by a model answer need none."""
    answer = part.spec.answer
    match key:
        case FormulaKey() | NumberKey() | ShapeKey():
            return True
        case ChoiceKey():
            return answer.choice is not None and answer.choice.right is None
        case OrderingKey():
            return answer.ordering is not None and answer.ordering.items[0].value is not None
        case CodeKey():
            return not part.part.model
    return False


def _check(part: Inspected, key: Key, oracle: OracleSpec, path: Path) -> Iterator[Broken]:
    if isinstance(key, DerivationKey):
        yield from _check_derivation(part, key, oracle, path)
        return
    formula = _formula(part, key)
    if formula is not None and (formula.scope.symbols or oracle.autograd):
        context = part.context
        found = disagreement(formula, Road(oracle, context.drawn, context.program, context.document, path))
        if found is not None:
            yield part.broken(1, found.what, expected=found.expected, got=found.got)
        return
    if oracle.function is None:
        yield part.broken(1, "autograd gives formulas; this key is none", path)
        return
    if isinstance(key, CodeKey):
        yield from _compare_code(part, key, oracle.function, path)
        return
    got = call(oracle.function, part.context.drawn, {}, part.context.document, path)
    expected = _value(part, key, formula)
    if not _agrees(got, expected):
        yield part.broken(1, f"{oracle.function} disagrees", expected=_shown(expected), got=_shown(got))


def _check_derivation(part: Inspected, key: DerivationKey, oracle: OracleSpec, path: Path) -> Iterator[Broken]:
    """Every step of the derivation by autograd; a function of `solutions` gives the last gradient."""
    context, derivation = part.context, gradients(key.program, of=key.of, with_respect_to=key.wanted)
    names = [step.of for step in derivation.steps if step.of in key.quantities.signs.names]
    roads = [(name, OracleSpec(autograd=Autograd(of=key.of, with_respect_to=name))) for name in names]
    if oracle.function is not None:
        roads = [(key.wanted[-1], oracle)]
    for name, road in roads:
        found = disagreement(
            derivation.closed(name), Road(road, context.drawn, context.program, context.document, path)
        )
        if found is not None:
            yield part.broken(1, f"d{key.of}/d{name}: {found.what}", expected=found.expected, got=found.got)


def _formula(part: Inspected, key: Key) -> Formula | None:
    """The key as a formula, where it is one."""
    if isinstance(key, FormulaKey):
        return key.formula
    if isinstance(key, ChoiceKey) and part.spec.answer.choice and part.spec.answer.choice.key:
        pieces = dict(part.part.choices)[next(o.label for o in key.options if o.right)]
        if len(pieces) == 1 and isinstance(pieces[0], Formula):
            return pieces[0]
    return None


def _value(part: Inspected, key: Key, formula: Formula | None) -> Any:
    """What an oracle is expected to return for a key that is not a formula over symbols."""
    match key:
        case NumberKey(value=value):
            return value
        case ShapeKey(shape=shape):
            return shape
        case ChoiceKey(options=options):
            right = next(option for option in options if option.right)
            if formula is not None:
                return part.context.number(str(part.spec.answer.choice and part.spec.answer.choice.key), part.key_path)
            return right.name or _number(right.text)
        case OrderingKey():
            return _order(part, key)
        case StatementsKey(options=options):
            return [option.right for option in sorted(options, key=lambda o: int(o.name))]
    raise TypeError(f"no oracle for {type(key).__name__}")


def _order(part: Inspected, key: OrderingKey) -> Any:
    """The items' values in the order of the file, or their names in the right order."""
    spec = part.spec.answer.ordering
    assert spec is not None
    if spec.items[0].value is None:
        names = {option.label: option.name for option in key.options}
        return [names[label] for label in key.order]
    path = (*part.path, "answer", "ordering", "items")
    return [part.context.number(item.value or "", (*path, i, "value")) for i, item in enumerate(spec.items)]


def _number(text: str) -> Any:
    """An option that shows a value, as that value; any other text as it is."""
    try:
        return Fraction(text)
    except ValueError:
        return text


def _agrees(got: Any, expected: Any) -> bool:
    if isinstance(got, str) or isinstance(expected, str):
        return bool(got == expected)
    if isinstance(expected, list) and expected and isinstance(expected[0], str):
        return list(got) == expected
    mine, right = _floats(got), _floats(expected)
    if mine.shape != right.shape:
        return False
    return bool(np.isfinite(mine).all()) and close(mine, right, tolerance=SAME_NUMBER, noise=1e-12)


def _floats(value: Any) -> NDArray[np.float64]:
    if isinstance(value, list | tuple):
        return np.array([float(entry) for entry in value], dtype=np.float64)
    if isinstance(value, np.ndarray):
        return value.astype(np.float64)
    return np.array(float(value), dtype=np.float64)


def _shown(value: Any) -> str:
    return str([float(v) for v in value]) if isinstance(value, list) and not isinstance(value[0], str) else str(value)


def _compare_code(part: Inspected, key: CodeKey, name: str, path: Path) -> Iterator[Broken]:
    """Another implementation, called on every case."""
    function = references.found(name, part.context.document, path)
    noises = [noise_of(arrays) for arrays in zip(*(case.expected for case in key.cases), strict=True)]
    for i, case in enumerate(key.cases):
        copies = {n: v.copy() if isinstance(v, np.ndarray) else v for n, v in case.inputs.items()}
        result = function(**copies)
        got = [np.asarray(array) for array in (result if isinstance(result, tuple) else (result,))]
        for output, mine, right, noise in zip(key.outputs, got, case.expected, noises, strict=True):
            if not close(mine, right, tolerance=key.tolerance, noise=noise):
                yield part.broken(1, f"{name} disagrees with the reference on {output} of case {i}", path)
                return
