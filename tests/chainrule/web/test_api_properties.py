"""Whatever a program sends, the API keeps to its document: no fault of ours, no status and no field beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from api_properties import exercise
from class_exams import begun, given
from flask import Flask
from web_sites import SHIPPED, School, new_school, new_site

from chainrule.classes import tokens
from chainrule.classes.records import Account
from chainrule.grading import Grader
from chainrule.web import answering, exam_beginning
from chainrule.web.own_token import own_token
from chainrule.web.people import OWNER, Person
from chainrule.web.signing_in import person_of
from chainrule.web.site import Limits, Site

EXAMPLES = int(os.environ.get("CHAINRULE_API_EXAMPLES", "4"))  # of each operation, right and wrong ones
FAMILY, PART = "convolution.output-size", "a"
FREE = Limits(judged="100000/minute", pages="100000/minute", waiting=1000)


@pytest.fixture
def busy_school(tmp_path: Path, grader: Grader) -> Iterator[School]:
    """A class whose rates nobody reaches."""
    with new_site(tmp_path, grader, SHIPPED, classes=True) as site:
        yield new_school(replace(site, limits=FREE))


def answered(site: Site, person: Person) -> dict[str, str]:
    """A question that the person was asked, with an answer that is not right."""
    item = answering.ask(site, person, FAMILY, 1)
    answer = answering.submit(site, person, item, PART, "-12345")
    return {"item": item.id, "part": PART, "answer": answer.id, "family": FAMILY}


def token_of(school: School, account: Account) -> str:
    return tokens.new(school.site.store, account.id, "program", 1, school.site.clock())[1]


def test_for_one_person(app: Flask, alone: Site) -> None:
    with app.test_request_context():
        ids = answered(alone, OWNER)
        ids |= {"form": exam_beginning.begin(alone, OWNER, "ten-minutes").id, "number": "1"}
    statuses = exercise(app, own_token(alone.secret), ids, EXAMPLES)
    assert min(statuses[status] for status in (200, 201, 404, 422)) > 0


def test_for_a_student(busy_school: School) -> None:
    student = busy_school.student
    with busy_school.app.test_request_context():
        ids = answered(busy_school.site, person_of(student)) | {"id": busy_school.classroom.id}
    statuses = exercise(busy_school.app, token_of(busy_school, student), ids, EXAMPLES)
    assert min(statuses[status] for status in (200, 201, 403, 404, 422)) > 0


def test_for_a_student_who_sits_an_exam(busy_school: School) -> None:
    student = busy_school.student
    assignment = given(busy_school)
    form = begun(busy_school, assignment, student).id
    ids = {"form": form, "number": "1", "part": "a", "assignment": assignment.id}
    statuses = exercise(busy_school.app, token_of(busy_school, student), ids, EXAMPLES)
    assert min(statuses[status] for status in (200, 409, 422)) > 0


def test_for_an_instructor(busy_school: School) -> None:
    assignment = given(busy_school)
    ids = {"id": busy_school.classroom.id, "assignment": assignment.id}
    statuses = exercise(busy_school.app, token_of(busy_school, busy_school.instructor), ids, EXAMPLES)
    assert min(statuses[status] for status in (200, 404, 422)) > 0
