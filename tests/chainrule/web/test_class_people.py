"""The people of a class: links to join, roles, passwords, and a class that always has an instructor."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from statements import counted
from web_sites import School, add_member, log_in, send

from chainrule.classes.records import Account, Classroom, Invitation, Membership
from chainrule.classes.rows import first, found


def people(school: School) -> str:
    return f"/classes/{school.classroom.id}/people"


def member(school: School, account: Account) -> Membership | None:
    return first(school.site.store, Membership, classroom=school.classroom.id, account=account.id)


def test_a_class_needs_a_title_and_a_known_zone(school: School, as_instructor: FlaskClient) -> None:
    response = send(as_instructor, "/classes", title=" ", zone="Europe/Atlantis")
    assert response.status_code == 422
    assert "Write a title." in response.text and "choose a zone of the list" in response.text
    assert len(found(school.site.store, Classroom)) == 1


def test_another_zone_moves_no_moment(school: School, as_instructor: FlaskClient) -> None:
    at = f"/classes/{school.classroom.id}"
    assert send(as_instructor, at, title="New", zone="Asia/Tokyo").status_code == 303
    assert first(school.site.store, Classroom, id=school.classroom.id, title="New", zone="Asia/Tokyo")


def test_a_link_ends(school: School, as_instructor: FlaskClient) -> None:
    send(
        as_instructor,
        f"/classes/{school.classroom.id}/invitations",
        page=people(school),
        role="student",
        uses="1",
        days="1",
    )
    invitation = found(school.site.store, Invitation)[0]
    assert "End it" in as_instructor.get(people(school)).text
    at = f"/classes/{school.classroom.id}/invitations/{invitation.id}/revoke"
    assert send(as_instructor, at, page=people(school)).status_code == 303
    assert found(school.site.store, Invitation) == ()
    assert send(as_instructor, at, page=people(school)).status_code == 404


def test_links_out_of_bounds_are_refused(school: School, as_instructor: FlaskClient) -> None:
    for fields in ({"uses": "0"}, {"days": "9999"}, {"uses": "2.5"}, {"role": "owner"}):
        wanted = {"role": "student", "uses": "1", "days": "1", **fields}
        response = send(as_instructor, f"/classes/{school.classroom.id}/invitations", page=people(school), **wanted)
        assert response.status_code == 422, fields
    assert found(school.site.store, Invitation) == ()


def test_a_new_instructor_may_and_a_former_one_may_not(school: School, as_instructor: FlaskClient) -> None:
    at = f"{people(school)}/{school.student.id}/role"
    send(as_instructor, at, page=people(school), role="instructor")
    assert log_in(school, school.student).get(people(school)).status_code == 200
    send(as_instructor, at, page=people(school), role="student")
    assert log_in(school, school.student).get(people(school)).status_code == 403
    assert send(as_instructor, at, page=people(school), role="owner").status_code == 422


@pytest.mark.parametrize(("what", "fields"), [("role", {"role": "student"}), ("remove", {})])
def test_the_last_instructor_stays(
    school: School, as_instructor: FlaskClient, what: str, fields: dict[str, str]
) -> None:
    send(as_instructor, f"{people(school)}/{school.instructor.id}/{what}", page=people(school), **fields)
    assert "A class needs an instructor" in as_instructor.get(people(school)).text
    assert member(school, school.instructor) is not None


def test_who_is_removed_is_out_but_not_forgotten(school: School, as_instructor: FlaskClient) -> None:
    send(as_instructor, f"{people(school)}/{school.student.id}/remove", page=people(school))
    assert member(school, school.student) is None
    assert first(school.site.store, Account, id=school.student.id) == school.student


def test_a_password_link_lets_the_student_choose_anew(school: School, as_instructor: FlaskClient) -> None:
    send(as_instructor, f"{people(school)}/{school.student.id}/reset", page=people(school))
    text = as_instructor.get(people(school)).text
    link = re.search(r'value="http://localhost(/reset/[^"]+)"', text)
    assert link
    page = school.app.test_client().get(link[1])
    assert page.status_code == 200 and "sam" in page.text.lower()


def test_a_closed_account_is_out_at_once_until_it_is_opened(
    school: School, as_instructor: FlaskClient, as_student: FlaskClient
) -> None:
    send(as_instructor, f"{people(school)}/{school.student.id}/close", page=people(school))
    assert as_student.get("/").status_code == 302
    send(as_instructor, f"{people(school)}/{school.student.id}/open", page=people(school))
    assert log_in(school, school.student).get("/").status_code == 200


def test_buttons_stand_only_where_they_work(school: School, as_instructor: FlaskClient) -> None:
    other = add_member(school.site, school.classroom, "una", "instructor")
    text = as_instructor.get(people(school)).text
    assert f"{school.student.id}/reset" in text and f"{other.id}/reset" not in text


def test_a_large_class_takes_as_few_queries_as_a_small_one(school: School, as_instructor: FlaskClient) -> None:
    with counted() as few:
        as_instructor.get(people(school))
    for number in range(20):
        add_member(school.site, school.classroom, f"student{number}")
    with counted() as many:
        as_instructor.get(people(school))
    assert len(many) == len(few)


def test_names_are_escaped(school: School, as_instructor: FlaskClient) -> None:
    from chainrule.classes.rows import change

    change(school.site.store, Account, {"id": school.student.id}, shown="<script>alert(1)</script>")
    assert "<script>alert" not in as_instructor.get(people(school)).text


def test_a_factor_out_of_bounds_is_refused(school: School, as_instructor: FlaskClient) -> None:
    send(as_instructor, f"{people(school)}/{school.student.id}/extra", page=people(school), extra="0.5")
    assert "a number from 1 to 10" in as_instructor.get(people(school)).text
    assert member(school, school.student).extra == 1.0  # type: ignore[union-attr]
