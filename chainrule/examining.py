"""Exams in the store: begun, gone on with, handed in and graded."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from chainrule.dialogue import Given
from chainrule.exam_places import Place
from chainrule.exams.clock import Clock
from chainrule.exams.form import Form, draw_form
from chainrule.exams.grades import Result, result
from chainrule.exams.kept_form import form_again, form_text
from chainrule.grading import GradedPart, GradedQuiz
from chainrule.recording import attempt_of, item_of, variant_of
from chainrule.store.records import ME, Attempt, Draft, Ending, Exam, Item, now
from grader.verdict import Verdict

if TYPE_CHECKING:
    from chainrule.exams.blueprint_schema import Blueprint
    from chainrule.grading import Grader
    from chainrule.store.store import Store
    from questions.bank import Bank
    from questions.variant import Variant

Judge: TypeAlias = Callable[[Sequence[tuple[Place, str]]], Sequence[Verdict]]
"""Gives the verdicts on answers to places, in their order."""


@dataclass(frozen=True)
class Running:
    """An exam with its form and items, in the same order. lost: families of questions that cannot be drawn again."""

    exam: Exam
    form: Form
    items: tuple[Item, ...]
    lost: tuple[str, ...] = ()

    @property
    def clock(self) -> Clock:
        """The exam's clock, which never stops."""
        return Clock(self.exam.at, self.exam.minutes)

    @property
    def places(self) -> tuple[Place, ...]:
        """Every part, in order."""
        pairs = zip(self.items, self.form.items, strict=True)
        return tuple(Place(item, one.variant, part) for item, one in pairs for part in one.variant.parts)


@dataclass(frozen=True)
class Ended:
    """A graded exam. seconds: spent on each question, by its number."""

    graded: GradedQuiz
    result: Result
    ending: Ending
    seconds: Mapping[int, float]


def begin(store: Store, bank: Bank, blueprint: Blueprint, *, chance: random.Random, learner: str = ME) -> Running:
    """A new exam, kept before it is shown. Raises AuthorError where the bank cannot fill the blueprint."""
    form = draw_form(bank, blueprint, chance=chance)
    exam = Exam(form.id, form.title, form_text(form), blueprint.minutes, blueprint.feedback, learner)
    items = tuple(item_of(one.variant, "exam", learner=learner, exam=form.id, number=one.number) for one in form.items)
    store.add(exam, *items)
    return Running(exam, form, items)


def open_exams(store: Store, learner: str = ME) -> tuple[Exam, ...]:
    """The exams that were begun and not handed in, in the order of time."""
    return tuple(exam for exam in store.exams(learner) if store.ending(exam.id) is None)


def again(store: Store, bank: Bank, exam: Exam) -> Running:
    """An exam that was begun, its questions drawn again; one that changed meanwhile is left out with its marks."""
    items = store.exam_items(exam.id)
    return put_together(exam, items, [variant_of(item, bank) for item in items])


def put_together(exam: Exam, items: Sequence[Item], variants: Sequence[Variant | None]) -> Running:
    """The exam of these items and of what was drawn for each, None where it cannot be drawn again.

    Raises AuthorError as `form_again` does.
    """
    form = form_again(exam.id, exam.blueprint, variants)
    pairs = list(zip(items, variants, strict=True))
    numbered = [replace(one, number=items[one.number - 1].number) for one in form.items]
    kept = tuple(item for item, variant in pairs if variant is not None)
    lost = tuple(item.family for item, variant in pairs if variant is None)
    return Running(exam, replace(form, items=tuple(numbered)), kept, lost)


def hand_in(
    store: Store, running: Running, judge: Judge, how: Literal["handed-in", "time"], at: datetime | None = None
) -> Ended:
    """The exam graded, by the answers that were saved last; verdicts and ending are kept together or not at all.

    judge: such as `one_by_one(grader)`. at: when it was handed in, where that was before now. An exam that was handed
    in before, by another process, stays as it was: its first ending is given.
    """
    if (before := ended(store, running)) is not None:
        return before
    drafts = store.drafts(running.exam.id)
    parts, attempts = _judged(running, drafts, judge)
    outcome = result(running.form, {(part.number, part.part.id): part.earned for part in parts})
    earned, possible = outcome.total.earned, outcome.total.possible
    ending = Ending(running.exam.id, how, earned, possible, at or now(), _only_id("ending", running.exam.id))
    store.add(*attempts, ending)
    seconds = {item.number: 0.0 for item in running.items}
    numbers = {item.id: item.number for item in running.items}
    for (item, _), draft in drafts.items():
        if item in numbers:
            seconds[numbers[item]] += draft.seconds
    return Ended(GradedQuiz(running.form.quiz, parts), outcome, ending, seconds)


def ended(store: Store, running: Running) -> Ended | None:
    """An exam that was graded before, from what was kept; None while it runs."""
    from chainrule.recording import verdict_of

    ending = store.ending(running.exam.id)
    if ending is None:
        return None
    judged = {(one.item.id, one.attempt.part): one for one in store.judged(running.exam.learner, exam=running.exam.id)}
    parts = []
    for place in running.places:
        one = judged.get((place.item.id, place.part.id))
        answer, verdict = (one.attempt.answer, verdict_of(one)) if one else ("", None)
        parts.append(GradedPart(place.item.number, place.variant, place.part, answer, verdict))
    outcome = result(running.form, {(part.number, part.part.id): part.earned for part in parts})
    seconds = {
        item.number: sum(one.attempt.seconds for one in judged.values() if one.item.id == item.id)
        for item in running.items
    }
    return Ended(GradedQuiz(running.form.quiz, tuple(parts)), outcome, ending, seconds)


def one_by_one(grader: Grader) -> Judge:
    """Judges answers by one grader, which stays open."""

    def judge(answered: Sequence[tuple[Place, str]]) -> Sequence[Verdict]:
        grader.expect(place.part for place, _ in answered)
        return [grader.grade(place.part, answer) for place, answer in answered]

    return judge


def _judged(
    running: Running, drafts: Mapping[tuple[str, str], Draft], judge: Judge
) -> tuple[tuple[GradedPart, ...], Sequence[Attempt]]:
    """Every part with its verdict, and the attempts to keep."""
    texts = {place.key: drafts[place.key].answer if place.key in drafts else "" for place in running.places}
    answered = [(place, texts[place.key]) for place in running.places if texts[place.key].strip()]
    verdicts = {place.key: verdict for (place, _), verdict in zip(answered, judge(answered), strict=True)}
    parts, attempts = [], []
    for place in running.places:
        answer, verdict = texts[place.key], verdicts.get(place.key)
        parts.append(GradedPart(place.item.number, place.variant, place.part, answer, verdict))
        if verdict:
            given = Given(place.variant, place.part, answer, verdict, 0, drafts[place.key].seconds)
            id = _only_id("attempt", place.item.id, place.part.id)
            attempts.append(replace(attempt_of(place.item, given), id=id))
    return tuple(parts), attempts


def _only_id(*names: str) -> str:
    """An id that follows from the names: two processes whose time ends at once keep the same records, once."""
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:32]
