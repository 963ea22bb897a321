"""Appeals: what is accepted counts, for the same answers of the class too, and for no other class."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from class_exams import given, sat
from flask.testing import FlaskClient
from web_sites import School, add_member, csrf, log_in, send

from chainrule.classes.class_appeals import Decided, accept, decline
from chainrule.classes.records import Classroom, Membership
from chainrule.classes.rows import put
from chainrule.news import news
from chainrule.recording import item_of
from chainrule.store.records import Appeal, Attempt
from chainrule.web.app import create_app
from chainrule.web.site import Site
from chainrule.web.variants import Variants
from questions.bank import files_of, load_bank

FAMILY = "layers.relu-backward"


def answer(site: Site, learner: str, text: str, *, reading: str = "", family: str = FAMILY) -> Attempt:
    """A practice answer that was judged wrong."""
    variant = site.bank.family(family).draw(1)
    item, part = item_of(variant, "practice", learner=learner), variant.parts[0]
    attempt = Attempt(item.id, part.id, part.kind, text, "wrong", 0.0, part.marks, reading=reading)
    site.store.add(item, attempt)
    return attempt


def appealed(site: Site, attempt: Attempt, note: str = "It is right.") -> Appeal:
    appeal = Appeal(attempt.id, note)
    site.store.add(appeal)
    return appeal


def decided(client: FlaskClient, appeal: Appeal, **fields: str) -> int:
    wanted = {"says": "You are right.", "what": "accept", "percent": "100", **fields}
    return send(client, f"/appeals/{appeal.id}", **wanted).status_code


def score(site: Site, attempt: Attempt) -> float:
    return site.store.attempt(attempt.id).score


def test_an_accepted_answer_counts_and_the_student_is_told(
    school: School, as_instructor: FlaskClient, as_student: FlaskClient
) -> None:
    attempt = answer(school.site, school.student.id, "d*relu(x)")
    news(school.site.store, school.site.bank, school.student.id)
    appeal = appealed(school.site, attempt)
    assert "d*relu(x)" in as_instructor.get(f"/appeals/{appeal.id}").text
    assert decided(as_instructor, appeal, percent="50") == 303
    found = school.site.store.attempt(attempt.id)
    assert (found.score, found.outcome, found.regraded) == (0.5, "partial", True)
    assert any("You were right" in line for line in news(school.site.store, school.site.bank, school.student.id))
    assert "accepted" in as_instructor.get("/appeals?all=1").text


def test_a_declined_answer_stays(school: School, as_instructor: FlaskClient) -> None:
    attempt = answer(school.site, school.student.id, "d")
    assert decided(as_instructor, appealed(school.site, attempt), what="decline") == 303
    assert score(school.site, attempt) == 0.0


def test_it_is_decided_once(school: School, as_instructor: FlaskClient) -> None:
    attempt = answer(school.site, school.student.id, "d")
    appeal = appealed(school.site, attempt)
    other = add_member(school.site, school.classroom, "una", "instructor")
    decided(log_in(school, other), appeal, what="decline")
    page = as_instructor.get("/classes").text
    fields = {"csrf_token": csrf(page), "says": "yes", "what": "accept", "percent": "100"}
    as_instructor.post(f"/appeals/{appeal.id}", data=fields)
    assert score(school.site, attempt) == 0.0


def test_two_who_decide_at_once_decide_once(school: School) -> None:
    store, attempt = school.site.store, answer(school.site, school.student.id, "d")
    appealed(school.site, attempt)
    seen = store.appeals()[0]  # by both, before either decides
    decline(store, seen, "No.")
    with pytest.raises(Decided):
        accept(store, seen, "Yes.", score=1.0)
    assert score(school.site, attempt) == 0.0


def test_half_a_decision_is_none(school: School, as_instructor: FlaskClient) -> None:
    appeal = appealed(school.site, answer(school.site, school.student.id, "d"))
    for fields in ({"says": ""}, {"what": "maybe"}, {"percent": "0"}, {"percent": "150"}):
        assert decided(as_instructor, appeal, **fields) == 422, fields
    assert len(school.site.store.appeals()) == 1


def test_the_same_answers_of_the_class_count_too(school: School, as_instructor: FlaskClient) -> None:
    site, sam, tom = school.site, school.student.id, school.other.id
    rival = add_member(site, None, "rob", "instructor")
    room = Classroom("Other", "UTC", rival.id)
    stranger = add_member(site, None, "zoe")
    put(site.store, room, Membership(room.id, rival.id, "instructor"), Membership(room.id, stranger.id, "student"))
    appeal = appealed(site, answer(site, sam, "d * x", reading="d*x"))
    same = [answer(site, tom, " d *  x"), answer(site, tom, "x d", reading="d*x")]
    others = [answer(site, tom, "d + x", reading="d + x"), answer(site, stranger.id, "d * x")]
    text = as_instructor.get(f"/appeals/{appeal.id}").text
    assert "Also the 2 same answers" in text
    decided(as_instructor, appeal, same="yes")
    assert [score(site, one) for one in same] == [1.0, 1.0]
    assert [score(site, one) for one in others] == [0.0, 0.0]


def test_without_the_box_it_is_one_answer(school: School, as_instructor: FlaskClient) -> None:
    appeal = appealed(school.site, answer(school.site, school.student.id, "d"))
    other = answer(school.site, school.other.id, "d")
    decided(as_instructor, appeal)
    assert score(school.site, other) == 0.0


def test_marks_of_an_exam_follow(school: School, as_instructor: FlaskClient) -> None:
    exam = sat(school, given(school), school.student, {1: "0"})
    attempt = school.site.store.judged(school.student.id, exam=exam.id)[0].attempt
    decided(as_instructor, appealed(school.site, attempt))
    assert "1 of 2" in as_instructor.get(f"/classes/{school.classroom.id}/gradebook").text


def test_who_teaches_a_student_elsewhere_decides_nothing_here(school: School, as_instructor: FlaskClient) -> None:
    """The student is in two classes; the answer was given in an exam of one of them."""
    rival = add_member(school.site, None, "rob", "instructor")
    room = Classroom("Other", "UTC", rival.id)
    put(school.site.store, room, Membership(room.id, rival.id, "instructor"))
    put(school.site.store, *(Membership(room.id, one.id, "student") for one in (school.student, school.other)))
    exam = sat(school, given(school), school.student, {1: "d * 7"})
    attempt = school.site.store.judged(school.student.id, exam=exam.id)[0].attempt
    appeal, as_rival = appealed(school.site, attempt), log_in(school, rival)
    assert as_rival.get(f"/appeals/{appeal.id}").status_code == 404
    assert decided(as_rival, appeal) == 404
    assert appeal.id not in as_rival.get("/appeals").text
    assert "<dt>Open appeals</dt><dd>0</dd>" in as_rival.get(f"/classes/{room.id}").text
    item = replace(
        school.site.store.attempt(attempt.id).item, learner=school.other.id, mode="practice", exam="", id="p"
    )
    practised = replace(attempt, item="p", id="q")  # the same answer to the same values, in practice
    school.site.store.add(item, practised)
    assert decided(as_rival, appealed(school.site, practised), same="yes") == 303
    assert (score(school.site, practised), score(school.site, attempt)) == (1.0, 0.0)
    assert decided(as_instructor, appeal) == 303
    assert score(school.site, attempt) == 1.0


def test_the_shipped_bank_is_not_written(school: School, as_instructor: FlaskClient) -> None:
    appeal = appealed(school.site, answer(school.site, school.student.id, "d"))
    assert 'name="also"' not in as_instructor.get(f"/appeals/{appeal.id}").text
    assert decided(as_instructor, appeal, also="yes") == 404


@pytest.fixture
def own(school: School, tmp_path: Path) -> tuple[School, Path]:
    """The school with a bank of its own, in which one question stands."""
    path = tmp_path / "bank" / "own" / "relu.yaml"
    path.parent.mkdir(parents=True)
    shutil.copy(files_of(FAMILY)[0], path)
    bank = load_bank([path.parent.parent])
    site = replace(school.site, bank=bank, variants=Variants(bank), folders=(path.parent.parent,))
    return replace(school, site=site, app=create_app(site)), path


def test_an_own_bank_takes_the_answer_from_then_on(own: tuple[School, Path]) -> None:
    school, path = own
    client = log_in(school, school.instructor)
    attempt = answer(school.site, school.student.id, "g", family="own.relu")
    appeal = appealed(school.site, attempt)
    assert "a line in relu.yaml" in client.get(f"/appeals/{appeal.id}").text
    assert decided(client, appeal, also="yes") == 303
    assert 'answer: "g", why: "You are right."' in path.read_text(encoding="utf-8")
    part = attempt.part
    again = send(client, f"/preview/own.relu/1/{part}", page="/preview/own.relu/1", **{f"answer-{part}": "g"})
    assert "outcome-right" in again.text
    assert score(school.site, attempt) == 1.0


def test_where_the_file_cannot_take_it_nothing_is_decided(own: tuple[School, Path]) -> None:
    school, path = own
    before = path.read_text(encoding="utf-8")
    appeal = appealed(school.site, answer(school.site, school.student.id, "g g g (", family="own.relu"))
    client = log_in(school, school.instructor)
    assert decided(client, appeal, also="yes") == 422
    assert path.read_text(encoding="utf-8") == before
    assert len(school.site.store.appeals()) == 1
