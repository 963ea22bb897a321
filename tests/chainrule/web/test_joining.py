"""Joining a class, choosing a new password by a link, and the first instructor."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from web_sites import PASSWORD, School, add_member, log_in, new_site, send

from chainrule.classes import invitations, links
from chainrule.classes.classrooms import set_role
from chainrule.classes.records import Account, Audit, Classroom, Invitation, Membership, Role
from chainrule.classes.rows import by_id, found, put
from chainrule.grading import Grader
from chainrule.web.app import create_app
from chainrule.web.signing_in import HELD

NEW = {"login": "uma", "shown": "Uma", "password": "nine quiet harbours", "again": "nine quiet harbours"}


@pytest.fixture
def stranger(school: School) -> FlaskClient:
    return school.app.test_client()


def invite(school: School, role: Role = "student", uses: int = 1) -> str:
    site = school.site
    return "/join/" + invitations.new(site.store, school.classroom, role, uses, 7, site.clock())[1]


def test_a_new_person_joins_and_is_logged_in(school: School, stranger: FlaskClient) -> None:
    address = invite(school)
    page = stranger.get(address).text
    assert "Deep Learning" in page
    assert page.count('autocomplete="new-password"') == 2
    assert send(stranger, address, **NEW).status_code == 303
    assert "You are in the class Deep Learning now." in stranger.get("/").text
    assert "You log in as uma" in stranger.get("/account").text
    uma = found(school.site.store, Account, login="uma")[0]
    assert found(school.site.store, Membership, account=uma.id)[0].classroom == school.classroom.id
    assert [line.what for line in found(school.site.store, Audit, who=uma.id)] == [
        "account-made",
        "class-joined",
        "login",
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"login": "sam"}, "taken"),
        ({"password": "short", "again": "short"}, "at least 12"),
        ({"again": "something else"}, "differ"),
        ({"shown": ""}, "A name"),
        ({"login": "a b"}, "A login"),
    ],
)
def test_what_cannot_be_taken_is_said_and_costs_nothing(
    school: School, stranger: FlaskClient, typed: dict[str, str], says: str
) -> None:
    answer = send(stranger, invite(school), **NEW | typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert NEW["password"] not in answer.text
    assert found(school.site.store, Invitation)[0].left == 1
    assert found(school.site.store, Account, login="uma") == ()


def test_whoever_has_an_account_joins_with_it(school: School) -> None:
    site = school.site
    client = log_in(school, add_member(site, None, "uma"))
    address = invite(school)
    assert "Join as Uma" in client.get(address).text
    assert send(client, address).status_code == 303
    assert len(found(site.store, Membership, classroom=school.classroom.id)) == 4
    assert client.get(address).status_code == 404  # it was for one person


def test_a_link_that_is_used_up_says_so(school: School, stranger: FlaskClient) -> None:
    address = invite(school)
    assert send(stranger, address, **NEW).status_code == 303
    for nothing in (address, "/join/none"):
        answer = school.app.test_client().get(nothing)
        assert answer.status_code == 404
        assert "used up or too old" in answer.text
        assert "Deep Learning" not in answer.text


def test_looking_at_a_link_uses_nothing(school: School, stranger: FlaskClient) -> None:
    address = invite(school)
    for _ in range(3):
        stranger.get(address)
    assert found(school.site.store, Invitation)[0].left == 1


def test_whoever_becomes_an_instructor_gets_a_new_session(school: School, as_student: FlaskClient) -> None:
    elsewhere = log_in(school, school.student)
    with as_student.session_transaction() as session:
        before = session[HELD]
    assert as_student.get("/audit").status_code == 403
    assert send(as_student, invite(school, "instructor")).status_code == 303
    with as_student.session_transaction() as session:
        assert session[HELD] != before
    assert as_student.get("/audit").status_code == 200
    assert elsewhere.get("/account").status_code == 302


def test_a_reset_link_gives_a_new_password_once(school: School, stranger: FlaskClient) -> None:
    site = school.site
    address = "/reset/" + links.reset_link(site.secret, school.student, site.clock())
    assert "sam" in stranger.get(address).text
    assert send(stranger, address, password="x", again="x").status_code == 422
    answer = send(stranger, address, password=NEW["password"], again=NEW["again"])
    assert answer.status_code == 303
    assert "You log in as sam" in stranger.get("/account").text
    assert site.passwords.matches(by_id(site.store, Account, school.student.id).password, NEW["password"])
    assert stranger.get(address).status_code == 404


def test_a_reset_link_ends_what_was_logged_in(school: School, stranger: FlaskClient, as_student: FlaskClient) -> None:
    address = "/reset/" + links.reset_link(school.site.secret, school.student, school.site.clock())
    send(stranger, address, password=NEW["password"], again=NEW["again"])
    assert as_student.get("/account").status_code == 302


def test_the_first_instructor_comes_in_by_a_link(tmp_path, grader: Grader) -> None:  # type: ignore[no-untyped-def]
    from web_sites import SHIPPED

    with new_site(tmp_path, grader, SHIPPED, classes=True) as site:
        link = links.first_instructor(site.store, site.secret, site.clock())
        client = create_app(site).test_client()
        assert client.get(f"/setup/{link}x").status_code == 404
        answer = send(client, f"/setup/{link}", **NEW)
        assert (answer.status_code, answer.location) == (303, "/classes")
        assert client.get("/audit").status_code == 200
        assert client.get(f"/setup/{link}").status_code == 404


def test_a_school_that_has_an_instructor_has_no_set_up(school: School, stranger: FlaskClient) -> None:
    other = Classroom("Statistics", "UTC", school.instructor.id)
    put(school.site.store, other)
    assert links.first_instructor(school.site.store, school.site.secret, school.site.clock()) is None
    assert stranger.get("/setup/anything").status_code == 404


def test_the_password_of_a_member_is_that_of_the_tests(school: School) -> None:
    assert school.site.passwords.matches(school.student.password, PASSWORD)


def test_other_rights_begin_with_a_new_login(
    school: School, as_instructor: FlaskClient, as_student: FlaskClient
) -> None:
    (member,) = found(school.site.store, Membership, account=school.student.id)
    set_role(school.site.store, member, "student")  # as before: nobody is logged out
    assert as_student.get("/account").status_code == 200
    set_role(school.site.store, member, "instructor")
    assert as_student.get("/account").status_code == 302
    assert as_instructor.get("/account").status_code == 200
