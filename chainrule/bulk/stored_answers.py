"""The report on the answers in a store: practice, exams and quizzes of everybody, or of a class."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from chainrule.bulk.columns import Column
from chainrule.bulk.gathering import About, Gathered
from chainrule.statistics.answers import Answer
from chainrule.statistics.slips import slips_of
from grader.errors import ChainruleError

if TYPE_CHECKING:
    from chainrule.bulk.class_report import ClassReport
    from chainrule.store.records import Item, Judged
    from questions.bank import Bank

NOTES = (
    "From each learner the first answer to each part counts; later tries and hints are left aside.",
    "In practice nobody is asked the same: mean scores are of those who were asked, and the other parts, with which "
    "discrimination compares, differ from learner to learner.",
)


def stored_report(
    title: str,
    judged: Sequence[Judged],
    ended: Sequence[Item],
    bank: Bank,
    called: Callable[[str], str],
    *,
    words: bool,
) -> ClassReport:
    """The report. judged: in the order of time. ended: what exams that are over asked; what nobody answered is 0."""
    first: dict[tuple[str, str, str], Judged] = {}
    for one in judged:
        first.setdefault((one.item.learner, one.item.family, one.attempt.part), one)
    left = list(_left_out(ended, first, bank))
    kinds = {(one.item.family, one.attempt.part): one.attempt.kind for one in first.values()}
    kinds |= {tuple(one.item.split("/", 1)): one.kind for one in left}  # type: ignore[misc]
    gathered = Gathered(About("", title, tuple(_columns(kinds, bank))))
    for one in first.values():
        gathered.put(_answer(one), one.attempt.answer)
    for answer in left:
        gathered.put(answer, "")
    return gathered.report(called, words=words, notes=NOTES)


def _answer(one: Judged) -> Answer:
    attempt = one.attempt
    return Answer(
        one.item.learner,
        f"{one.item.family}/{attempt.part}",
        attempt.kind,
        attempt.marks,
        one.outcome,
        one.score,
        slips_of(attempt.kind, one.mistake, json.loads(one.feedback), attempt.reading),
        attempt.seconds,
    )


def _left_out(items: Iterable[Item], first: dict[tuple[str, str, str], Judged], bank: Bank) -> Iterator[Answer]:
    """Parts of exams that are over to which there is no answer, where the question is still known."""
    seen = {(learner, family, part) for learner, family, part in first}
    for item in items:
        try:
            parts = bank.family(item.family).draw(item.seed).parts
        except ChainruleError:
            continue
        for part in parts:
            place = (item.learner, item.family, part.id)
            if place not in seen:
                seen.add(place)
                yield Answer(item.learner, f"{item.family}/{part.id}", part.kind, part.marks, "unanswered", 0.0)


def _columns(kinds: dict[tuple[str, str], str], bank: Bank) -> Iterator[Column]:
    for (id, part), kind in sorted(kinds.items()):
        family = bank.families.get(id)
        known = [spec.id for spec, _ in family.parts()] if family else []
        letter = ascii_lowercase[known.index(part)] if part in known and len(known) > 1 else ""
        title = f"{family.title}, part {letter}" if family and letter else family.title if family else id
        starter = family.draw(1).part(part).starter if family and part in known and kind == "code" else ""
        yield Column(0, id, part, kind, 0.0, title, f"{id}/{part}", "", starter)
