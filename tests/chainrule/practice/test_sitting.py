"""Sitting an exam: each answer is saved as it is typed, the clock is obeyed, nothing tells a mark before it is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from scripted import Kept, Scripted

from chainrule.alarm import TimeUp
from chainrule.exam_places import Place, Sat
from chainrule.grading import Grader
from chainrule.recording import item_of
from chainrule.sitting import Sitting
from chainrule.store.records import Draft, Exam, now
from grader.formula import Scope, Symbol, read
from grader.keys import ChoiceKey, FormulaKey, NumberKey, Option
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


def test_an_answer_that_was_taken_back_is_open_when_the_exam_goes_on(grader: Grader) -> None:
    found, store = places(), Kept()
    first = Sitting(EXAM, found, {}, store=store, dialogue=Scripted(["2", ":x", ":q"]), grader=grader)
    assert first.run().answers == {}
    drafts = {(draft.item, draft.part): draft for draft in store.records if isinstance(draft, Draft)}
    dialogue = Scripted([":l", ":done", ""])
    Sitting(EXAM, found, drafts, store=store, dialogue=dialogue, grader=grader).run()
    assert dialogue.heard("> 1    1 mark     open")
    assert dialogue.heard("Still open: 1, 2a, 2b.")
    assert not dialogue.heard("Saved so far")


class Hurried(Scripted):
    """A learner whose exam ends while the editor is open."""

    over = False

    def edit(self, text: str) -> str | None:
        self.over = True
        return "2"


def test_what_leaves_the_editor_after_the_end_does_not_count_and_is_shown(grader: Grader) -> None:
    store, dialogue = Kept(), Hurried([":e", ":q"])
    sitting = Sitting(
        EXAM, places(), {}, store=store, dialogue=dialogue, grader=grader,
        clock=lambda: now() + timedelta(hours=1 if dialogue.over else 0),
    )  # fmt: skip
    assert sitting.run().how == "time"
    assert store.records == []
    assert dialogue.heard("does not count:\n2")


def test_no_question_is_shown_when_the_time_was_over_before(grader: Grader) -> None:
    _, _, dialogue = sit(grader, exam=replace(EXAM, at=now() - timedelta(hours=1)))
    assert not dialogue.heard("Prompt x?")


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt, TimeUp, "", ":q"])
def test_lines_of_a_derivation_are_saved_however_it_ends(grader: Grader, end: str | type[BaseException]) -> None:
    variant = Variant("a.one", "v1", 1, {}, "One", 1, "a book", (derivation(),))
    place = Place(item_of(variant, "exam", exam=EXAM.id, number=1), variant, variant.parts[0])
    store = Kept()
    sitting = Sitting(EXAM, [place], {}, store=store, dialogue=Scripted(["x = a", "y = b", end]), grader=grader)
    sat = sitting.run()
    assert [draft.answer for draft in store.records if isinstance(draft, Draft)] == ["x = a\ny = b"]
    assert sat.how == ("time" if end is TimeUp else "left")


def derivation() -> Part:
    return replace(part("x", TWO), kind="derivation")


@pytest.mark.parametrize("policy", ["none", "outcome", "full"])
def test_an_answer_that_no_judge_can_read_is_told_with_the_reason(grader: Grader, policy: str) -> None:
    key = ChoiceKey((Option("a", "one", True), Option("b", "two", False)))
    variant = Variant(
        "a.one", "v1", 1, {}, "One", 1, "a book", (replace(part("x", TWO), kind="choice", make=lambda: key),)
    )
    place = Place(item_of(variant, "exam", exam=EXAM.id, number=1), variant, variant.parts[0])
    dialogue = Scripted(["q", "b"])
    exam = replace(EXAM, feedback=policy)  # type: ignore[arg-type]
    Sitting(exam, [place], {}, store=Kept(), dialogue=dialogue, grader=grader).run()
    told = [said for said in dialogue.said if "It cannot be read, and would earn nothing:" in said]
    assert len(told) == 1
    assert "a, b" in told[0]


@pytest.mark.parametrize(("typed", "how"), [("yes", "handed-in"), ("", "left")])
def test_an_exam_without_questions_by_now_ends_only_by_a_yes(grader: Grader, typed: str, how: str) -> None:
    dialogue = Scripted([typed])
    assert Sitting(EXAM, [], {}, store=Kept(), dialogue=dialogue, grader=grader).run().how == how
    assert dialogue.heard("another --bank")


def test_who_comes_into_the_middle_of_a_question_is_told_where_it_begins(grader: Grader) -> None:
    _, _, jumped = sit(grader, ":2b", ":p", ":n")
    assert [said for said in jumped.said if "begins" in said] == [":2 shows how this question begins."]
    assert jumped.heard("2b. Two (1 mark)")
    _, _, walked = sit(grader, ":n", ":n")
    assert not walked.heard("begins")
