"""Sites to test pages on: one for a single person, one for a class; answers are judged at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from exam_sites import Exams, exam_school
from flask import Flask
from flask.testing import FlaskClient
from web_sites import SHIPPED, School, log_in, new_school, new_site

from chainrule.grading import Grader
from chainrule.web.app import create_app
from chainrule.web.site import Site


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    with Grader() as found:
        yield found


@pytest.fixture
def alone(tmp_path: Path, grader: Grader) -> Iterator[Site]:
    """The site of one person."""
    with new_site(tmp_path, grader, SHIPPED) as site:
        yield site


@pytest.fixture
def app(alone: Site) -> Flask:
    return create_app(alone)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def school(tmp_path: Path, grader: Grader) -> Iterator[School]:
    """A site for a class, with its instructor and two students."""
    with new_site(tmp_path, grader, SHIPPED, classes=True) as site:
        yield new_school(site)


@pytest.fixture
def as_student(school: School) -> FlaskClient:
    return log_in(school, school.student)


@pytest.fixture
def as_other(school: School) -> FlaskClient:
    """The other student of the class."""
    return log_in(school, school.other)


@pytest.fixture
def as_instructor(school: School) -> FlaskClient:
    return log_in(school, school.instructor)


@pytest.fixture
def exams(tmp_path: Path, grader: Grader) -> Iterator[Exams]:
    """A class that sits exams, with a clock that is moved by hand."""
    with exam_school(tmp_path, grader) as found:
        yield found
