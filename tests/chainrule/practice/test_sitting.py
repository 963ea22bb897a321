"""Sitting an exam: each answer is saved as it is typed, the clock is obeyed, nothing tells a mark before it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from scripted import Kept, Scripted

from chainrule.grading import Grader
from chainrule.recording import item_of
from chainrule.sitting import Place, Sat, Sitting
from chainrule.store.records import Draft, Exam, now
from grader.formula import Scope, Symbol, read
from grader.keys import FormulaKey, NumberKey
from questions.prose import Prose
from questions.variant import Part, Variant

SCOPE = Scope({"a": Symbol("a"), "b": Symbol("b")})
TWO = NumberKey(Fraction(2), None)
SUM = FormulaKey(read("a + b", SCOPE), SCOPE)
EXAM = Exam("K7QM-3FXD", "Small exam", "{}", minutes=30)


def part(id: str, key: NumberKey | FormulaKey) -> Part:
    return Part(id, Prose([f"Prompt {id}?"]), 1.0, "formula" if key is SUM else "number", lambda: key)


def places() -> list[Place]:
    one = Variant("a.one", "v1", 1, {}, "One", 1, "a book", (part("x", TWO),))
    two = Variant("a.two", "v1", 2, {}, "Two", 1, "a book", (part("y", SUM), part("z", TWO)))
    found = []
    for number, variant in enumerate((one, two), start=1):
        item = item_of(variant, "exam", exam=EXAM.id, number=number)
        found += [Place(item, variant, each) for each in variant.parts]
    return found


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as found:
        yield found


def sit(grader: Grader, *lines: str | type[BaseException], exam: Exam = EXAM) -> tuple[Sat, Kept, Scripted]:
    store, dialogue = Kept(), Scripted(lines)
    return Sitting(exam, places(), {}, store=store, dialogue=dialogue, grader=grader).run(), store, dialogue


def test_answers_are_saved_in_order_and_the_last_one_counts(grader: Grader) -> None:
    sat, store, _ = sit(grader, "3", "2", "", "a + b", ":2b", "4", ":done", "yes")
    assert sat.how == "handed-in"
    drafts = [record for record in store.records if isinstance(record, Draft)]
    assert [draft.answer for draft in drafts] == ["3", "2", "a + b", "4"]
    assert sorted(draft.answer for draft in sat.answers.values()) == ["2", "4", "a + b"]


def test_nothing_tells_the_mark_where_the_policy_says_none(grader: Grader) -> None:
    _, _, right = sit(grader, "2", ":2", "a + b")
    _, _, wrong = sit(grader, "5", ":2", "a - b")
    assert right.heard("Read as: a + b")
    assert [said.replace("+", "−") for said in right.said if "Saved" in said][1:] == [
        said for said in wrong.said if "Saved" in said
    ][1:]
    assert not any("right" in said.lower() or "wrong" in said.lower() for said in right.said + wrong.said)


@pytest.mark.parametrize(("policy", "told"), [("outcome", "Saved: wrong."), ("full", "Wrong")])
def test_feedback_as_the_policy_allows(grader: Grader, policy: str, told: str) -> None:
    _, _, dialogue = sit(grader, "5", exam=replace(EXAM, feedback=policy))  # type: ignore[arg-type]
    assert dialogue.heard(told)


def test_what_cannot_be_read_says_so_and_is_saved(grader: Grader) -> None:
    _, store, dialogue = sit(grader, ":2", "a + + )")
    assert dialogue.heard("It cannot be read, and would earn nothing")
    assert len(store.of(Draft)) == 1


def test_an_exam_that_is_left_stays_open(grader: Grader) -> None:
    for end in (":q", EOFError, KeyboardInterrupt):
        sat, store, _ = sit(grader, "2", end)
        assert sat.how == "left"
        assert len(store.of(Draft)) == 1
        assert sat.interrupted == (end is KeyboardInterrupt)


def test_after_the_deadline_nothing_is_taken(grader: Grader) -> None:
    late = replace(EXAM, at=now() - timedelta(minutes=31))
    sat, store, dialogue = sit(grader, "2", exam=late)
    assert sat.how == "time"
    assert store.records == []
    assert dialogue.heard("The time is over")


def test_the_clock_interrupts_waiting_for_the_keyboard(grader: Grader) -> None:
    import time

    class Waiting(Scripted):
        def read(self) -> str:
            time.sleep(5)
            return "2"

    soon = replace(EXAM, at=now() - timedelta(minutes=30) + timedelta(seconds=0.3))
    store, start = Kept(), time.monotonic()
    sat = Sitting(soon, places(), {}, store=store, dialogue=Waiting([]), grader=grader).run()
    assert sat.how == "time"
    assert time.monotonic() - start < 4
    assert store.records == []


def test_moving_about(grader: Grader) -> None:
    _, _, dialogue = sit(grader, ":2b", ":p", ":n", ":n", ":9", ":l", "?", ":x")
    assert [said.split(" ")[0].strip() for said in dialogue.said if said.startswith("\n")] == [
        "1.",
        "2b.",
        "2a.",
        "2b.",
    ]
    assert dialogue.heard("That was the last part")
    assert dialogue.heard(":9 is no part")
    assert dialogue.heard("> 2b")
    assert dialogue.heard("Taken back.")


def test_handing_in_asks_and_names_what_is_open(grader: Grader) -> None:
    sat, _, dialogue = sit(grader, "2", ":done", "", ":q")
    assert dialogue.heard("Still open: 2a, 2b.")
    assert sat.how == "left"
