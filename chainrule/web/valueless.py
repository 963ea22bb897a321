"""Names without their values: what a text can be read with when nothing may be told about drawn numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from grader.formula import Scope, Symbol
from grader.formula.characters import GREEK
from grader.formula.errors import Unreadable
from grader.formula.names import declared_names
from grader.formula.parser import parse
from grader.formula.symbols import constant_shape
from grader.formula.wrapping import unwrapped

WORD = re.compile(r"[^\W\d_]\w*")


def valueless(scope: Scope) -> Scope:
    """The scope with each drawn number as a symbol of its shape; where it is a dimension, as that."""
    drawn = {
        name: Symbol(name, constant_shape(value))
        for name, value in scope.constants.items()
        if name not in scope.dimensions
    }
    return replace(scope, symbols={**drawn, **scope.symbols}, constants={})


def is_grammatical(text: str, scope: Scope) -> bool:
    """Whether it is a formula by its form, which no value decides: no bracket is left open, say."""
    try:
        parse(unwrapped(text), declared=declared_names(scope))
    except Unreadable:
        return False
    return True


def needs_values(text: str, scope: Scope) -> bool:
    """Whether the text names a drawn number, so that it may be read with its value and not without."""
    plain = "".join(unicodedata.normalize("NFKC", letter) for letter in text)  # of long texts at once it takes minutes
    words = {GREEK.get(word, word) for word in WORD.findall(plain)}
    return any(name in words or any(word.startswith(f"{name}_") for word in words) for name in scope.constants)
