"""Strategies for records of every kind, with what they refer to."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from hypothesis import strategies as st

from chainrule.store.records import (
    Appeal,
    Attempt,
    Decision,
    Draft,
    Ending,
    Exam,
    Item,
    Record,
    Regrading,
    Setting,
    new_id,
)

# Every letter there is: NUL, lone surrogates and the store's own mark among them.
ODD = ["\x00", "\ud800", "\ue000", "\ue0000000", "σ(z)", ""]
LETTERS = st.text(st.characters(), max_size=12) | st.sampled_from(ODD)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0)  # SQLite drops -0.0's sign
COUNTS = st.integers(0, 2**31 - 1)
TIMES = st.datetimes(timezones=st.just(UTC))
FREE = {"at": TIMES, "id": st.builds(new_id)}


def _made(
    kind: type[Any], texts: str = "", numbers: str = "", **others: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Records of a kind. texts and numbers: names of fields, between spaces."""
    given = dict.fromkeys(texts.split(), LETTERS) | dict.fromkeys(numbers.split(), NUMBERS)
    return st.builds(kind, **given, **FREE, **others)


@st.composite
def families_of_records(draw: st.DrawFn) -> tuple[Record, ...]:
    """One record of each kind, each referring to those before."""
    feedback = st.sampled_from(["none", "outcome", "full"])
    exam = draw(_made(Exam, "title blueprint learner", "minutes", feedback=feedback))
    mode = st.sampled_from(["practice", "exam", "quiz"])
    asked = st.just(exam.id) | st.just("")
    seed = st.integers(0, 10**25)
    item = draw(_made(Item, "family version values learner", mode=mode, exam=asked, number=COUNTS, seed=seed))
    words = "part kind answer outcome mistake feedback reading evidence level"
    attempt = draw(_made(Attempt, words, "score marks seconds", item=st.just(item.id), hints=COUNTS))
    words = "version outcome mistake feedback reason"
    regrading = draw(_made(Regrading, words, "score", attempt=st.just(attempt.id)))
    appeal = draw(_made(Appeal, "note", attempt=st.just(attempt.id)))
    decision = draw(_made(Decision, "says", appeal=st.just(appeal.id), accepted=st.booleans()))
    draft = draw(_made(Draft, "part answer", "seconds", item=st.just(item.id)))
    ending = draw(
        _made(Ending, "", "earned possible", exam=st.just(exam.id), how=st.sampled_from(["handed-in", "time"]))
    )
    return exam, item, attempt, regrading, appeal, decision, draft, ending, draw(_made(Setting, "name value learner"))
