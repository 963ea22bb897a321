"""The report on the answers in a store: practice, exams and quizzes of everybody, or of a class."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING

from chainrule.bulk.columns import Column
from chainrule.bulk.gathering import About, Gathered
from chainrule.classes.first_tries import first_tries
from chainrule.classes.left_out import Over, left_out
from chainrule.statistics.answers import Answer
from chainrule.statistics.slips import slips_of

if TYPE_CHECKING:
    from chainrule.bulk.class_report import ClassReport
    from chainrule.store.records import Judged
    from questions.bank import Bank

NOTES: tuple[str, ...] = (
    "From each learner the first try at each part counts; later tries and hints are left aside, and so is what could "
    "not be read in practice.",
    "In practice nobody is asked the same: mean scores are of those who were asked, and the other parts, with which "
    "discrimination compares, differ from learner to learner.",
)
SAT: tuple[str, ...] = (
    "Exams that are handed in count, by the verdicts that hold now; nothing is taken off for lateness here.",
)


def stored_report(
    title: str,
    judged: Sequence[Judged],
    ended: Sequence[Over],
    bank: Bank,
    called: Callable[[str], str],
    *,
    words: bool,
    notes: tuple[str, ...] = NOTES,
) -> ClassReport:
    """The report. judged: in the order of time. ended: what exams that are over asked; what was left out there is 0."""
    first = first_tries(judged)
    left = list(left_out(ended, first.keys(), bank))
    kinds = {(one.item.family, one.attempt.part): one.attempt.kind for one in first.values()}
    kinds |= {tuple(one.item.split("/", 1)): one.kind for one in left}  # type: ignore[misc]
    gathered = Gathered(About("", title, tuple(_columns(kinds, bank))))
    for one in first.values():
        gathered.put(_answer(one), one.attempt.answer)
    for answer in left:
        gathered.put(answer, "")
    return gathered.report(called, words=words, notes=notes)


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


def _columns(kinds: dict[tuple[str, str], str], bank: Bank) -> Iterator[Column]:
    for (id, part), kind in sorted(kinds.items()):
        family = bank.families.get(id)
        known = {spec.id: spec for spec, _ in family.parts()} if family else {}
        letter = ascii_lowercase[list(known).index(part)] if part in known and len(known) > 1 else ""
        title = f"{family.title}, part {letter}" if family and letter else family.title if family else id
        code = known[part].answer.code if part in known and kind == "code" else None
        starter = (code.starter or "") if code else ""
        yield Column(0, id, part, kind, 0.0, title, f"{id}/{part}", "", starter)
