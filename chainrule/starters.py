"""The file to start from for a code question: what goes in and comes out, an example, how to grade it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from chainrule.wording import DOMAINS
from questions.code_example import CodeExample, code_example
from questions.context import declared

if TYPE_CHECKING:
    from grader.formula.symbols import Symbol
    from questions.family import Family
    from questions.schema_code import Code
    from questions.variant import Part, Variant

DECIMALS = 4  # of what the example returns


def starter_text(family: Family, variant: Variant, part: Part, *, grade: str) -> str:
    """Python text: a docstring with shapes, types and an example, then the question's own beginning.

    grade: the command that grades the file; '' where it is handed in, and then no seed is told.
    Raises AuthorError where the question is broken.
    """
    spec, path = next((spec, path) for spec, path in family.parts() if spec.id == part.id)
    code = spec.answer.code
    assert code is not None
    example = code_example(code, part, family.document, (*path, "answer", "code", "reference"))
    which = f", seed {variant.seed}" if grade else ""
    lines = [f"{variant.title}: {variant.family}{which}.", "", *_signature(code)]
    if example is not None:
        lines += ["", *_example(code, example)]
    lines += ["", *_rules(code)] + (["", "Grade it:", f"    {grade}"] if grade else [])
    return f'r"""{_quotable(lines)}\n"""\n\n{_beginning(code)}'


def _signature(code: Code) -> Iterator[str]:
    parameters = declared(code.parameters)
    yield f"{code.entry}({', '.join(parameters)}) is given"
    yield from _table({name: _told(symbol) for name, symbol in parameters.items()})
    yield "and returns" if len(code.returns) == 1 else "and returns, in this order,"
    yield from _table({name: _shape(shape, "array") for name, shape in code.returns.items()})


def _table(rows: Mapping[str, str]) -> Iterator[str]:
    width = max(len(name) for name in rows)
    yield from (f"    {name.ljust(width)}  {told}" for name, told in rows.items())


def _told(symbol: Symbol) -> str:
    """`float64 array (N, D), positive`."""
    kind = "int64 array" if symbol.domain.kind == "integer" else "float64 array"
    number = "int" if symbol.domain.kind == "integer" else "float"
    domain = DOMAINS.get(symbol.domain.kind, "").format(low=symbol.domain.low or 0, high=symbol.domain.high or 0)
    return _shape(symbol.shape, kind, number) + (f", {domain}" if domain else "")


def _shape(shape: tuple[int | str, ...], kind: str, number: str = "number") -> str:
    if not shape:
        return number
    return f"{kind} ({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _example(code: Code, example: CodeExample) -> Iterator[str]:
    yield "For example, with"
    for name, value in example.inputs.items():
        yield from _assigned(name, value)
    yield f"{code.entry}({', '.join(example.inputs)}) returns, to {DECIMALS} decimals,"
    for name, value in zip(code.returns, example.outputs, strict=True):
        yield from _assigned(name, np.round(value, DECIMALS) + 0.0)  # + 0.0: no -0.


def _assigned(name: str, value: Any) -> Iterator[str]:
    text = _literal(value)
    indented = text.replace("\n", "\n" + " " * (len(name) + len(" = ")))
    yield from (f"    {line}" for line in f"{name} = {indented}".split("\n"))


def _literal(value: NDArray[Any] | float | str) -> str:
    """The value as Python text; arrays of shape () as numbers."""
    if not isinstance(value, np.ndarray):
        return repr(value)
    if value.shape == ():
        return repr(value.item())
    text = np.array2string(value, separator=", ", floatmode="unique", threshold=1000, max_line_width=90)
    return "np.array(" + text.replace("\n", "\n         ") + ")"


def _rules(code: Code) -> Iterator[str]:
    allowed = "NumPy, PyTorch" if code.allow == "torch" else "NumPy"
    yield f"It may import {allowed} and the standard library. Sizes may differ from call to call."


def _quotable(lines: list[str]) -> str:
    """The lines as the inside of a raw docstring, without what would end it."""
    return "\n".join(line.rstrip() for line in lines).replace('"""', "'''")


def _beginning(code: Code) -> str:
    if code.starter:
        return code.starter.rstrip() + "\n"
    module = "torch" if code.allow == "torch" else "numpy as np"
    return f"import {module}\n\n\ndef {code.entry}({', '.join(code.parameters)}):\n    ...\n"
