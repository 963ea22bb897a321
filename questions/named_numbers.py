"""Which drawn numbers a text gives by name: `k = {k}` tells k, and an answer may then say `2k` for it.

A number that stands there without its name, or only in a picture, has no name for whoever answers: the one in the
file would be the answer to "read it off the picture".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questions.prose import Mathematics, Template, Value, Words

_BEFORE = re.compile(r"(?<!\w)(\w+)[`*_]*\s*(?:=|≈|is|of)?\s*[`*_$(\[]*$")  # the last word before a value
_WITHIN = re.compile(r"(?<!\w)(\w+)\s*=\s*\{\1\}")


def named_numbers(templates: Iterable[Template]) -> frozenset[str]:
    """The names that stand before their values."""
    return frozenset(name for template in templates for name in _named(template))


def _named(template: Template) -> Iterator[str]:
    before = ""
    for segment in template:
        match segment:
            case Words(text=text):
                before = text
            case Value(name=name):
                if (found := _BEFORE.search(before)) and found[1] == name:
                    yield name
                before = ""
            case Mathematics(text=text):
                yield from _WITHIN.findall(text)
                before = ""
