"""Sessions: who is logged in, for how long, and what ends it."""

from __future__ import annotations

from flask.testing import FlaskClient
from web_sites import School


def test_a_session_opens_the_pages_of_its_person(school: School, as_student: FlaskClient) -> None:
    assert school.app.test_client().get("/").status_code == 302
    assert as_student.get("/").status_code == 200
