"""Sites to test pages on: one for a single person, one for a class; answers are judged at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exam_sites import Exams, exam_school
from flask import Flask
from flask.testing import FlaskClient
from headless import running_browser
from web_fields import Kept, Opened, app_with_fields
from web_server import serving
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


@pytest.fixture(scope="module")  # two at a time cannot run in one thread
def browser() -> Iterator[Any]:
    with running_browser() as found:
        yield found


@pytest.fixture(scope="session")
def served(grader: Grader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Kept]]:
    """The address of a server with a field of every kind, and what it was sent."""
    with new_site(tmp_path_factory.mktemp("fields"), grader, SHIPPED) as site:
        app, kept = app_with_fields(site)
        with serving(app) as address:
            yield address, kept


@pytest.fixture
def opened(browser: Any, served: tuple[str, Kept]) -> Iterator[Opened]:
    """Pages with answer fields, in a browser whose console stays empty."""
    address, kept = served
    kept.forget()
    found = Opened(browser, address, kept)
    yield found
    assert found.broken == []
    found.page.context.close()
