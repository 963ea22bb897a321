"""An instructor's whole path: a class, its people, an assignment, marks, an appeal."""

from __future__ import annotations

import re

from class_exams import BLUEPRINT, begun, right, sat
from flask.testing import FlaskClient
from web_sites import School, csrf, log_in

from chainrule.classes.records import Assignment, Audit, Classroom, Invitation, Membership
from chainrule.classes.rows import first, found
from chainrule.store.records import Appeal


def posted(client: FlaskClient, address: str, page: str, **fields: str) -> str:
    """The page that one comes to by sending a form of another page."""
    token = csrf(client.get(page).text)
    response = client.post(address, data={"csrf_token": token, **fields}, follow_redirects=True)
    assert response.status_code == 200, response.text[-2000:]
    return response.text


def test_class_people_assignment_marks_and_appeal(school: School, as_instructor: FlaskClient) -> None:
    client, store = as_instructor, school.site.store
    text = posted(client, "/classes", "/classes", title="Vision 101", zone="America/New_York")
    assert "Vision 101" in text
    room = first(store, Classroom, title="Vision 101")
    assert room is not None
    at = f"/classes/{room.id}"

    text = posted(client, f"{at}/invitations", f"{at}/people", role="student", uses="2", days="3")
    link = re.search(r'value="(http://localhost/join/[^"]+)"', text)
    assert link
    assert link[1] not in client.get(f"{at}/people").text  # shown once
    sam, tom = log_in(school, school.student), log_in(school, school.other)
    for joining in (sam, tom):
        posted(joining, link[1].removeprefix("http://localhost"), link[1].removeprefix("http://localhost"))
    assert first(store, Invitation, classroom=room.id).left == 0  # type: ignore[union-attr]
    posted(client, f"{at}/people/{school.other.id}/extra", f"{at}/people", extra="1.25")
    assert first(store, Membership, classroom=room.id, account=school.other.id).extra == 1.25  # type: ignore[union-attr]

    times = {"opens": "2024-01-01T08:00", "due": "2199-01-01T08:00", "reveals": "2199-01-01T08:00"}
    fields = {"title": "Midterm", "blueprint": BLUEPRINT, **times, "late_percent": "10", "late_days": "2"}
    text = posted(client, f"{at}/assignments", f"{at}/assignments/new", **fields)
    given = first(store, Assignment, classroom=room.id)
    assert given is not None and given.title == "Midterm" and "Begun by" in text
    assert "relu" in client.get(f"{at}/assignments/{given.id}/form").text.lower()

    exam = begun(school, given, school.student)
    live = client.get(f"{at}/assignments/{given.id}/live").text
    assert "0 of 2" in live and "1:00:00 left" in live
    text = posted(client, f"{at}/assignments/{given.id}/more", f"{at}/assignments/{given.id}/live", minutes="10")
    assert "1:10:00 left" in text
    sat(school, given, school.student, {1: "0", 2: right(school.site, exam, 2)})

    book = client.get(f"{at}/gradebook").text
    assert "1 of 2" in book and "50 %" in book and "passed" in book and "not begun" in book
    assert "Midterm: earned" in client.get(f"{at}/gradebook.csv").text
    report = client.get(f"{at}/assignments/{given.id}/reports/{school.student.id}").text
    assert "Sam: Midterm" in report and "relu-backward" in report
    mistakes = client.get(f"{at}/mistakes").text
    assert "n = 1" in mistakes and "Sam" not in mistakes.partition("<main")[2]

    wrong = next(one for one in store.judged(school.student.id, exam=exam.id) if one.outcome == "wrong")
    appeal = Appeal(wrong.attempt.id, "zero is the ReLU of it")
    store.add(appeal)
    assert "zero is the ReLU of it" in client.get("/appeals").text
    posted(client, f"/appeals/{appeal.id}", f"/appeals/{appeal.id}", says="It is at zero.", what="accept", percent="50")
    assert "1.5 of 2" in client.get(f"{at}/gradebook").text
    words = {one.what for one in found(store, Audit, who=school.instructor.id)}
    assert {"class-made", "invitation-made", "assignment-made", "accommodation-changed", "appeal-decided"} <= words
