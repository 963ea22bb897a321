"""The gradebook counts verdicts that count, takes off what lateness costs, and is safe in a spreadsheet."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from class_exams import begun, given, right, sat
from flask.testing import FlaskClient
from web_sites import School, add_member

from chainrule.classes.accommodations import accommodate
from chainrule.classes.gradebook import Cell, Gradebook, gradebook
from chainrule.classes.gradebook_csv import RISKY, gradebook_csv, safe
from chainrule.classes.records import Account
from chainrule.classes.rows import change
from chainrule.store.records import Appeal, Regrading
from chainrule.store.tables import EXAMS


def book(school: School, later: timedelta = timedelta()) -> Gradebook:
    return gradebook(school.site.store, school.site.bank, school.classroom.id, school.site.clock() + later)


def cells(school: School, later: timedelta = timedelta()) -> dict[str, Cell]:
    return {line.member.account.login: line.cells[0] for line in book(school, later).lines}


def test_before_anybody_hands_in(school: School) -> None:
    begun(school, given(school), school.student)
    assert {name: cell.stand for name, cell in cells(school).items()} == {"sam": "begun", "tom": "to come"}
    assert book(school).all.n == 0


def test_marks_percent_and_grade(school: School) -> None:
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    sat(school, assignment, school.student, {2: right(school.site, exam, 2)})
    found = cells(school)["sam"]
    assert (found.earned, found.possible, found.percent, found.grade) == (1.0, 2.0, 50, "passed")


def test_a_regrading_and_an_open_appeal_show(school: School) -> None:
    assignment = given(school)
    exam = sat(school, assignment, school.student, {1: "0"})
    attempt = school.site.store.judged(school.student.id, exam=exam.id)[0].attempt
    school.site.store.add(Regrading(attempt.id, "", "right", 1.0), Appeal(attempt.id))
    found = cells(school)["sam"]
    assert (found.earned, found.regraded, found.appeals) == (1.0, 1, 1)


def test_lateness_is_taken_off_by_the_day_begun(school: School, as_instructor: FlaskClient) -> None:
    now = school.site.clock()
    assignment = given(school, due=now - timedelta(hours=25), opens=now - timedelta(days=9))
    exam = begun(school, assignment, school.student)
    sat(school, assignment, school.student, {n: right(school.site, exam, n) for n in (1, 2)})
    found = cells(school)["sam"]
    assert (found.late_days, found.earned) == (2, 2.0)
    assert found.counted == pytest.approx(1.6)
    report = f"/classes/{school.classroom.id}/assignments/{assignment.id}/reports/{school.student.id}"
    assert "1.6 of 2 marks count" in as_instructor.get(report).text
    accommodate(school.site.store, assignment.id, school.student.id, due=now + timedelta(days=1), extra=0)
    assert cells(school)["sam"].late_days == 0


def test_what_was_missed_counts_as_nothing_of_what_others_could_earn(school: School) -> None:
    assignment = given(school)
    sat(school, assignment, school.student, {1: "0"})
    assert cells(school)["tom"].stand == "to come"
    closed = book(school, timedelta(days=4, seconds=1))
    tom = next(line for line in closed.lines if line.member.account.login == "tom")
    assert (tom.cells[0].stand, tom.counted, tom.possible) == ("missed", 0.0, 2.0)
    assert closed.means[0].n == 1


def test_means_are_of_those_who_handed_in(school: School) -> None:
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    sat(school, assignment, school.student, {n: right(school.site, exam, n) for n in (1, 2)})
    sat(school, assignment, school.other, {1: "0"})
    assert (book(school).means[0].n, book(school).means[0].percent) == (2, 50.0)


def rows(school: School) -> list[list[str]]:
    text = gradebook_csv(book(school))
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_who_has_nothing_that_counts_has_no_percent(school: School) -> None:
    sat(school, given(school), school.student, {1: "0"})
    assert {row[0]: row[-1] for row in rows(school)[1:]} == {"sam": "0", "tom": "", "": "0.0"}


def test_no_cell_is_a_formula(school: School) -> None:
    mallory = add_member(school.site, school.classroom, "mal")
    change(school.site.store, Account, {"id": mallory.id}, shown='=HYPERLINK("http://evil.example","me")')
    assignment = given(school, title="@SUM(A1)")
    sat(school, assignment, school.student, {1: "0"})
    found = rows(school)
    assert not [cell for row in found for cell in row if cell.startswith(RISKY)]
    assert any(cell.startswith("'=HYPERLINK") for row in found for cell in row)
    assert {len(row) for row in found} == {len(found[0])}


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "＝1", "\r=1"])
def test_risky_cells_get_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


def test_other_cells_stay() -> None:
    assert [safe(text) for text in ("Sam", "1.5", "a=b", "")] == ["Sam", "1.5", "a=b", ""]


def test_assignments_stand_by_due_time(school: School) -> None:
    late = given(school, title="second")
    given(school, title="first", due=late.due - timedelta(hours=1))
    assert [one.title for one in book(school).assignments] == ["first", "second"]


def test_an_exam_whose_blueprint_cannot_be_read_has_marks_and_no_grade(school: School) -> None:
    assignment = given(school)
    exam = sat(school, assignment, school.student, {1: "0"})
    with school.site.store.writing() as connection:
        connection.execute(EXAMS.update().where(EXAMS.c["id"] == exam.id).values(blueprint="{}"))
    assert cells(school)["sam"].grade == "?"
