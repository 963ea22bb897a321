"""Pages for students: what they hold and what not, names of files, and old pages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from graded_class import assignment, quiz, results, students
from hypothesis import given
from hypothesis import strategies as st

from chainrule.bulk.feedback_pages import FeedbackPages
from chainrule.bulk.marked import Marked, marked
from chainrule.bulk.records import Student
from chainrule.bulk.student_files import file_stem
from questions.bank import load_family

SAFE = re.compile(r"[a-z0-9]([a-z0-9._@~-]*[a-z0-9])?")


def page(folder: Path, one: Marked, *, reveal: bool = False) -> str:
    FeedbackPages(folder, assignment(), reveal=reveal).write(one)
    return (folder / f"{file_stem(one.student.id)}.html").read_text(encoding="utf-8")


def class_of(n: int) -> list[Marked]:
    return list(marked(assignment(), students(n), results(students(n))))


def test_a_page_holds_own_answers_verdicts_and_marks(tmp_path: Path) -> None:
    one = class_of(1)[0]
    text = page(tmp_path, one)
    for result in one.results:
        if result.answer and "<" not in result.answer:
            assert result.answer.split("@")[0].split()[0] in text
    assert "Student 0" in text and 'class="score-earned"' in text
    assert text.count('<div class="verdict') == len(one.results)
    assert "<script" not in text and "://" not in re.sub(r'xmlns="[^"]*"', "", text)


def test_right_answers_are_shown_where_the_class_may_see_them_alone(tmp_path: Path) -> None:
    one = class_of(1)[0]
    wrong = tuple(replace(r, outcome="wrong", score=0.0, answer="0", reading="0", feedback=()) for r in one.results)
    hidden = page(tmp_path, replace(one, results=wrong))
    shown = page(tmp_path, replace(one, results=wrong), reveal=True)
    assert "Right answer" in shown and "right-answer" in shown
    assert "Right answer" not in hidden and 'class="solution"' not in hidden and 'right-answer"' not in hidden
    assert "18.1" in shown and "18.1" not in hidden  # the key of the last part
    assert len(hidden) < len(shown)


def test_a_page_says_nothing_of_others(tmp_path: Path) -> None:
    class_ = class_of(6)
    pages = FeedbackPages(tmp_path, assignment())
    for one in class_:
        pages.write(one)
    for one in class_:
        text = (tmp_path / f"{one.student.id}.html").read_text(encoding="utf-8")
        others = [other.student for other in class_ if other is not one]
        assert not any(other.name in text or other.id in text or other.email in text for other in others)
        alone = page(tmp_path / "alone", one)
        assert alone == text  # whoever was written before


def test_what_broke_on_our_side_is_told_in_general(tmp_path: Path) -> None:
    one = class_of(1)[0]
    broken = replace(one.results[0], outcome="fault", score=0.0, feedback=(("fault", {"what": "/srv/keys at 0x7f"}),))
    text = page(tmp_path, replace(one, results=(broken, *one.results[1:])))
    assert "/srv/keys" not in text and "your instructor can have it judged again" in text


def test_lateness_problems_and_remarks_are_told(tmp_path: Path) -> None:
    one = class_of(1)[0]
    first = replace(one.results[0], outcome="unreadable", score=0.0, problem="a.ipynb: <b>broken", remarks=("Twice.",))
    full = replace(one.results[1], outcome="right", score=1.0)
    text = page(tmp_path, Marked(one.student, (first, full, *one.results[2:]), 0.5, ("x.zip: damaged",)))
    assert "a.ipynb: &lt;b&gt;broken" in text and "Twice." in text and "x.zip: damaged" in text
    assert "It was handed in late" in text


@given(st.text(max_size=80))
def test_any_id_has_a_safe_name(id: str) -> None:
    stem = file_stem(id)
    assert SAFE.fullmatch(stem) and len(stem) <= 80
    assert stem.split(".")[0] not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.lists(st.text(max_size=6), unique=True, max_size=40))
def test_no_two_ids_have_the_same_name(ids: list[str]) -> None:
    assert len({file_stem(id).casefold() for id in ids}) == len(ids)


@pytest.mark.parametrize("id", ["../../etc/passwd", "CON", "nul.txt", "", ".", "a/b", "Anna", "ü", "a" * 300, "x\x00y"])
def test_names_that_are_no_names_are_replaced(id: str) -> None:
    assert SAFE.fullmatch(file_stem(id)) and "~" in file_stem(id)


def test_pages_of_students_who_are_gone_go_and_nothing_else(tmp_path: Path) -> None:
    class_ = class_of(2)
    pages = FeedbackPages(tmp_path, assignment())
    for one in class_:
        pages.write(one)
    (tmp_path / "notes.html").write_text("<title>mine · Feedback · Chainrule</title>", encoding="utf-8")
    (tmp_path / "other.txt").write_text("kept", encoding="utf-8")
    again = FeedbackPages(tmp_path, assignment())
    again.write(class_[0])
    again.remove_others()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1000.html", "notes.html", "other.txt"]


def test_each_student_has_the_own_questions(tmp_path: Path) -> None:
    family = load_family(quiz().items[0].family)
    assert family is not None

    def draw(student: str):  # type: ignore[no-untyped-def]
        return replace(quiz(), items=(family.draw(3 if student == "a" else 8),))

    own = replace(assignment(), draw=draw, own_numbers=True)
    revealed, pages = FeedbackPages(tmp_path, own, reveal=True), FeedbackPages(tmp_path / "early", own)
    one = class_of(1)[0].results[0]
    for id in ("a", "b"):
        revealed.write(Marked(Student(id), (replace(one, student=id),)))
    pages.write(Marked(Student("a"), (replace(one, student="a"),)))
    first, second, early = ((tmp_path / f"{name}.html").read_text(encoding="utf-8") for name in ("a", "b", "early/a"))
    assert "seed 3" in first and "seed 8" in second and "seed 8" not in first
    assert "seed 3" not in early  # with it the answer could be looked up, while the assignment may still be handed in
