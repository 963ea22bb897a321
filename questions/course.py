"""The items of the course: what there is to ask about, and by which kinds of questions."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from questions.fields import Fields, Text
from questions.strict_yaml import load
from questions.validation import validated

FILE = "course.yaml"


class Ask(StrEnum):
    """A way to ask about an item."""

    FORMULA = "formula"
    NUMBER = "number"
    CODE = "code"
    CHOICE = "choice"
    ORDER = "order"


ASKED_BY = MappingProxyType(
    {
        **dict.fromkeys(("formula", "gradient", "derivation"), Ask.FORMULA),
        **dict.fromkeys(("integer", "number", "shape"), Ask.NUMBER),
        **dict.fromkeys(("choice", "statements"), Ask.CHOICE),
        "ordering": Ask.ORDER,
        "code": Ask.CODE,
    }
)
"""Kind of an answer -> the way in which it asks."""


class Item(Fields):
    """One item of the course. asks: the kinds of questions that suit it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(\.[a-z0-9-]+)+$")]
    name: Text
    asks: Annotated[tuple[Ask, ...], Field(min_length=1)]


class _Items(Fields):
    items: tuple[Item, ...]


@cache
def shipped_course() -> tuple[Item, ...]:
    """The items that come with this package, in the order of the course. Raises `FaultError`."""
    text = (Path(__file__).parent / FILE).read_text(encoding="utf-8")
    return validated(_Items, load("items:\n" + text, FILE)).items


def asked(kinds: Iterable[str]) -> tuple[Ask, ...]:
    """The ways in which answers of these kinds ask, in the order of `Ask`."""
    found = {ASKED_BY[kind] for kind in kinds}
    return tuple(ask for ask in Ask if ask in found)
