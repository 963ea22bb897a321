"""A formula as JSON values and back, for the process that proves equality."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from grader.formula.reading import Formula, read
from grader.formula.symbols import Constant, Domain, Scope, Symbol


def formula_record(formula: Formula) -> dict[str, Any]:
    """The formula's text and scope as JSON values."""
    return {"text": formula.text(), "scope": scope_record(formula.scope)}


def formula_of(record: Mapping[str, Any]) -> Formula:
    """The formula that `formula_record` wrote down."""
    return read(record["text"], scope_of(record["scope"]))


def scope_record(scope: Scope) -> dict[str, Any]:
    """The scope as JSON values."""
    return {
        "symbols": [
            [s.name, list(s.shape), s.domain.kind, s.domain.low, s.domain.high, s.first] for s in scope.symbols.values()
        ],
        "constants": {name: _written(value) for name, value in scope.constants.items()},
        "indices": dict(scope.indices),
        "definitions": [[name, f.text()] for name, f in scope.definitions.items()],
        "dims": sorted(scope.dims),
    }


def scope_of(record: Mapping[str, Any]) -> Scope:
    """The scope that `scope_record` wrote down."""
    symbols = {
        name: Symbol(name, tuple(shape), Domain(kind, low, high), first)
        for name, shape, kind, low, high, first in record["symbols"]
    }
    constants = {name: _constant(value) for name, value in record["constants"].items()}
    scope = Scope(symbols, constants, record["indices"], {}, frozenset(record["dims"]))
    for name, text in record["definitions"]:
        scope = scope.define(name, read(text, scope))
    return scope


def _written(value: Constant) -> Any:
    return str(value) if isinstance(value, Fraction) else [_written(v) for v in value]


def _constant(value: Any) -> Constant:
    return Fraction(value) if isinstance(value, str) else tuple(_constant(v) for v in value)
