"""More time while an assignment is sat, and how far everybody is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from class_exams import answered, begun, given, sat
from flask.testing import FlaskClient
from web_sites import School, send

from chainrule.classes.accommodations import accommodate, more_minutes
from chainrule.classes.live import LiveLine, live
from chainrule.classes.records import Accommodation, Membership
from chainrule.classes.rows import change, first, found
from chainrule.classes.terms import terms_for
from chainrule.web.exam_clock import left


def lines(school: School, assignment: object, later: timedelta = timedelta()) -> dict[str, LiveLine]:
    listed = live(school.site.store, school.site.bank, assignment, school.site.clock() + later)  # type: ignore[arg-type]
    return {line.member.account.login: line for line in listed}


def test_states(school: School) -> None:
    assignment = given(school)
    assert lines(school, assignment)["sam"].how == "not begun"
    exam = begun(school, assignment, school.student)
    answered(school.site, school.student, exam, {1: "x"})
    found = lines(school, assignment)["sam"]
    assert (found.how, found.answered, found.parts) == ("sitting", 1, 2)
    assert found.left == pytest.approx(3600, abs=5)
    assert lines(school, assignment, timedelta(hours=2))["sam"].how == "time is up"
    sat(school, assignment, school.student, {})
    assert lines(school, assignment)["sam"].how == "handed in"


def test_an_answer_that_was_taken_back_is_none(school: School) -> None:
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    answered(school.site, school.student, exam, {1: "x"})
    answered(school.site, school.student, exam, {1: ""})
    assert lines(school, assignment)["sam"].answered == 0


def test_more_minutes_are_for_those_who_sit(school: School) -> None:
    assignment = given(school)
    sat(school, assignment, school.other, {})
    exam = begun(school, assignment, school.student)
    change(school.site.store, Membership, {"account": school.student.id}, extra=1.5)
    for _ in range(2):
        assert more_minutes(school.site.store, assignment, 10, school.site.clock()) == 1
    assert left(school.site, exam) == pytest.approx(90 * 60 + 20 * 60, abs=5)
    assert terms_for(school.site.store, assignment, school.student.id).due == assignment.due + timedelta(minutes=20)
    assert len(found(school.site.store, Accommodation, assignment=assignment.id)) == 1


def test_more_minutes_move_the_end_that_the_due_time_makes(school: School) -> None:
    assignment = given(school, due=school.site.clock() + timedelta(minutes=5), late_days=0)
    exam = begun(school, assignment, school.student)
    more_minutes(school.site.store, assignment, 10, school.site.clock())
    assert left(school.site, exam) == pytest.approx(15 * 60, abs=5)
    assert lines(school, assignment)["sam"].left == pytest.approx(15 * 60, abs=5)


def test_nobody_gets_minutes_whose_time_was_over(school: School) -> None:
    assignment = given(school)
    begun(school, assignment, school.student)
    assert more_minutes(school.site.store, assignment, 10, school.site.clock() + timedelta(hours=3)) == 0


def test_an_accommodation_is_given_changed_and_taken_back(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school)
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    fields = {"account": school.student.id, "own_due": "2190-01-01T12:00", "extra": "1.5"}
    assert send(as_instructor, f"{at}/accommodations", page=at, **fields).status_code == 303
    terms = terms_for(school.site.store, assignment, school.student.id)
    assert (terms.extra, terms.due.isoformat()) == (1.5, "2190-01-01T11:00:00+00:00")
    assert "Sam" in as_instructor.get(at).text and "1.5 times the minutes" in as_instructor.get(at).text
    send(as_instructor, f"{at}/accommodations/{school.student.id}/remove", page=at)
    assert first(school.site.store, Accommodation, assignment=assignment.id) is None


def test_accommodations_that_are_none_are_refused(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school)
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    for fields in ({}, {"extra": "0.5"}, {"extra": "11"}, {"own_due": "1999-01-01T00:00"}):
        send(as_instructor, f"{at}/accommodations", page=at, account=school.student.id, **fields)
        assert "notice-bad" in as_instructor.get(at).text, fields
    assert found(school.site.store, Accommodation) == ()


def test_taking_back_what_is_not_there_does_nothing(school: School) -> None:
    accommodate(school.site.store, given(school).id, school.student.id, due=None, extra=0)
    assert found(school.site.store, Accommodation) == ()
