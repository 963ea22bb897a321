"""The formula language: text to typed trees, and from there to numbers, SymPy, LaTeX and text again."""

from __future__ import annotations

from grader.formula.errors import ReadError
from grader.formula.reading import (
    Formula,
    Line,
    Program,
    evaluate,
    evaluate_torch,
    read,
    read_display,
    read_program,
)
from grader.formula.symbols import Domain, Scope, Symbol

__all__ = [
    "Domain",
    "Formula",
    "Line",
    "Program",
    "ReadError",
    "Scope",
    "Symbol",
    "evaluate",
    "evaluate_torch",
    "exact",
    "read",
    "read_display",
    "read_program",
    "sample_cases",
]


def __getattr__(name: str) -> object:
    """`exact` and `sample_cases` on demand: they need mpmath and NumPy."""
    if name == "exact":
        from grader.formula.exact_value import exact

        return exact
    if name == "sample_cases":
        from grader.formula.cases import sample_cases

        return sample_cases
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
