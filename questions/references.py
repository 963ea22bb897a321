"""Calling functions of `solutions` by name, with drawn values and a case's arrays under their names."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from grader.errors import AuthorError
from grader.formula.symbols import Constant
from questions.document import Document, Path
from questions.draws import Drawn
from questions.faults import FaultError, suggestion


def call(name: str, drawn: Drawn, point: Mapping[str, Any], document: Document, path: Path) -> Any:
    """What the function returns for the names that it asks for.

    point: arrays, sizes and other values by name, beside the drawn ones.
    Raises `FaultError` at `path` where there is no such function, it asks for an unknown name, or it fails.
    """
    known = {**values(drawn), **point}
    function = found(name, document, path)
    try:
        wanted = inspect.signature(function).parameters
        return function(**_chosen(name, wanted, known))
    except FaultError:
        raise
    except Exception as error:
        raise FaultError([document.fault(path, f"{name}: {error}")]) from error


def found(name: str, document: Document, path: Path) -> Any:
    """The function of that name in `solutions`."""
    from solutions.registry import find

    try:
        return find(name)
    except AuthorError as error:
        raise FaultError([document.fault(path, str(error))]) from None


def values(drawn: Drawn) -> dict[str, Any]:
    """The drawn values as a function takes them: int, float, str, or a float64 array."""
    texts = {name: text for name, text in drawn.spelled.items() if name not in drawn.numbers}
    return {**texts, **{name: plain(value) for name, value in drawn.numbers.items()}}


def plain(value: Constant) -> Any:
    """An exact value as int, float or float64 array."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return np.array(_floats(value), dtype=np.float64)


def _floats(value: Constant) -> Any:
    return float(value) if isinstance(value, Fraction) else [_floats(entry) for entry in value]


def _chosen(name: str, wanted: Mapping[str, inspect.Parameter], known: Mapping[str, Any]) -> dict[str, Any]:
    missing = [p for p in wanted.values() if p.name not in known and p.default is inspect.Parameter.empty]
    if missing:
        asked = missing[0].name
        names = ", ".join(sorted(known)) or "none"
        raise AuthorError(f"it asks for {asked!r}; the names here are {names}.{suggestion(asked, known)}")
    return {p: known[p] for p in wanted if p in known}
