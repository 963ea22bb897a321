"""How a part is asked where a platform judges it: what is typed or chosen there, and what that leaves to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from chainrule.publishing.chosen import LeftOut
from chainrule.publishing.numbers import digits_asked
from chainrule.viewing import ASK
from grader.errors import AuthorError
from grader.keys import ChoiceKey, NumberKey, StatementsKey

if TYPE_CHECKING:
    from chainrule.publishing.asked import Asked
    from questions.variant import Part


Made = TypeVar("Made")


class Form(StrEnum):
    """What a platform offers."""

    NUMBER = "number"
    CHOICE = "choice"
    STATEMENTS = "statements"
    ORDERING = "ordering"
    TEXT = "text"  # compared letter by letter with what is accepted
    ESSAY = "essay"  # marked by people
    CODE = "code"  # marked by people, or by Chainrule


@dataclass(frozen=True)
class Options:
    """What an instructor may choose. formulas: as texts to compare; solutions: with worked solutions."""

    formulas: bool = False
    solutions: bool = True


@dataclass(frozen=True)
class Export:
    """What was made. left_out: what is not in it; remarks: what is in it and not judged as here."""

    content: bytes
    questions: int
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[LeftOut, ...] = ()


NONE_OF_THEM = "None of them is true."
BY_HAND: Mapping[str, str] = MappingProxyType(
    {
        "formula": "an essay, marked by hand: formulas cannot be compared there (--formulas compares their text)",
        "derivation": "an essay, marked by hand",
        "code": "marked by hand there; `chainrule grade-class` judges what was handed in",
    }
)
_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "integer": Form.NUMBER,
        "number": Form.NUMBER,
        "choice": Form.CHOICE,
        "statements": Form.STATEMENTS,
        "ordering": Form.ORDERING,
        "shape": Form.TEXT,
        "formula": Form.ESSAY,
        "derivation": Form.ESSAY,
        "code": Form.CODE,
    }
)


def form_of(part: Part, options: Options) -> Form:
    """How the part is asked."""
    return Form.TEXT if part.kind == "formula" and options.formulas else _FORMS[part.kind]


def how_to(part: Part, form: Form) -> str:
    """One sentence on what to type or choose there. Raises AuthorError where the key cannot be made."""
    match form:
        case Form.NUMBER:
            return _number(part)
        case Form.CHOICE:
            return ""
        case Form.STATEMENTS:
            return "Mark every true statement."
        case Form.ORDERING:
            return "Put the lines into the right order."
    return ASK[part.kind]


def told_of_options(key: ChoiceKey | StatementsKey) -> dict[str, str]:
    """What is told about an option that is marked, by label: not of the right choice, which its sentence denies."""
    single = isinstance(key, ChoiceKey)
    return {option.label: "" if single and option.right else option.says for option in key.options}


def _number(part: Part) -> str:
    key = part.key
    assert isinstance(key, NumberKey)
    digits = digits_asked(key)
    if digits is None:
        return "Give the number in full." if part.kind == "number" else "Give a whole number."
    return f"Give a decimal number, to {digits} significant digits or more."


def remark(asked: Asked, form: Form) -> Iterator[LeftOut]:
    """What the platform judges otherwise than Chainrule does."""
    if form in (Form.ESSAY, Form.CODE):
        yield LeftOut(asked.id, BY_HAND[asked.part.kind])
    if form is Form.TEXT and asked.part.kind == "formula":
        yield LeftOut(asked.id, "compared by its text: another spelling of the same function is marked wrong there")
    key = asked.part.key if form is Form.NUMBER else None
    if isinstance(key, NumberKey) and key.digits != digits_asked(key):
        yield LeftOut(asked.id, "an exact number with no end in decimals: a rounded one is accepted there")


def exported(parts: Iterable[Asked], make: Callable[[Asked], Made], left_out: list[LeftOut]) -> Iterator[Made]:
    """What `make` makes of each part; a part whose key cannot be made is left out, and said to be."""
    for asked in parts:
        try:
            made = make(asked)
        except AuthorError as error:
            left_out.append(LeftOut(asked.id, str(error).split("\n", 1)[0]))
            continue
        yield made
