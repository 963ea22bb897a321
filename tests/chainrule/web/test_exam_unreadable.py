"""Exams that were begun and cannot be read any more: everybody is told what happened and what to do."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from class_exams import answered, begun, given, right
from flask.testing import FlaskClient
from web_sites import School, csrf, send

from chainrule.classes.gradebook import gradebook
from chainrule.classes.live import live
from chainrule.classes.records import Assignment, Job
from chainrule.classes.rows import change, found
from chainrule.store.records import Exam
from chainrule.store.tables import EXAMS, ITEMS

KINDS = ("blueprint", "no form", "questions")


def broken(school: School, how: str) -> tuple[Assignment, Exam]:
    """An exam with one answer, whose blueprint or questions are of another version of the program."""
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    answered(school.site, school.student, exam, {1: "x"})
    with school.site.store.writing() as connection:
        if how == "questions":
            connection.execute(ITEMS.update().values(family="since.gone"))
            text = exam.blueprint + " "  # nothing remembers it
        else:
            text = json.dumps({"blueprint": {"since_gone": 1}}) if how == "blueprint" else "no form"
        connection.execute(EXAMS.update().values(blueprint=text))
    return assignment, school.site.store.exam(exam.id)


@pytest.mark.parametrize("how", KINDS)
def test_its_student_is_told_on_every_page(school: School, as_student: FlaskClient, how: str) -> None:
    assignment, exam = broken(school, how)
    for address in ("", "/1", "/hand-in"):
        page = as_student.get(f"/exams/{exam.id}{address}")
        assert page.status_code == 409, address
        assert f"{assignment.title} cannot be read any more" in page.text and "Tell your instructor" in page.text
        assert "1 answer is saved" in page.text and "since" not in page.text.replace("since it was begun", "")
    closed = as_student.get("/sheets", follow_redirects=True).text
    assert "cannot be read any more" in closed and "You are sitting an exam." in closed
    listed = as_student.get("/exams").text
    assert "cannot be read" in listed and "What to do" in listed and "Go on" not in listed


def test_what_is_sent_to_it_is_said_not_to_be_kept(school: School, as_student: FlaskClient) -> None:
    _, exam = broken(school, "blueprint")
    token = csrf(as_student.get(f"/exams/{exam.id}").text)
    address = f"/exams/{exam.id}/1/a"
    page = as_student.post(address, data={"csrf_token": token, "answer-a": "y"})
    assert page.status_code == 409 and "was not saved" in page.text
    typed = as_student.post(address, json={"answer": "y"}, headers={"X-CSRFToken": token})
    assert typed.status_code == 409 and "cannot be read any more" in typed.json["error"]


@pytest.mark.parametrize("how", KINDS)
def test_handed_in_it_waits_and_lets_its_student_practise(school: School, as_student: FlaskClient, how: str) -> None:
    assignment, exam = broken(school, how)
    assert send(as_student, f"/exams/{exam.id}/hand-in", page=f"/exams/{exam.id}").status_code == 303
    assert [job.state for job in found(school.site.store, Job, exam=exam.id)] == ["waiting"]
    assert as_student.get("/sheets").status_code == 200
    assert as_student.get(f"/exams/{exam.id}").status_code == 200  # results are not shown yet
    now = school.site.clock()
    change(school.site.store, Assignment, {"id": assignment.id}, due=now, reveals=now, late_days=0)
    page = as_student.get(f"/exams/{exam.id}")
    assert page.status_code == 409 and "It is marked by itself once its questions can be read again" in page.text


@pytest.mark.parametrize("how", KINDS)
def test_its_instructor_is_told_why_and_what_to_do(school: School, as_instructor: FlaskClient, how: str) -> None:
    assignment, _ = broken(school, how)
    site, at = school.site, f"/classes/{school.classroom.id}"
    lines = live(site.store, site.bank, assignment, site.clock())
    assert {line.member.account.login: line.broken for line in lines} == {"sam": True, "tom": False}
    book = gradebook(site.store, site.bank, school.classroom.id, site.clock())
    assert {line.member.account.login: line.cells[0].broken for line in book.lines} == {"sam": True, "tom": False}
    report = f"{at}/assignments/{assignment.id}/reports/{school.student.id}"
    for page in (f"{at}/assignments/{assignment.id}/live", f"{at}/gradebook"):
        assert f'href="{report}">cannot be read' in as_instructor.get(page).text
    shown = as_instructor.get(report)
    assert shown.status_code == 409 and "What to do" in shown.text
    (exam,) = school.site.store.exams(school.student.id)
    assert f"The reason: the exam {exam.id} cannot be" in shown.text
    assert how != "blueprint" or "since_gone: Extra inputs are not permitted" in shown.text


def test_programs_are_told_too(school: School, as_student: FlaskClient) -> None:
    assignment, exam = broken(school, "blueprint")
    token = {"X-CSRFToken": csrf(as_student.get("/exams").text)}
    (entry,) = as_student.get("/api/v1/exams").json["exams"]
    assert (entry["form"], entry["broken"]) == (exam.id, True)
    at = f"/api/v1/exams/{exam.id}"
    for answer in (
        as_student.get(at),
        as_student.post(f"/api/v1/assignments/{assignment.id}/begin", headers=token),
        as_student.put(f"{at}/1/a", json={"answer": "y"}, headers=token),
    ):
        assert answer.status_code == 409 and "cannot be read any more" in answer.json["error"]
    over = as_student.post(f"{at}/hand-in", headers=token)
    assert over.status_code == 409 and "It is handed in." in over.json["error"]
    assert [job.exam for job in found(school.site.store, Job)] == [exam.id]


def test_marks_that_were_given_stay(school: School, as_student: FlaskClient) -> None:
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    answered(school.site, school.student, exam, {1: right(school.site, exam, 1)})
    send(as_student, f"/exams/{exam.id}/hand-in")
    before, now = school.site.clock() - timedelta(hours=1), school.site.clock()
    late = {"late_days": 0, "late_percent": 50}
    change(school.site.store, Assignment, {"id": assignment.id}, due=before, reveals=now, **late)
    assert as_student.get(f"/exams/{exam.id}/report").status_code == 200
    with school.site.store.writing() as connection:
        connection.execute(EXAMS.update().values(blueprint="no form"))
    page = as_student.get(f"/exams/{exam.id}/report")
    assert page.status_code == 409 and "It was marked before: 0.5 of 2 marks." in page.text
    assert "graded" in as_student.get("/exams").text
