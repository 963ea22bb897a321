"""The log that instructors see: of the people of their own classes."""

from __future__ import annotations

from class_exams import given
from flask.testing import FlaskClient
from web_sites import School, add_member, send

from chainrule.classes.audit import note
from chainrule.classes.records import Audit, Classroom
from chainrule.classes.rows import found, put
from chainrule.web import auditing


def lines(client: FlaskClient, query: str = "") -> list[str]:
    """What the log's rows hold, one string each."""
    body = client.get(f"/audit{query}").text.partition("<tbody>")[2].partition("</tbody>")[0]
    return body.split("<tr>")[1:]


def test_own_people_are_shown_and_no_others(school: School, as_instructor: FlaskClient) -> None:
    store = school.site.store
    stranger = add_member(school.site, None, "uma")
    other = Classroom("Statistics", "UTC", stranger.id)
    put(store, other)
    note(store, school.student.id, "login", "", "10.0.0.7")
    note(store, stranger.id, "login")
    note(store, "", "login-failed")
    (line,) = lines(as_instructor)
    assert "Sam (sam)" in line
    assert "10.0.0.7" in line
    assert "uma" not in as_instructor.get("/audit").text
    assert lines(as_instructor, f"?who={stranger.id}") == [line]  # as if nobody had been chosen


def test_it_can_be_narrowed(school: School, as_instructor: FlaskClient) -> None:
    for who, what in ((school.student, "login"), (school.student, "logout"), (school.other, "login")):
        note(school.site.store, who.id, what)  # type: ignore[arg-type]
    assert len(lines(as_instructor)) == 3
    assert len(lines(as_instructor, "?what=login")) == 2
    assert len(lines(as_instructor, f"?what=login&who={school.student.id}")) == 1
    assert len(lines(as_instructor, "?what=<b>&before=never")) == 3


def test_pages_of_it_follow_one_another(school: School, as_instructor: FlaskClient) -> None:
    for number in range(auditing.SHOWN + 3):
        note(school.site.store, school.student.id, "login", f"number {number}")
    page = as_instructor.get("/audit").text
    assert len(lines(as_instructor)) == auditing.SHOWN
    older = page.partition("?who=")[2].partition('"')[0].replace("&amp;", "&")
    assert [line.partition("number ")[2].partition("<")[0] for line in lines(as_instructor, f"?who={older}")] == [
        "2",
        "1",
        "0",
    ]


def test_whoever_sees_the_key_of_an_exam_is_named(school: School, as_instructor: FlaskClient) -> None:
    at = f"/classes/{school.classroom.id}/assignments/{given(school).id}"
    for page in ("form", "paper.html", "form?key=1", "key.html"):
        assert as_instructor.get(f"{at}/{page}").status_code == 200
    assert [line.about for line in found(school.site.store, Audit)] == [
        "Deep Learning: Test one", "Deep Learning: Test one, as a file",
    ]  # fmt: skip


def test_what_an_instructor_did_stands_with_the_student_too(
    school: School, as_instructor: FlaskClient, as_student: FlaskClient
) -> None:
    at = f"/classes/{school.classroom.id}/people"
    send(as_instructor, f"{at}/{school.student.id}/reset", page=at)
    page = as_student.get("/account").text
    assert "reset-link-made" in page and "Ivy (ivy)" in page
    assert len(lines(as_instructor, f"?who={school.student.id}&what=reset-link-made")) == 1


def test_what_people_type_is_text(school: School, as_instructor: FlaskClient) -> None:
    note(school.site.store, school.student.id, "name-changed", "<script>alert(1)</script>")
    assert "<script>alert" not in as_instructor.get("/audit").text
    assert "&lt;script&gt;alert(1)" in as_instructor.get("/audit").text
