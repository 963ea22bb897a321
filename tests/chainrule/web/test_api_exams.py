"""Exams through the API: sat, handed in and reported when it is time, without a word of what is right before."""

from __future__ import annotations

from typing import Any

import pytest
from class_exams import FAMILIES, right
from exam_sites import DAY, HOUR, Exams
from test_api_people import program_of
from web_api import Program

from chainrule.classes.records import Assignment


@pytest.fixture
def student(exams: Exams) -> Program:
    return program_of(exams.school, exams.school.student, days=30)


def sat(student: Program, assignment: Assignment) -> dict[str, Any]:
    begun = student.post(f"/assignments/{assignment.id}/begin")
    assert begun.status_code == 201, begun.text
    found: dict[str, Any] = begun.json
    return found


def save(student: Program, exam: dict[str, Any], number: int, answer: str) -> Any:
    part = exam["questions"][number - 1]["parts"][0]["id"]
    return student.put(f"/exams/{exam['form']}/{number}/{part}", {"answer": answer, "seconds": 1})


def test_an_assignment_is_listed_begun_and_sat(exams: Exams, student: Program) -> None:
    assignment = exams.assign(families=FAMILIES)
    (listed,) = student.get("/exams").json["assignments"]
    assert (listed["id"], listed["state"], listed["form"]) == (assignment.id, "open", "")
    exam = sat(student, assignment)
    assert exam["phase"] == "open" and exam["left"] == 3600 and len(exam["questions"]) == 2
    assert sat(student, assignment)["form"] == exam["form"]
    kept = save(student, exam, 2, "12")
    assert kept.status_code == 200 and kept.json["answer"] == "12"
    exams.clock.forward(HOUR / 2)
    again = student.get(f"/exams/{exam['form']}").json
    assert again["left"] == 1800
    assert again["questions"][1]["parts"][0]["answer"] == "12"
    assert again["questions"][1]["parts"][0]["told"] is None


def test_results_are_shown_from_their_time_on(exams: Exams, student: Program) -> None:
    assignment = exams.assign(families=FAMILIES)
    exam = sat(student, assignment)
    kept = exams.site.store.exam(exam["form"])
    save(student, exam, 2, right(exams.site, kept, 2))
    report = f"/exams/{exam['form']}/report"
    assert student.get(report).status_code == 409
    assert student.post(f"/exams/{exam['form']}/hand-in").json["phase"] == "hidden"
    assert student.get(report).status_code == 409
    assert student.get("/answers").json["answers"] == []
    assert student.get(f"/exams/{exam['form']}").json["questions"] == []
    exams.clock.forward(9 * DAY)
    found = student.get(report).json
    assert found["earned"] == found["questions"][1]["parts"][0]["marks"] > 0
    assert found["questions"][1]["parts"][0]["verdict"]["outcome"] == "right"
    assert found["questions"][0]["parts"][0]["verdict"] is None
    assert len(student.get("/answers").json["answers"]) == 1


def test_nothing_is_taken_after_the_end(exams: Exams, student: Program) -> None:
    exam = sat(student, exams.assign(families=FAMILIES))
    exams.clock.forward(HOUR)
    late = save(student, exam, 2, "12")
    assert late.status_code == 409 and "The time was over" in late.json["error"]
    assert student.get(f"/exams/{exam['form']}").json["by_time"]


def test_everything_else_is_closed_meanwhile(exams: Exams, student: Program) -> None:
    exam = sat(student, exams.assign(families=FAMILIES))
    item = exams.site.store.exam_items(exam["form"])[0].id
    for path in ("/families", "/answers", f"/items/{item}", f"/items/{item}/worked", "/progress", "/blueprints"):
        assert student.get(path).status_code == 409, path
    for path in ("/me", "/exams", f"/exams/{exam['form']}"):
        assert student.get(path).status_code == 200, path
    student.post(f"/exams/{exam['form']}/hand-in")
    for path in (f"/items/{item}", f"/items/{item}/worked", f"/items/{item}/parts/a/hints"):
        assert student.get(path).status_code == 404, path


def test_nobody_sits_it_for_another(exams: Exams, student: Program) -> None:
    exam = sat(student, exams.assign(families=FAMILIES))
    other = program_of(exams.school, exams.school.other)
    for path in (f"/exams/{exam['form']}", f"/exams/{exam['form']}/report"):
        assert other.get(path).status_code == 404
    assert save(other, exam, 2, "12").status_code == 404
    assert other.post(f"/exams/{exam['form']}/hand-in").status_code == 404
    assert student.get(f"/exams/{exam['form']}").json["phase"] == "open"


def test_an_exam_that_says_at_once_tells_no_more_than_that(exams: Exams, student: Program) -> None:
    exam = sat(student, exams.assign(families=FAMILIES, feedback="outcome"))
    save(student, exam, 2, "-12")
    told = student.get(f"/exams/{exam['form']}").json["questions"][1]["parts"][0]["told"]
    assert told == {"outcome": "wrong", "says": ""}


def test_an_exam_of_ones_own(student: Program) -> None:
    names = [one["name"] for one in student.get("/blueprints").json["blueprints"]]
    assert "ten-minutes" in names
    exam = student.post("/exams", {"blueprint": "ten-minutes"}).json
    assert student.post("/exams", {"blueprint": "course"}).status_code == 409
    assert student.post("/exams", {"blueprint": "none"}).status_code == 404
    assert student.post(f"/exams/{exam['form']}/hand-in").json["phase"] == "report"
    report = student.get(f"/exams/{exam['form']}/report").json
    assert (report["earned"], report["by_time"]) == (0, False)


def test_an_instructor_reads_classes_and_gradebook(exams: Exams, student: Program) -> None:
    assignment = exams.assign(families=FAMILIES)
    exam = sat(student, assignment)
    save(student, exam, 2, right(exams.site, exams.site.store.exam(exam["form"]), 2))
    student.post(f"/exams/{exam['form']}/hand-in")
    teacher = program_of(exams.school, exams.school.instructor)
    (room,) = teacher.get("/classes").json["classes"]
    assert room["students"] == 2
    (listed,) = teacher.get(f"/classes/{room['id']}/assignments").json["assignments"]
    assert (listed["id"], listed["begun"]) == (assignment.id, 1)
    blueprint = teacher.get(f"/classes/{room['id']}/assignments/{assignment.id}").json["blueprint"]
    assert blueprint == assignment.blueprint
    book = teacher.get(f"/classes/{room['id']}/gradebook").json
    marks = {line["login"]: (line["cells"][0]["stand"], line["cells"][0]["counted"]) for line in book["students"]}
    assert marks["sam"][0] == "marked" and marks["sam"][1] > 0 and marks["tom"][0] == "to come"
    assert teacher.get(f"/classes/{room['id']}/gradebook.csv").text.count("\n") >= 3
    assert student.get("/classes").status_code == 403
    assert student.get(f"/classes/{room['id']}/gradebook.csv").status_code == 403
