"""Forms: the questions of one exam, drawn from a bank as a blueprint says."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from chainrule.exams.blueprint_schema import Blueprint
from chainrule.exams.choosing import Chosen, chosen
from chainrule.exams.class_chance import ClassChance
from chainrule.exams.effort import estimated_minutes
from chainrule.exams.fitting import Shuffle, first_short
from chainrule.exams.labels import random_label
from chainrule.exams.spreading import Unfilled
from chainrule.exams.worth import worth
from chainrule.quiz import SEEDS, Quiz
from grader.errors import AuthorError

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.variant import Variant

Draw: TypeAlias = Callable[[str, int], "Variant"]
"""Gives the variant of a family for a seed. Raises AuthorError where it is broken."""


@dataclass(frozen=True)
class FormItem:
    """One question. number: from 1; section: index into the blueprint's. variant: with the marks that it has here."""

    number: int
    section: int
    variant: Variant

    @property
    def topic(self) -> str:
        """The topic of its family."""
        return self.variant.family.partition(".")[0]

    @property
    def marks(self) -> float:
        """Marks of all its parts."""
        return sum(part.marks for part in self.variant.parts)

    @property
    def minutes(self) -> float:
        """The time that it takes, estimated by its level and the kinds of its parts."""
        return estimated_minutes(self.variant.level, [part.kind for part in self.variant.parts])


@dataclass(frozen=True)
class Form:
    """A fixed exam. id: a label that tells nothing about the seeds. exam, student: of a class, '' elsewhere."""

    id: str
    blueprint: Blueprint
    items: tuple[FormItem, ...]
    exam: str = ""
    student: str = ""

    @property
    def title(self) -> str:
        """The blueprint's."""
        return self.blueprint.title

    @property
    def marks(self) -> float:
        """Marks of all questions."""
        return sum(item.marks for item in self.items)

    @property
    def minutes(self) -> float:
        """The time that all questions take, estimated; what is allowed says the blueprint."""
        return sum(item.minutes for item in self.items)

    @property
    def quiz(self) -> Quiz:
        """The same questions in the same order as a quiz, to be judged like one; its seed says nothing."""
        return Quiz(self.title, 0, tuple(item.variant for item in self.items))

    def of_section(self, section: int) -> tuple[FormItem, ...]:
        """The questions of one section."""
        return tuple(item for item in self.items if item.section == section)


def draw_form(bank: Bank, blueprint: Blueprint, *, chance: random.Random) -> Form:
    """A form by chance; no family comes twice. Raises AuthorError where the bank cannot fill the blueprint.

    The label is drawn apart from `chance`, so the same chance gives the same questions under another label.
    """

    def shuffle(what: str, names: Sequence[str]) -> list[str]:
        return chance.sample(list(names), len(names))

    found = _chosen(bank, blueprint, shuffle)
    items = _items(_of(bank), blueprint, found, lambda number, family: chance.randrange(SEEDS))
    return Form(random_label(), blueprint, items)


def class_form(
    bank: Bank,
    blueprint: Blueprint,
    *,
    secret: bytes,
    exam: str,
    student: str,
    questions: Sequence[Chosen] | None = None,
    draw: Draw | None = None,
) -> Form:
    """The student's form: the same questions for the whole class, with numbers of the student's own.

    The same arguments give the same form; without the secret nobody can draw it, although the bank is public.
    questions: what `class_questions` gives for the same arguments, where it is known. draw: instead of the bank, where
    what it draws is remembered.
    Raises AuthorError where the bank cannot fill the blueprint, the secret is short, or a name is empty.
    """
    hidden = ClassChance(secret, exam, student)
    found = _chosen(bank, blueprint, hidden.shuffle) if questions is None else questions
    items = _items(draw or _of(bank), blueprint, found, hidden.seed)
    return Form(hidden.label(), blueprint, items, exam=exam, student=student)


def class_questions(bank: Bank, blueprint: Blueprint, *, secret: bytes, exam: str) -> tuple[Chosen, ...]:
    """The questions that all students of a class get. Raises AuthorError as `class_form` does."""
    return _chosen(bank, blueprint, ClassChance(secret, exam, "everybody").shuffle)


def _chosen(bank: Bank, blueprint: Blueprint, shuffle: Shuffle) -> tuple[Chosen, ...]:
    try:
        return chosen(bank, blueprint, shuffle)
    except Unfilled:
        raise AuthorError(f"{blueprint.title}: {first_short(bank, blueprint)}") from None


def _of(bank: Bank) -> Draw:
    return lambda family, seed: bank.family(family).draw(seed)


def _items(
    draw: Draw, blueprint: Blueprint, found: Sequence[Chosen], seed: Callable[[int, str], int]
) -> tuple[FormItem, ...]:
    return tuple(
        FormItem(
            number,
            one.section,
            worth(draw(one.family, seed(number, one.family)), blueprint.sections[one.section].each),
        )
        for number, one in enumerate(found, start=1)
    )
