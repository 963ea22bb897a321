"""Gradebooks of a class: what stands where, marks taken off, and cells that no spreadsheet runs."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from graded_class import assignment, quiz, results, students

from chainrule.bulk.columns import columns_of
from chainrule.bulk.gradebook_files import UNREAD, Gradebooks
from chainrule.bulk.marked import Marked, marked
from chainrule.bulk.matching import EDITED
from chainrule.bulk.records import Result, Student, Submitted
from chainrule.quiz import Quiz

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\x00=1")


def tables(*class_: Marked) -> dict[str, list[list[str]]]:
    books = Gradebooks("hw3", quiz().title, columns_of(quiz()))
    for one in class_:
        books.add(one, f"S-{one.student.id}")
    return {name: list(csv.reader(StringIO(text.removeprefix("\ufeff")))) for name, text in books.files().items()}


def all_right(student: Student, **more: object) -> Marked:
    found = tuple(
        Result(student.id, number, item.family, part.id, part.kind, part.marks, "right", 1.0)
        for number, item in enumerate(quiz().items, start=1)
        for part in item.parts
    )
    return Marked(student, found, **more)  # type: ignore[arg-type]


def test_all_marks_stand_in_the_gradebook() -> None:
    class_ = students(3)
    found = tables(*marked(assignment(), class_, results(class_)))["gradebook.csv"]
    heads, *lines = found
    assert heads[:3] == ["id", "name", "in the report"] and heads[-5:-1] == [
        "earned", "late deduction", "total", "percent",
    ]  # fmt: skip
    assert heads[3:9] == [
        "1 convolution.output-size/a (1)",
        "2 convolution.design-setting/a (1)",
        "3 adversarial.statements/a (1)",
        "4 foundations.hidden-layer-gradient/a (1)",
        "5a foundations.scaled-inputs/standardised (1)",
        "5b foundations.scaled-inputs/condition (2)",
    ]
    by_id = {student.id: sum(one.earned for one in results(class_) if one.student == student.id) for student in class_}
    for line in lines:
        assert float(line[9]) == pytest.approx(by_id[line[0]]) == pytest.approx(sum(map(float, line[3:9])))


def test_lateness_is_taken_off() -> None:
    line = tables(all_right(Student("a", "Anna"), share=0.9))["gradebook.csv"][1]
    assert line[-5:] == ["7", "0.7", "6.3", "90", ""]


def test_lateness_comes_from_the_assignment() -> None:
    late = Submitted(Student("a"), Path(), (), ("x.zip: broken",), late=True)
    found = list(marked(assignment(percent=20.0, days=2), [late.student], (), [late]))
    assert [(one.share, one.problems) for one in found] == [(0.8, ("x.zip: broken",))]


def test_who_handed_in_nothing_has_no_grade_on_a_platform() -> None:
    found = tables(Marked(Student("b", "Berta", "b@x.org", "17"), ()))
    assert found["gradebook.csv"][1][-3:] == ["0", "0", "nothing handed in"]
    assert found["gradebook-canvas.csv"][2] == ["Berta", "17", "b", "b@x.org", "", ""]
    assert found["gradebook-moodle.csv"][1] == ["Participant 17", "Berta", "b@x.org", "b", "", "7", ""]


def test_an_empty_answer_is_handed_in_and_a_fault_of_ours_costs_nothing() -> None:
    berta = Student("b", "Berta")
    nothing = tuple(replace(one, outcome="unanswered", score=0.0) for one in all_right(berta).results)
    there = Submitted(berta, Path(), (Path("answers.yaml"),))
    for results_, ends, grade in ((nothing, ["0", "0", "nothing answered"], "0"), ((), ["", "", UNREAD], "")):
        found = tables(*marked(assignment(), [berta], results_, [there]))
        assert found["gradebook.csv"][1][-3:] == ends
        assert {found["gradebook-canvas.csv"][2][-1], found["gradebook-moodle.csv"][1][4]} == {grade}
        assert set(found["gradebook.csv"][1][3:9]) == {grade}


def test_canvas_and_moodle_have_their_columns() -> None:
    found = tables(all_right(Student("b", "Berta", "b@x.org", "17")))
    assert found["gradebook-canvas.csv"] == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework 3 <b> (hw3)"],
        ["    Points Possible", "", "", "", "", "7"],
        ["Berta", "17", "b", "b@x.org", "", "7"],
    ]
    heads, line = found["gradebook-moodle.csv"]
    assert {"Identifier", "Email address", "ID number", "Grade", "Feedback comments"} <= set(heads)
    assert line[-1].startswith("7 of 7. 1 right, 2 right, 3 right, 4 right, 5a right, 5b right.")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_run_by_a_spreadsheet(text: str) -> None:
    student = Student(text, text, text, text)
    broken = replace(all_right(student).results[0], outcome="unreadable", score=0.0, problem=text, remarks=(text,))
    books = Gradebooks(text, text, columns_of(quiz()))
    books.add(Marked(student, (broken,), problems=(text,)), text)
    for name, written in books.files().items():
        for line in csv.reader(StringIO(written.removeprefix("\ufeff"))):
            for cell in line:
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), (name, cell)
                assert cell.isprintable(), (name, cell)


def test_what_moodle_shows_is_no_html() -> None:
    books = Gradebooks("hw", "hw", columns_of(quiz()))
    part = replace(all_right(Student("a")).results[0], number=99, outcome="<img src=x>")
    books.add(Marked(Student("a"), (part,)), "S-a")
    assert "<img" not in books.files()["gradebook-moodle.csv"]


def test_problems_say_where_they_are() -> None:
    first, second, third, fourth, *_ = all_right(Student("a")).results
    one = Marked(
        Student("a"),
        (
            replace(first, outcome="fault", score=0.0),
            replace(second, outcome="unreadable", score=0.0, problem="b.zip: broken", remarks=("taken twice",)),
            replace(third, outcome="unreadable", score=0.0, problem="b.zip: broken"),
            replace(fourth, remarks=("Taken from cell 3.", EDITED)),
        ),
        problems=("a.zip: broken",),
    )
    said = tables(one)["gradebook.csv"][1][-1]
    broken = "a.zip: broken; 1: fault, to be looked at; 2, 3: b.zip: broken; 2: taken twice"
    assert said == f"{broken}; 4: {EDITED}"


def test_a_question_asked_twice_has_two_columns() -> None:
    item = quiz().items[0]
    found = columns_of(Quiz("twice", 0, (item, item)))
    assert [(one.item, one.place) for one in found] == [
        ("convolution.output-size/a", "1"),
        ("convolution.output-size/a#2", "2"),
    ]
