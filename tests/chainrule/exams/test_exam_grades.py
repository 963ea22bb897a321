"""Grades, sums by section and topic, and a form that is kept and read again."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from small_bank import loaded, square_bank

from chainrule.exams.blueprint_schema import Blueprint, Section
from chainrule.exams.form import Form, draw_form
from chainrule.exams.grades import Share, grade_of, result
from chainrule.exams.kept_form import form_again, form_text
from grader.errors import AuthorError

SECTIONS = (Section(title="A", questions=2, levels=(1, 2)), Section(title="B", families=("t0.q3", "t0.q4"), each=5))
BLUEPRINT = Blueprint(title="T", minutes=0, grades={"B": 70, "A": 87.5, "F": 0, "C": 50}, sections=SECTIONS)


def form() -> Form:
    return draw_form(square_bank(), BLUEPRINT, chance=random.Random(3))


@pytest.mark.parametrize(
    ("earned", "possible", "grade"),
    [
        (100, 100, "A"), (87.5, 100, "A"), (87.49, 100, "B"), (7, 10, "B"), (49.99, 100, "F"), (50, 100, "C"),
        (0, 10, "F"), (0, 0, "F"), (sum([1 / 3] * 3), 2, "C"), (0.7 * 3 * 10, 30, "B"),
    ],
)  # fmt: skip
def test_a_grade_is_reached_by_exact_percent(earned: float, possible: float, grade: str) -> None:
    assert grade_of(BLUEPRINT, earned, possible) == grade


def test_without_grades_there_is_none() -> None:
    assert grade_of(Blueprint(title="T", minutes=0, sections=SECTIONS), 5, 5) == ""


def test_marks_are_summed_by_section_and_topic() -> None:
    made = form()
    first, second, third, fourth = made.items
    found = result(made, {(1, "a"): first.marks, (2, "a"): 0, (3, "a"): 2.5, (9, "a"): 99, (3, "z"): 99})
    possible = first.marks + second.marks
    assert found.total == Share("", 4, first.marks + 2.5, possible + 10)
    assert found.sections == (Share("A", 2, first.marks, possible), Share("B", 2, 2.5, 10))
    assert [share.percent for share in found.sections] == [int(100 * first.marks / possible), 25]
    by_topic = {share.name: share for share in found.topics}
    assert list(by_topic) == list(dict.fromkeys(item.topic for item in made.items))
    assert sum(share.earned for share in found.topics) == found.total.earned
    assert by_topic["t0"].possible == sum(item.marks for item in made.items if item.topic == "t0")
    assert third.topic == fourth.topic == "t0"


def test_full_marks_are_the_best_grade_and_none_the_lowest() -> None:
    made = form()
    everything = {(item.number, part.id): part.marks for item in made.items for part in item.variant.parts}
    assert (result(made, everything).grade, result(made, everything).total.percent) == ("A", 100)
    assert (result(made, {}).grade, result(made, {}).total.percent) == ("F", 0)


def test_a_kept_form_is_the_same_form_again() -> None:
    known, made = square_bank(), form()
    drawn = [known.family(item.variant.family).draw(item.variant.seed) for item in made.items]
    again = form_again(made.id, form_text(made), drawn)
    assert again.blueprint == made.blueprint
    assert [(i.number, i.section, i.marks, i.variant.seed) for i in again.items] == [
        (i.number, i.section, i.marks, i.variant.seed) for i in made.items
    ]
    assert (again.id, again.exam, again.student) == (made.id, "", "")


def test_the_kept_text_tells_no_seed() -> None:
    made = form()
    assert not [item for item in made.items if str(item.variant.seed) in form_text(made)]


def test_what_is_no_kept_form_is_refused() -> None:
    made = form()
    with pytest.raises(AuthorError, match="the exam X cannot be read"):
        form_again("X", "{}", [])
    with pytest.raises(AuthorError, match="the exam X cannot be read"):
        form_again("X", json.dumps({**json.loads(form_text(made)), "sections": [7]}), [])
    with pytest.raises(AuthorError, match="has 4 questions, but 1 were kept"):
        form_again("X", form_text(made), [made.items[0].variant])


def test_grades_of_a_file_may_be_numbers(tmp_path: Path) -> None:
    text = "title: T\nminutes: 5\ngrades:\n  1.0: 90\n  2.3: 75.5\n  5: 0\nsections:\n- {title: A, questions: 1}\n"
    made = loaded(tmp_path, text, square_bank())
    assert [grade_of(made, percent, 100) for percent in (90, 75.5, 75)] == ["1.0", "2.3", "5"]
