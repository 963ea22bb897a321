"""What builds on what in the course, as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from questions.fields import Fields, Text
from questions.strict_yaml import load
from questions.validation import validated

FILE = "prerequisites.yaml"


class _Needs(Fields):
    needs: dict[Text, tuple[Text, ...]]


@cache
def shipped_prerequisites() -> Mapping[str, tuple[str, ...]]:
    """Topic or item of the course -> the topics and items that it needs directly. Raises `FaultError`.

    Ids of items have a dot, those of topics none.
    """
    text = (Path(__file__).parent / FILE).read_text(encoding="utf-8")
    lines = "".join(f"  {line}" for line in text.splitlines(keepends=True))
    return MappingProxyType(dict(validated(_Needs, load("needs:\n" + lines, FILE)).needs))
