"""The report on the answers of a store: whose answers count, first tries, exams that are over, times."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chainrule.bulk.class_report import ClassReport
from chainrule.bulk.stored_answers import stored_report
from chainrule.bulk.stored_class import assignment, classroom, sat, stored
from chainrule.classes.classrooms import make_class
from chainrule.classes.left_out import Over, left_out
from chainrule.classes.records import Account, Assignment, Membership, Sitting
from chainrule.classes.rows import put
from chainrule.cli import run
from chainrule.files import InputError
from chainrule.store.opening import open_store
from chainrule.store.records import Attempt, Ending, Exam, Item, Regrading
from chainrule.store.store import Store
from questions.bank import Bank, load_bank

BEGAN = datetime(2027, 1, 1, tzinfo=UTC)
FAMILY = "convolution.output-size"
TWO = "foundations.scaled-inputs"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(str(tmp_path / "s.db"))


def answer(
    store: Store, learner: str, score: float, *, day: int = 0, family: str = FAMILY, part: str = "a", outcome: str = "",
    **more: object,
) -> Attempt:  # fmt: skip
    at = BEGAN + timedelta(days=day)
    item = Item(family, "v", 3, "", "practice", learner=learner, at=at)
    outcome = outcome or ("right" if score == 1 else "wrong")
    attempt = Attempt(item.id, part, "integer", "7", outcome, score, 1.0, at=at, **more)  # type: ignore[arg-type]
    store.add(item, attempt)
    return attempt


def exam_of(store: Store, learner: str, outcomes: dict[str, str], *, each: float | None = None) -> None:
    """An exam that is over, with one question of two parts."""
    section = {"title": "S", "families": [TWO]} | ({"each": each} if each else {})
    text = json.dumps({"blueprint": {"title": "E", "minutes": 9, "sections": [section]}, "sections": [0]})
    exam = Exam(f"EXAM-{learner}", "Exam", text, 0.0, learner=learner)
    item = Item(TWO, "v", 3, "", "exam", exam=exam.id, number=1, learner=learner)
    marks = {"standardised": (each or 3.0) / 3, "condition": (each or 3.0) / 3 * 2}  # in proportion, as in the file
    answers = [
        Attempt(item.id, part, "number", "1", outcome, float(outcome == "right"), marks[part])
        for part, outcome in outcomes.items()
    ]
    store.add(exam, item, *answers, Ending(exam.id, "handed-in", 0.0, each or 3.0))


def report(store: Store, bank: Bank, room: str | None = None) -> ClassReport:
    group = classroom(store, room) if room else None
    return stored_report("All", *stored(store, group, lambda _: True), bank, str, words=False)


def test_the_first_answer_of_each_learner_counts(store: Store, bank: Bank) -> None:
    for i in range(4):
        answer(store, f"l{i}", 0.0, day=5 + i, seconds=10.0 * i, mistake="sign",
               feedback=json.dumps([["mistake", {"says": "Look at the sign.", "name": "sign"}]]))  # fmt: skip
        answer(store, f"l{i}", 1.0, day=20)
    answer(store, "l0", 1.0, day=1, seconds=40.0)
    (found,) = report(store, bank).figures.items
    assert found.item == f"{FAMILY}/a" and found.asked == 4
    assert found.difficulty is not None and found.difficulty.value == 0.25
    assert (found.seconds, found.timed) == (25.0, 4)  # of 40, 10, 20, 30
    (mistake,) = found.mistakes
    assert (mistake.name, mistake.says, mistake.times) == ("sign", "Look at the sign.", 3)


def test_a_repaired_verdict_counts(store: Store, bank: Bank) -> None:
    attempt = answer(store, "l0", 0.0)
    store.add(Regrading(attempt.id, "v2", "right", 1.0))
    (found,) = report(store, bank).figures.items
    assert found.difficulty is not None and found.difficulty.value == 1.0


def test_what_was_left_out_of_an_exam_that_is_over_scores_nothing(store: Store, bank: Bank) -> None:
    for learner, over in (("l0", True), ("l1", False)):
        exam = Exam(f"EXAM-{learner}", "Exam", "{}", 0.0, learner=learner)
        item = Item(TWO, "v", 3, "", "exam", exam=exam.id, number=1, learner=learner)
        store.add(exam, item, Attempt(item.id, "condition", "number", "18.1", "right", 1.0, 2.0))
        if over:
            store.add(Ending(exam.id, "handed-in", 2.0, 3.0))
    found = {one.item: one for one in report(store, bank).figures.items}
    assert found[f"{TWO}/condition"].asked == 2
    left = found[f"{TWO}/standardised"]
    assert (left.asked, left.answered, dict(left.outcomes)) == (1, 0, {"unanswered": 1})


def test_what_a_learner_left_out_in_two_exams_counts_once(bank: Bank) -> None:
    over = [Over(Item(TWO, "v", 3, "", "exam", exam=exam, number=1, learner="l0")) for exam in ("one", "two")]
    assert [one.item for one in left_out(over, set(), bank)] == [f"{TWO}/standardised", f"{TWO}/condition"]


@pytest.mark.parametrize("cost_nothing", ["unreadable", "undecided", "fault"])
def test_what_costs_nothing_in_practice_is_no_first_try(store: Store, bank: Bank, cost_nothing: str) -> None:
    answer(store, "l0", 0.0, outcome=cost_nothing)
    answer(store, "l0", 1.0, day=1)
    answer(store, "l1", 0.0, outcome=cost_nothing)  # and nothing after it
    (found,) = report(store, bank).figures.items
    assert dict(found.outcomes) == {"right": 1, cost_nothing: 1}


def test_what_cannot_be_read_in_an_exam_was_a_try(store: Store, bank: Bank) -> None:
    exam_of(store, "l0", {"condition": "unreadable"})
    answer(store, "l0", 1.0, day=400, family=TWO, part="condition")
    found = {one.item: one for one in report(store, bank).figures.items}
    assert dict(found[f"{TWO}/condition"].outcomes) == {"unreadable": 1}


def test_what_was_left_out_has_the_marks_of_the_exam(store: Store, bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 6 marks the part that was answered had 4, and nothing is drawn again to know it."""
    monkeypatch.setattr(type(bank.families[TWO]), "draw", None)
    exam_of(store, "l0", {"condition": "right"}, each=6.0)
    found = report(store, bank).figures
    assert found.scores.mean == pytest.approx(4 / 6)


def test_an_assignment_of_a_class_is_told_alone(store: Store, bank: Bank, tmp_path: Path) -> None:
    boss = Account("boss", "Boss", "instructor", "")
    people = [Account(f"p{i}", f"P {i}", "student", "") for i in range(12)]
    put(store, boss, *people)
    room = make_class(store, "Deep learning", "Europe/Berlin", boss.id)
    given = Assignment(room.id, "Exam one", "", BEGAN, BEGAN, BEGAN, "00")
    put(store, given, *(Membership(room.id, one.id, "student") for one in people))
    for i, one in enumerate(people):
        answer(store, one.id, 0.0, family=TWO, part="condition")  # practice, which does not count here
        answered = {"condition": "right" if i % 2 else "wrong"}
        exam_of(store, one.id, answered | ({"standardised": "right"} if i % 3 else {}), each=6.0)
        put(store, Sitting(given.id, one.id, f"EXAM-{one.id}"))
    found = stored_report("E", *sat(store, room, given, lambda _: True), bank, str, words=False).figures
    assert {one.item: (one.asked, one.answered) for one in found.items} == {
        f"{TWO}/condition": (12, 12), f"{TWO}/standardised": (12, 8),
    }  # fmt: skip
    assert found.reliability.alpha is not None and found.reliability.alpha.n == 12
    assert found.scores.mean == pytest.approx((6 * 4 + 8 * 2) / (12 * 6))
    with pytest.raises(InputError, match="known are 'Exam one'"):
        assignment(store, room, "Exam two")
    url = str(tmp_path / "s.db")
    assert run(["report", "--store", url, "--class", "Deep learning", "--assignment", "Exam one", "--names"]) == 0
    assert run(["report", "--store", url, "--assignment", "Exam one"]) == 2


def test_a_class_is_its_students(store: Store, bank: Bank) -> None:
    people = [Account(f"p{i}", f"P {i}", "student", "") for i in range(3)]
    boss = Account("boss", "Boss", "instructor", "")
    put(store, *people, boss)
    room = make_class(store, "Deep learning", "Europe/Berlin", boss.id)
    put(store, *(Membership(room.id, one.id, "student") for one in people[:2]))
    for one in (*people, boss):
        answer(store, one.id, 1.0)
    assert report(store, bank, "Deep learning").figures.students == 2
    assert report(store, bank, room.id).figures.students == 2
    assert report(store, bank).figures.students == 4
    with pytest.raises(InputError, match="Deep learning"):
        classroom(store, "Shallow learning")


def test_a_question_that_is_known_no_more_is_still_counted(store: Store, bank: Bank) -> None:
    answer(store, "l0", 1.0, family="gone.question")
    found = report(store, bank)
    assert [one.item for one in found.figures.items] == ["gone.question/a"]
    assert found.of("gone.question/a").title == "gone.question"


def test_what_is_not_the_same_for_all_has_no_alpha(store: Store, bank: Bank) -> None:
    for i in range(12):
        answer(store, f"l{i}", float(i % 2))
        answer(store, f"l{i}", float(i % 3 == 0), family=TWO if i else "gone.question")
    found = report(store, bank)
    assert found.figures.reliability.reason == "not all were asked the same questions"
    assert any("first try" in note for note in found.notes)
