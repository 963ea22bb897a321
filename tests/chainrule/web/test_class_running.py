"""More time while an assignment is sat, and how far everybody is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from class_exams import answered, begun, given, sat
from exam_sites import DAY, HOUR, MINUTE, Exams
from flask.testing import FlaskClient
from web_sites import School, log_in, send

from chainrule.classes.accommodations import (
    accommodate,
    fewer_minutes,
    more_minutes,
    remove_accommodation,
    take_minutes_back,
)
from chainrule.classes.holding import holders
from chainrule.classes.live import LiveLine, live
from chainrule.classes.records import Accommodation, Assignment, Membership
from chainrule.classes.rows import change, first, found, remove
from chainrule.classes.terms import terms_for
from chainrule.store.records import Exam
from chainrule.web import sitting
from chainrule.web.exam_clock import extra_of, left
from chainrule.web.exam_standing import standing
from chainrule.web.people import Person
from chainrule.web.unrevealed import unrevealed


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
        assert more_minutes(school.site.store, assignment, 10, school.site.clock()) == (school.student.id,)
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
    assignment, now = given(school), school.site.clock()
    begun(school, assignment, school.student)
    assert more_minutes(school.site.store, assignment, 10, now + timedelta(hours=3)) == ()
    closed = given(school, due=now + timedelta(minutes=5), late_days=0)
    begun(school, closed, school.student)
    assert more_minutes(school.site.store, closed, 10, now + timedelta(minutes=6)) == ()


def test_an_accommodation_is_given_changed_and_taken_back(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school)
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    fields = {"account": school.student.id, "own_due": "2190-01-01T12:00", "extra": "1.5"}
    assert send(as_instructor, f"{at}/accommodations", page=at, planned="on", **fields).status_code == 303
    assert "the others do not wait" in as_instructor.get(at).text
    assert [one.held for one in found(school.site.store, Accommodation)] == [False]
    assert send(as_instructor, f"{at}/accommodations", page=at, **fields).status_code == 303
    assert [one.held for one in found(school.site.store, Accommodation)] == [True]
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
    remove_accommodation(school.site.store, given(school).id, school.student.id)
    assert found(school.site.store, Accommodation) == ()


def test_minutes_are_given_to_one_student_and_taken_back(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    begun(school, assignment, school.other)
    accommodate(school.site.store, assignment.id, school.student.id, due=None, extra=1.5)
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    send(as_instructor, f"{at}/more", page=f"{at}/live", minutes="10", whom=school.student.id)
    assert "10 minutes more" in as_instructor.get(f"{at}/live").text
    (one,) = found(school.site.store, Accommodation)
    assert (one.account, one.extra, one.more) == (school.student.id, 1.5, 10)
    assert left(school.site, exam) == pytest.approx(100 * 60, abs=5)
    assert extra_of(school.site, exam) == pytest.approx(100 / 60)
    assert "100 minutes" in log_in(school, school.student).get("/exams").text
    send(as_instructor, f"{at}/more/{school.student.id}/remove", page=f"{at}/live")
    assert left(school.site, exam) == pytest.approx(90 * 60, abs=5)
    sat(school, assignment, school.other, {})
    send(as_instructor, f"{at}/more", page=f"{at}/live", minutes="10", whom=school.other.id)
    assert "Tom does not sit it now." in as_instructor.get(f"{at}/live").text


def test_minutes_for_all_are_taken_back_in_one_step(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    send(as_instructor, f"{at}/more", page=f"{at}/live", minutes="5", whom=school.student.id)
    begun(school, assignment, school.other)
    send(as_instructor, f"{at}/more", page=f"{at}/live", minutes="100")
    assert "Take them back" in as_instructor.get(f"{at}/live").text
    send(as_instructor, f"{at}/more/remove", page=f"{at}/live", minutes="100")
    assert "2 students who sit now" in as_instructor.get(f"{at}/live").text
    assert [(one.account, one.more) for one in found(school.site.store, Accommodation)] == [(school.student.id, 5)]
    assert left(school.site, exam) == pytest.approx(65 * 60, abs=5)
    send(as_instructor, f"{at}/more/remove", page=f"{at}/live", minutes="100", whom=school.other.id)
    assert "Tom does not sit it now with minutes" in as_instructor.get(f"{at}/live").text


def test_minutes_that_are_taken_back_from_all_stay_with_whoever_handed_in(school: School) -> None:
    assignment, now = given(school), school.site.clock()
    for account in (school.student, school.other):
        begun(school, assignment, account)
    more_minutes(school.site.store, assignment, 10, now)
    sat(school, assignment, school.other, {})
    assert fewer_minutes(school.site.store, assignment, 4, now) == (school.student.id,)
    assert {one.account: one.more for one in found(school.site.store, Accommodation)} == {
        school.student.id: 6, school.other.id: 10,
    }  # fmt: skip


def test_what_is_accommodated_later_leaves_the_rest_as_it_is(school: School) -> None:
    assignment, due = given(school), school.site.clock() + timedelta(days=9)
    accommodate(school.site.store, assignment.id, school.student.id, due=None, extra=1.5)
    accommodate(school.site.store, assignment.id, school.student.id, due=due, extra=0)
    (one,) = found(school.site.store, Accommodation)
    assert (one.due, one.extra) == (due.isoformat(), 1.5)


def test_minutes_stay_with_whoever_handed_in_so_that_nothing_becomes_late(
    school: School, as_instructor: FlaskClient
) -> None:
    assignment = given(school)
    begun(school, assignment, school.student)
    more_minutes(school.site.store, assignment, 10, school.site.clock())
    sat(school, assignment, school.student, {})
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    assert "10 minutes more" in as_instructor.get(f"{at}/live").text
    send(as_instructor, f"{at}/more/{school.student.id}/remove", page=f"{at}/live")
    assert "has handed in, so the minutes stay" in as_instructor.get(f"{at}/live").text
    assert [one.more for one in found(school.site.store, Accommodation)] == [10]


def test_time_that_cannot_be_used_is_told(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school, opens=school.site.clock(), due=school.site.clock() + timedelta(minutes=80))
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}"
    assert "after it opens" not in as_instructor.get(at).text
    change(school.site.store, Membership, {"account": school.student.id}, extra=1.5)
    assert "Sam has 90 minutes, but it is due 80 minutes after it opens." in as_instructor.get(at).text
    accommodate(school.site.store, assignment.id, school.student.id, due=assignment.opens + HOUR * 2, extra=0)
    assert "after it opens" not in as_instructor.get(at).text
    change(school.site.store, Assignment, {"id": assignment.id}, due=assignment.opens + MINUTE * 30)
    assert "It takes 60 minutes, but is due 30 minutes after it opens." in as_instructor.get(at).text


def test_minutes_that_are_taken_back_leave_nothing_but_an_own_due_time(school: School) -> None:
    assignment = given(school)
    begun(school, assignment, school.student)
    more_minutes(school.site.store, assignment, 10, school.site.clock())
    take_minutes_back(school.site.store, assignment.id, school.student.id)
    assert found(school.site.store, Accommodation) == ()
    accommodate(school.site.store, assignment.id, school.student.id, due=assignment.due + HOUR, extra=0)
    more_minutes(school.site.store, assignment, 10, school.site.clock())
    take_minutes_back(school.site.store, assignment.id, school.student.id)
    assert terms_for(school.site.store, assignment, school.student.id).due == assignment.due + HOUR


def results_seen(exams: Exams, exam: Exam) -> bool:
    """Whether the marks of an exam are shown, by each of the three ways in which pages ask."""
    hidden = unrevealed(exams.site, Person(exam.learner, "", "student"))
    ways = {
        sitting.may_see_report(exams.site, exam),
        standing(exams.site, exam).phase == "report",
        exam.id not in hidden,
    }
    assert len(ways) == 1
    return ways.pop()


def test_results_wait_for_those_who_got_more_minutes_and_no_longer(exams: Exams) -> None:
    now = exams.clock()
    assignment = exams.assign(due=now + HOUR, reveals=now + HOUR)
    people = [exams.person(account) for account in (exams.school.student, exams.school.other)]
    done, longer = (sitting.begin_assignment(exams.site, one, assignment.id) for one in people)
    sitting.hand_in(exams.site, people[0], done)
    assert more_minutes(exams.site.store, assignment, 30, now) == (people[1].id,)
    exams.clock.forward(HOUR + MINUTE)
    assert not results_seen(exams, done)
    assert sitting.left(exams.site, longer) == 29 * 60
    sitting.hand_in(exams.site, people[1], longer)
    assert results_seen(exams, done)


def test_the_instructor_is_told_for_whom_results_wait_and_has_them_come_as_planned(exams: Exams) -> None:
    now = exams.clock()
    assignment = exams.assign(due=now + HOUR, reveals=now + HOUR)
    one = exams.person(exams.school.student)
    exam = sitting.begin_assignment(exams.site, one, assignment.id)
    sitting.hand_in(exams.site, one, exam)
    exams.accommodate(assignment, exams.school.other, due=(now + 7 * DAY).isoformat())
    exams.clock.forward(2 * HOUR)
    page, client = (
        f"/classes/{exams.school.classroom.id}/assignments/{assignment.id}",
        exams.client(exams.school.instructor),
    )
    for address in (page, f"{page}/live"):
        assert (
            "may answer longer: Tom. Everybody waits until they have handed in, Mon 25 Jan 2027, 10:00 CET"
            in client.get(address).text
        )
    assert not results_seen(exams, exam)
    send(client, f"{page}/results", page=page)  # as a page does that was made before anybody had own times
    assert "Everybody waits" in client.get(page).text
    assert 'name="whom" value="' + exams.school.other.id in client.get(page).text
    send(client, f"{page}/results", page=page, whom=exams.school.other.id)
    assert "Everybody waits" not in client.get(page).text
    assert results_seen(exams, exam)
    late = exams.person(exams.school.other)
    own = sitting.begin_assignment(exams.site, late, assignment.id)
    assert not results_seen(exams, own)


def test_an_own_due_time_has_its_late_days_too(exams: Exams) -> None:
    now = exams.clock()
    assignment = exams.assign(due=now + HOUR, reveals=now + HOUR, late_days=1)
    exams.accommodate(assignment, exams.school.other, due=(now + 2 * HOUR).isoformat())
    assert [(one.account, one.until) for one in holders(exams.site.store, assignment)] == [
        (exams.school.other.id, now + 2 * HOUR + DAY)
    ]


def test_results_wait_until_the_clock_of_the_last_one_is_over(exams: Exams) -> None:
    now = exams.clock()
    assignment = exams.assign(due=now + HOUR, reveals=now + HOUR)
    exams.accommodate(assignment, exams.school.other, due=(now + 7 * DAY).isoformat())
    one, longer = (exams.person(account) for account in (exams.school.student, exams.school.other))
    exam = sitting.begin_assignment(exams.site, one, assignment.id)
    sitting.hand_in(exams.site, one, exam)
    exams.clock.forward(HOUR / 2)
    sitting.begin_assignment(exams.site, longer, assignment.id)
    client = exams.client(exams.school.student)
    assert "Results from Mon 18 Jan 2027, 11:30 CET." in client.get("/exams").text
    assert [one["reveals"] for one in client.get("/api/v1/exams").json["assignments"]] == ["2027-01-18T10:30:00Z"]
    exams.clock.forward(HOUR)
    assert [one.until for one in holders(exams.site.store, assignment)] == [exams.clock()]
    assert results_seen(exams, exam)
    page = f"/classes/{exams.school.classroom.id}/assignments/{assignment.id}"
    assert "These may answer longer" not in exams.client(exams.school.instructor).get(page).text


def test_nobody_waits_for_who_left_the_class(exams: Exams) -> None:
    assignment = exams.assign()
    exams.accommodate(assignment, exams.school.other, due=(assignment.reveals + DAY).isoformat())
    assert [one.account for one in holders(exams.site.store, assignment)] == [exams.school.other.id]
    change(exams.site.store, Membership, {"account": exams.school.other.id}, role="instructor")
    assert holders(exams.site.store, assignment) == ()
    change(exams.site.store, Membership, {"account": exams.school.other.id}, role="student")
    remove(exams.site.store, Membership, account=exams.school.other.id)
    assert holders(exams.site.store, assignment) == ()
