"""Between questions and the store: variants and verdicts as records, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from chainrule.dialogue import Given
from chainrule.quiz_data import encoded
from chainrule.store.records import ME, Attempt, Item, Judged, Mode, Regrading
from grader.errors import AuthorError
from grader.verdict import Evidence, Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.variant import Variant


def item_of(variant: Variant, mode: Mode, *, learner: str = ME, exam: str = "", number: int = 0) -> Item:
    """A variant that is about to be asked."""
    return Item(
        variant.family,
        variant.version,
        variant.seed,
        encoded(variant.values),
        mode,
        exam=exam,
        number=number,
        learner=learner,
    )


def attempt_of(item: Item, given: Given) -> Attempt:
    """A judged answer to a part of the item."""
    verdict = given.verdict
    return Attempt(
        item.id, given.part.id, given.part.kind, given.answer, verdict.outcome.value, verdict.score, given.part.marks,
        mistake=verdict.mistake, feedback=feedback_json(verdict), reading=verdict.reading,
        evidence=verdict.evidence.value, level=verdict.level, hints=given.hints, seconds=round(given.seconds, 1),
    )  # fmt: skip


def regrading_of(attempt: Attempt, variant: Variant, verdict: Verdict, reason: str) -> Regrading:
    """A later verdict on an attempt."""
    return Regrading(
        attempt.id,
        variant.version,
        verdict.outcome.value,
        verdict.score,
        mistake=verdict.mistake,
        feedback=feedback_json(verdict),
        reason=reason,
    )


def feedback_json(verdict: Verdict) -> str:
    """The verdict's feedback as JSON: a list of [code, data]."""
    return json.dumps([[f.code, dict(f.data)] for f in verdict.feedback], ensure_ascii=False)


def verdict_of(judged: Judged) -> Verdict:
    """The verdict that counts for a stored attempt."""
    attempt = judged.attempt
    feedback = tuple(Feedback(code, data) for code, data in json.loads(judged.feedback))
    reading, evidence = attempt.reading, Evidence(attempt.evidence)
    return Verdict(Outcome(judged.outcome), judged.score, feedback, reading, evidence, judged.mistake, attempt.level)


def variant_of(item: Item, bank: Bank) -> Variant | None:
    """The variant that was asked, drawn again; None where the family is gone or draws other values by now."""
    return redrawn(item, lambda: bank.family(item.family).draw(item.seed))


def redrawn(item: Item, draw: Callable[[], Variant]) -> Variant | None:
    """What `draw` gives for the item's family and seed; None where that is broken or has other values by now."""
    try:
        variant = draw()
    except AuthorError:
        return None
    return variant if encoded(variant.values) == item.values else None
