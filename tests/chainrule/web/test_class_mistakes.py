"""What a class did not understand: counted right, with n, and without a name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from class_exams import begun, given, right, sat
from flask.testing import FlaskClient
from web_sites import SHIPPED, School

from chainrule.classes.class_mistakes import part_figures, topic_figures
from chainrule.classes.records import Assignment, Classroom, Membership
from chainrule.classes.rows import change, found, put, remove
from chainrule.store.records import Attempt, Item, Judged

FAMILY = "layers.relu-backward"


def judged(
    learner: str, score: float, *, answer: str = "g", mistake: str = "", family: str = FAMILY, seconds: float = 0.0
) -> Judged:
    item = Item(family, "", 1, "{}", "practice", learner=learner)
    outcome = {1.0: "right", 0.0: "wrong"}.get(score, "partial")
    attempt = Attempt(item.id, "a", "formula", answer, outcome, score, 2.0, mistake=mistake, seconds=seconds)
    return Judged(item, attempt, outcome, score, mistake, "[]")


def test_counts_of_a_part() -> None:
    listed = [
        judged("sam", 0.0, mistake="passed-through", seconds=10),
        judged("sam", 1.0, answer="y", seconds=30),
        judged("tom", 1.0, answer="y", seconds=50),
        judged("tom", 0.0, answer="q"),
    ]
    figures = part_figures(listed, SHIPPED)[0]
    assert (figures.n, figures.students, figures.first_right, figures.score) == (4, 2, 1, 0.5)
    assert (figures.seconds, figures.timed) == (30, 3)
    assert [(one.name, one.times) for one in figures.mistakes] == [("passed-through", 1)]
    assert [one.answer for one in figures.wrong] == ["q", "g"]  # what no known mistake explains comes first


@pytest.mark.parametrize("outcome", ["undecided", "fault", "unreadable"])
def test_what_is_no_try_counts_in_no_figure(outcome: str) -> None:
    without = replace(judged("sam", 0.0), outcome=outcome)
    (found,) = part_figures([without, judged("sam", 1.0), judged("tom", 1.0)], SHIPPED)
    assert (found.n, found.costless, found.score, found.students, found.first_right) == (2, 1, 1.0, 2, 2)
    (alone,) = part_figures([without], SHIPPED)
    assert (alone.n, alone.score, alone.students) == (0, 0.0, 0)
    assert topic_figures([alone], SHIPPED) == ()


def test_statements_that_were_misjudged_are_mistakes() -> None:
    said = json.dumps([["statements.misjudged", {"label": label, "says": f"Says {label}."}] for label in "ab"])
    one = judged("sam", 0.5)
    one = replace(one, attempt=replace(one.attempt, kind="statements"), feedback=said)
    (found,) = part_figures([one, judged("tom", 1.0)], SHIPPED)
    assert [(made.name, made.says, made.times) for made in found.mistakes] == [("Says a.", "", 1), ("Says b.", "", 1)]


def test_one_slip_of_one_student_does_not_lead() -> None:
    often = [judged(f"s{i}", float(i % 4 == 0), family="layers.layer-zoo") for i in range(20)]
    once = [judged("sam", 0.0)]
    assert [one.n for one in part_figures([*once, *often], SHIPPED)] == [20, 1]


def test_a_family_that_is_gone_is_counted_by_its_id() -> None:
    found = part_figures([judged("sam", 0.0, family="gone.family")], SHIPPED)
    assert (found[0].title, found[0].topic) == ("gone.family", "gone")
    assert [one.title for one in topic_figures(found, SHIPPED)] == ["gone"]


def test_topics_weigh_answers() -> None:
    listed = [judged("sam", 0.0), *(judged("tom", 1.0, family="layers.layer-zoo") for _ in range(3))]
    found = topic_figures(part_figures(listed, SHIPPED), SHIPPED)
    assert [(one.n, one.score) for one in found] == [(4, 0.75)]


@pytest.fixture
def answers(school: School) -> School:
    """An exam with a known mistake by Sam, and one that runs."""
    assignment = given(school)
    exam = begun(school, assignment, school.student)
    sat(school, assignment, school.student, {1: "g", 2: right(school.site, exam, 2)})
    begun(school, assignment, school.other)
    return school


def test_what_was_left_out_of_an_exam_is_lost(school: School, as_instructor: FlaskClient) -> None:
    exam = sat(school, given(school), school.student, {})
    text = as_instructor.get(f"/classes/{school.classroom.id}/mistakes").text
    assert len(school.site.store.exam_items(exam.id)) == text.count("n = 1, 1 left out") == 2
    assert "Nobody has answered anything" in as_instructor.get(
        f"/classes/{school.classroom.id}/mistakes?of=practice"
    ).text  # fmt: skip
    remove(school.site.store, Membership, account=school.student.id)
    assert "Nobody has answered anything" in as_instructor.get(f"/classes/{school.classroom.id}/mistakes").text


def test_the_page_tells_no_name(answers: School, as_instructor: FlaskClient) -> None:
    text = as_instructor.get(f"/classes/{answers.classroom.id}/mistakes").text
    assert "passed-through" in text and "does not pass unchanged" in text
    main = text.partition("<main")[2]
    assert not [name for name in ("Sam", "sam", "Tom", answers.student.id) if name in main]


def test_only_what_was_asked_for(answers: School, as_instructor: FlaskClient) -> None:
    own = found(answers.site.store, Assignment)[0].id
    for of, there in (("", True), (own, True), ("practice", False), ("nothing", False)):
        text = as_instructor.get(f"/classes/{answers.classroom.id}/mistakes?of={of}").text
        assert ("passed-through" in text) is there, of


def test_exams_of_other_classes_do_not_count(answers: School, as_instructor: FlaskClient) -> None:
    room = Classroom("Other", "UTC", answers.instructor.id)
    put(answers.site.store, room)
    change(answers.site.store, Assignment, {}, classroom=room.id)
    text = as_instructor.get(f"/classes/{answers.classroom.id}/mistakes").text
    assert "Nobody has answered anything" in text
