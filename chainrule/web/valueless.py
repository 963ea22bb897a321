"""Names without their values: what a text can be read with when nothing may be told about drawn numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from grader.formula import Scope, Symbol
from grader.formula.characters import GREEK
from grader.formula.symbols import constant_shape

WORD = re.compile(r"[^\W\d_]\w*")


def valueless(scope: Scope) -> Scope:
    """The scope with each drawn number as a symbol of its shape; where it is a dimension, as that."""
    drawn = {
        name: Symbol(name, constant_shape(value))
        for name, value in scope.constants.items()
        if name not in scope.dimensions
    }
    return replace(scope, symbols={**drawn, **scope.symbols}, constants={})


def needs_values(text: str, scope: Scope) -> bool:
    """Whether the text names a drawn number, so that it may be read with its value and not without."""
    words = {GREEK.get(word, word) for word in WORD.findall(unicodedata.normalize("NFKC", text))}
    return any(name in words or any(word.startswith(f"{name}_") for word in words) for name in scope.constants)
