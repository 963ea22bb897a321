"""No page of an instructor opens for a student, for a stranger, or for the instructor of another class."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from class_exams import begun, given, sat
from flask.testing import FlaskClient
from web_sites import School, add_member, csrf, log_in

from chainrule.classes.records import Classroom, Membership
from chainrule.classes.rows import put
from chainrule.store.records import Appeal
from chainrule.web.people import declared_access

PAGES = ("classes", "members", "assignments", "live", "looks", "gradebook", "appeals", "preview")
OF_NO_CLASS = {"classes.index", "classes.make", "appeals.index"}  # they show what is one's own, or make it


def rules(school: School) -> Iterator[tuple[str, str, str]]:
    """(endpoint, method, address) of every page, about the school's class."""
    assignment = given(school)
    exam = sat(school, assignment, school.student, {1: "0"})
    attempt = school.site.store.judged(school.student.id, exam=exam.id)[0].attempt
    appeal = Appeal(attempt.id)
    school.site.store.add(appeal)
    values = {
        "account": school.student.id,
        "assignment": assignment.id,
        "invitation": "none",
        "family": "layers.relu-backward",
        "seed": 1,
        "part": "a",
    }
    adapter = school.app.url_map.bind("localhost")
    for rule in school.app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in PAGES:
            continue
        id = appeal.id if rule.endpoint.startswith("appeals") else school.classroom.id
        here = {name: value for name, value in {**values, "id": id}.items() if name in rule.arguments}
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule.endpoint, method, adapter.build(rule.endpoint, here, method=method)


def statuses(client: FlaskClient, school: School) -> dict[str, int]:
    token = csrf(client.get("/settings").text) or csrf(client.get("/account").text)
    return {
        f"{method} {endpoint}": client.open(address, method=method, data={"csrf_token": token}).status_code
        for endpoint, method, address in rules(school)
    }


def test_every_page_is_declared_for_instructors(school: School) -> None:
    with school.app.app_context():
        assert {endpoint for endpoint, _, _ in rules(school) if declared_access(endpoint) != "instructor"} == set()


def test_students_are_refused(school: School, as_student: FlaskClient) -> None:
    assert set(statuses(as_student, school).values()) == {403}


def test_nobody_unknown_gets_in(school: School) -> None:
    client = school.app.test_client()
    for _, method, address in rules(school):
        response = client.open(address, method=method)
        assert response.status_code == (302 if method == "GET" else 401)


def test_another_classes_instructor_finds_nothing(school: School) -> None:
    rival = add_member(school.site, None, "rob", "instructor")
    room = Classroom("Other", "UTC", rival.id)
    put(school.site.store, room, Membership(room.id, rival.id, "instructor"))
    found = statuses(log_in(school, rival), school)
    open_to_all = {name for name, status in found.items() if status != 404}
    wanted = {f"{method} {name}" for name in OF_NO_CLASS for method in ("GET", "POST")}
    assert {name for name in open_to_all if not name.partition(" ")[2].startswith("preview")} <= wanted
    assert "Sam" not in log_in(school, rival).get("/appeals").text


def test_an_own_class_opens_nothing_of_another(school: School) -> None:
    """The id of an own class before the ids of somebody else's assignment or student."""
    rival = add_member(school.site, None, "rob", "instructor")
    room = Classroom("Other", "UTC", rival.id)
    put(school.site.store, room, Membership(room.id, rival.id, "instructor"))
    client = log_in(school, rival)
    token = csrf(client.get("/classes").text)
    for endpoint, method, address in rules(school):
        if school.classroom.id in address and ("assignment" in endpoint or address.count("/") > 3):
            moved = address.replace(school.classroom.id, room.id)
            if moved.endswith(("/new", "/build")):
                continue
            response = client.open(moved, method=method, data={"csrf_token": token})
            about_all = endpoint == "assignments.make"
            assert response.status_code == (422 if about_all else 404), (endpoint, method)


@pytest.mark.parametrize("what", ["reset", "close"])
def test_a_student_of_two_instructors_is_in_nobodys_hands(
    school: School, as_instructor: FlaskClient, what: str
) -> None:
    rival = add_member(school.site, None, "rob", "instructor")
    room = Classroom("Other", "UTC", rival.id)
    put(
        school.site.store,
        room,
        Membership(room.id, rival.id, "instructor"),
        Membership(room.id, school.student.id, "student"),
    )
    at = f"/classes/{school.classroom.id}/people"
    token = csrf(as_instructor.get(at).text)
    for account, status in ((school.student, 403), (school.instructor, 403), (school.other, 303)):
        response = as_instructor.post(f"{at}/{account.id}/{what}", data={"csrf_token": token})
        assert response.status_code == status


def test_an_instructor_elsewhere_is_a_student_here(school: School) -> None:
    """Being instructor of one class opens nothing of a class in which one is a student."""
    assistant = add_member(school.site, school.classroom, "ann")
    room = Classroom("Other", "UTC", assistant.id)
    put(school.site.store, room, Membership(room.id, assistant.id, "instructor"))
    from chainrule.classes.records import Account
    from chainrule.classes.rows import change

    change(school.site.store, Account, {"id": assistant.id}, role="instructor")
    assert log_in(school, assistant).get(f"/classes/{school.classroom.id}/gradebook").status_code == 404


def test_one_person_alone_has_no_such_pages(client: FlaskClient) -> None:
    for address in ("/classes", "/appeals", "/preview", "/classes/x/gradebook"):
        assert client.get(address).status_code == 404


def test_begun_exams_of_others_have_no_report(school: School, as_instructor: FlaskClient) -> None:
    assignment = given(school)
    begun(school, assignment, school.student)
    at = f"/classes/{school.classroom.id}/assignments/{assignment.id}/reports"
    assert as_instructor.get(f"{at}/{school.student.id}").status_code == 409
    assert as_instructor.get(f"{at}/{school.other.id}").status_code == 404
    assert as_instructor.get(f"{at}/{school.instructor.id}").status_code == 404
