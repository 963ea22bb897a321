"""What is put into a store comes back the same, in the order of time, whichever database keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from record_strategies import families_of_records
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from chainrule.store.appealed import Appealed
from chainrule.store.errors import NotInStore, StoreError
from chainrule.store.queries import columns, records
from chainrule.store.records import (
    Appeal,
    Attempt,
    Decision,
    Draft,
    Ending,
    Exam,
    Item,
    Judged,
    Record,
    Regrading,
    Setting,
)
from chainrule.store.store import Store
from chainrule.store.tables import TABLES

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def asked(family: str = "layers.dense", minutes: float = 0, **given: object) -> Item:
    return replace(Item(family, "v1", 7, "eyJhIjoxfQ==", "practice", at=at(minutes)), **given)  # type: ignore[arg-type]


def answered(item: Item, minutes: float = 1, **given: object) -> Attempt:
    made = Attempt(item.id, "a", "formula", "t - softmax(z)", "wrong", 0.0, 2.0, mistake="sign", at=at(minutes))
    return replace(made, **given)  # type: ignore[arg-type]


def as_it_was(attempt: Attempt, item: Item) -> Judged:
    return Judged(item, attempt, attempt.outcome, attempt.score, attempt.mistake, attempt.feedback)


def kept(store: Store, record: Record) -> Sequence[Record]:
    """The records of that kind with that id."""
    kind = type(record)
    with store.reading() as connection:
        return records(kind, connection.execute(select(*columns(kind)).where(TABLES[kind].c["id"] == record.id)))


@given(families_of_records(), st.randoms())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_records_come_back_as_they_were(store: Store, made: tuple[Record, ...], chance: object) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert store.add(*shuffled) == len(made)
    for record in made:
        assert kept(store, record) == (record,)
        assert kept(store, record)[0].at.tzinfo is UTC


def test_a_time_of_another_zone_is_the_same_moment(store: Store) -> None:
    there = datetime(2026, 3, 29, 2, 30, 0, 999999, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    item = asked(at=there)
    store.add(item)
    assert store.item(item.id) == item
    assert store.items(since=there) == (item,)
    assert store.items(since=there + timedelta(microseconds=1)) == ()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Setting("a", "b", at=datetime(2026, 1, 1)), "without a zone, expected one in UTC"),
        (Ending("x", "time", float("nan"), 1), "came the number nan, expected a finite one"),
        (Ending("x", "time", 1, float("inf")), "came the number inf, expected a finite one"),
    ],
)
def test_values_that_no_store_could_give_back_are_refused(store: Store, record: Record, said: str) -> None:
    with pytest.raises(StatementError, match=said):
        store.add(record)


def test_adding_again_changes_nothing(store: Store) -> None:
    item = asked()
    attempt = answered(item)
    assert store.add(item, attempt) == 2
    assert store.add(item, attempt) == 0
    assert store.add(replace(item, family="other"), replace(attempt, answer="other"), answered(item, id="new")) == 1
    assert store.item(item.id) == item
    assert [judged.attempt.id for judged in store.judged()] == [attempt.id, "new"]
    assert store.add() == 0


def test_all_records_of_a_step_are_kept_or_none(store: Store) -> None:
    item = asked()
    with pytest.raises(StoreError, match="a record refers to one that is not in the store; add that one first"):
        store.add(item, answered(item), Appeal("nowhere"))
    assert store.items() == store.judged() == ()


@pytest.mark.parametrize(
    "record",
    [
        asked(exam="x"), answered(asked()), Regrading("x", "v", "right", 1), Appeal("x"), Decision("x", True),
        Draft("x", "a", "b"), Ending("x", "time", 1, 2),
    ],
)  # fmt: skip
def test_what_a_record_refers_to_must_be_there(store: Store, record: Record) -> None:
    with pytest.raises(StoreError, match="a record refers to one that is not in the store"):
        store.add(record)


def test_items_are_chosen_and_stand_in_the_order_of_time(store: Store) -> None:
    exam = Exam("form", "Mock", "{}", 90, at=at(0))
    late, first, other, examined = (
        asked(minutes=9), asked(minutes=1), asked("layers.sigmoid", 5, learner="ann"),
        asked(minutes=7, mode="exam", exam="form"),
    )  # fmt: skip
    store.add(late, first, other, examined, exam)
    assert store.items() == (first, examined, late)
    assert store.items(None) == (first, other, examined, late)
    assert store.items("ann") == store.items(None, family="layers.sigmoid") == (other,)
    assert store.items(mode="exam") == store.items(exam="form") == (examined,)
    assert store.items(since=at(7)) == (examined, late)


def test_attempts_come_with_their_items_in_the_order_of_time(store: Store) -> None:
    exam = Exam("form", "Mock", "{}", 90, at=at(0))
    one, two = asked(), asked("layers.sigmoid", learner="ann", mode="exam", exam="form")
    late, early, anns = answered(one, 8), answered(one, 2, part="b"), answered(two, 5)
    store.add(exam, one, two, late, early, anns)
    assert store.judged() == (as_it_was(early, one), as_it_was(late, one))
    assert store.judged(None) == (as_it_was(early, one), as_it_was(anns, two), as_it_was(late, one))
    for chosen in (
        store.judged("ann"), store.judged(None, family="layers.sigmoid"), store.judged(None, mode="exam"),
        store.judged(None, exam="form"),
    ):  # fmt: skip
        assert chosen == (as_it_was(anns, two),)
    assert store.judged(since=at(8)) == (as_it_was(late, one),)
    assert store.attempt(late.id) == as_it_was(late, one)


def test_records_of_the_same_moment_stand_as_they_were_appended(store: Store) -> None:
    item = asked()
    attempts = [answered(item, id=f"{(number * 7) % 10}") for number in range(10)]
    store.add(item)
    for attempt in attempts:
        store.add(attempt)
    assert [judged.attempt for judged in store.judged()] == attempts


def test_the_latest_regrading_counts(store: Store) -> None:
    item = asked()
    attempt, untouched = answered(item), answered(item, 2)
    store.add(
        item, attempt, untouched,
        Regrading(attempt.id, "v3", "right", 1.0, feedback='[["kept", {}]]', at=at(9)),
        Regrading(attempt.id, "v2", "partial", 0.5, "factor", at=at(8)),
    )  # fmt: skip
    regraded = Judged(item, attempt, "right", 1.0, "", '[["kept", {}]]', regraded=True)
    assert store.judged() == (regraded, as_it_was(untouched, item))
    store.add(Regrading(attempt.id, "v4", "wrong", 0.0, "sign", at=at(9)))  # the same moment, appended later
    assert store.attempt(attempt.id) == Judged(item, attempt, "wrong", 0.0, "sign", "[]", regraded=True)


def test_appeals_come_with_what_they_are_about(store: Store) -> None:
    item = asked()
    attempt, other = answered(item), answered(item, 2)
    late, early = Appeal(attempt.id, "as in the book", at=at(6)), Appeal(other.id, at=at(5))
    first, latest = Decision(late.id, False, "no", at=at(7)), Decision(late.id, True, "yes", at=at(8))
    regrading = Regrading(attempt.id, "v2", "right", 1.0, at=at(8))
    store.add(item, attempt, other, late, early)
    undecided = Appealed(early, as_it_was(other, item))
    assert store.appeals() == (undecided, Appealed(late, as_it_was(attempt, item)))
    store.add(latest, first, regrading)
    assert store.appeals() == (undecided,)
    decided = Appealed(late, Judged(item, attempt, "right", 1.0, "", "[]", regraded=True), latest)
    assert store.appeals(open_only=False) == (undecided, decided)


def test_an_exam_has_items_drafts_and_an_ending(store: Store) -> None:
    exam, other = Exam("f1", "Mock", "{}", 90, "full", at=at(1)), Exam("f2", "Final", "{}", 0, learner="ann", at=at(0))
    second, first = asked(exam="f1", number=2, minutes=1), asked(exam="f1", number=1, minutes=1)
    elsewhere = asked(exam="f2", number=1)
    newest = Draft(first.id, "a", "y", 9.5, at=at(4))
    store.add(exam, other, second, first, elsewhere, newest, Draft(first.id, "a", "x", at=at(3)))
    store.add(part := Draft(first.id, "b", "z", at=at(2)), Draft(elsewhere.id, "a", "no", at=at(9)))
    assert store.exams() == (exam,)
    assert store.exams(None) == (other, exam)
    assert store.exam("f2") == other
    assert store.exam_items("f1") == (first, second)
    assert store.drafts("f1") == {(first.id, "a"): newest, (first.id, "b"): part}
    assert store.ending("f1") is None
    ending = Ending("f1", "handed-in", 3.5, 10, at=at(5))
    store.add(ending, Ending("f1", "time", 4, 10, at=at(6)))
    assert store.ending("f1") == ending
    assert store.ending("f2") is None


def test_the_latest_setting_of_a_name_counts(store: Store) -> None:
    store.add(Setting("exam", "2026-07-02", at=at(2)), Setting("exam", "2026-07-01", at=at(1)))
    store.add(Setting("exam", "2026-08-01", "ann", at=at(3)), Setting("topics", "layers", at=at(4)))
    assert store.setting("exam") == "2026-07-02"
    assert store.setting("exam", "ann") == "2026-08-01"
    assert store.setting("topics", "ann") is None


def test_learners_are_all_who_did_something(store: Store) -> None:
    assert store.learners() == ()
    store.add(asked(learner="zoe"), Exam("f", "t", "{}", 0, learner="ann"), Setting("a", "b"), asked(learner="ann"))
    assert store.learners() == ("ann", "me", "zoe")


def test_an_unknown_id_is_named(store: Store) -> None:
    for find, kind in ((store.item, "item"), (store.exam, "exam"), (store.attempt, "attempt")):
        with pytest.raises(NotInStore, match=f"there is no {kind} 'nowhere'"):
            find("nowhere")
    assert store.exam_items("nowhere") == ()
    assert store.drafts("nowhere") == {}


def test_no_id_is_no_record_and_never_anybodys(store: Store) -> None:
    nothing: Any = None
    item, exam = asked(), Exam("f", "t", "{}", 0)
    store.add(item, exam, Ending(exam.id, "time", 1, 2), Setting("a", "b"))
    for find in (store.item, store.exam, store.attempt):
        with pytest.raises(NotInStore):
            find(nothing)
    assert store.ending(nothing) is None
    assert store.exam_items(nothing) == ()
    assert store.setting(nothing) is None


def test_a_name_in_messages_holds_no_password(store: Store) -> None:
    assert store.name.endswith("store.db") or store.name.startswith("postgresql://tester@127.0.0.1:")
