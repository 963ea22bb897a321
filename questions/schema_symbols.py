"""The schema of declared symbols, and of names of functions in `solutions`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from questions.fields import Dimension, Fields, Name, OneKind, Real, Whole, one_field

Word = Literal[
    "real", "positive", "nonnegative", "unit", "binary", "simplex", "one_hot", "symmetric",
    "positive_definite", "orthogonal",
]  # fmt: skip
Reference = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]*\.[A-Za-z_][A-Za-z0-9_]*$")]


class DomainSpec(OneKind):
    """The values of a symbol: a word, or `{interval: [a, b]}` or `{integer: [a, b]}`, bounds included."""

    kinds: ClassVar[tuple[str, ...]] = ("word", "interval", "integer")
    word: Word | None = None
    interval: tuple[Real, Real] | None = None
    integer: tuple[Whole, Whole] | None = None


class SymbolSpec(Fields):
    """A declared name: `[N, D]`, or `{shape: [K], domain: simplex, first: 0}`; `[]` is a scalar."""

    shape: tuple[Dimension, ...]
    domain: Annotated[DomainSpec, one_field("word", what="the name of a domain")] = DomainSpec(word="real")
    first: Annotated[int, Field(strict=True, ge=0, le=1)] = 1


Symbols = dict[Name, Annotated[SymbolSpec, one_field("shape", (list,), "a list of dimensions")]]
