"""A school with something of everything in it, and a second class beside it: for tests of who may see what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from web_sites import SECRET, SHIPPED, School, add_member, log_in, new_school, new_site

from chainrule.classes import assignments, invitations, sessions, tokens
from chainrule.classes.digests import digest
from chainrule.classes.records import Account, Classroom, Membership
from chainrule.classes.rows import put
from chainrule.grading import Grader
from chainrule.store.records import Appeal
from chainrule.web import answering, exam_beginning
from chainrule.web.signing_in import person_of
from chainrule.web.site import Site

FAMILY, PART = "adversarial.density-ratio", "number"
BLUEPRINT = f"{{title: Midterm, minutes: 30, sections: [{{title: A, families: [{FAMILY}]}}]}}"
DAY = timedelta(days=1)
PLANTED = "0" * 40


@dataclass(frozen=True)
class World:
    """people: the student who owns what is there, and others. ids: what is there, by kind."""

    school: School
    people: Mapping[str, Account | None]
    ids: Mapping[str, str]


def new_world(site: Site) -> World:
    """A world on a site with nothing in its store."""
    school = new_school(site)
    elsewhere = add_member(site, None, "max", "instructor")
    room = Classroom("Statistics", "UTC", elsewhere.id)
    put(site.store, room, Membership(room.id, elsewhere.id, "instructor"))
    people = {
        "unknown": None,
        "student": school.student,
        "other student": school.other,
        "student elsewhere": add_member(site, room, "uma"),
        "instructor": school.instructor,
        "instructor elsewhere": elsewhere,
    }
    with school.app.test_request_context():
        return World(school, people, _objects(school))


def _objects(school: School) -> Mapping[str, str]:
    site, at, person = school.site, school.site.clock(), person_of(school.student)
    item = answering.ask(site, person, FAMILY, 1)
    answer = answering.submit(site, person, item, PART, "-12345")
    appeal = Appeal(answer.id, "I think it is right")
    site.store.add(appeal)
    wanted = assignments.Wanted("Midterm", BLUEPRINT, at - DAY, at + DAY, at + DAY, 0.0, 0)
    given = assignments.make(site.store, school.classroom.id, wanted)
    return {
        "room": school.classroom.id,
        "student": school.student.id,
        "item": item.id,
        "part": PART,
        "number": "1",
        "answer": answer.id,
        "appeal": appeal.id,
        "assignment": given.id,
        "exam": exam_beginning.begin_assignment(site, person, given.id).id,
        "invitation": invitations.new(site.store, school.classroom, "student", 3, 7)[0].id,
        "token": tokens.new(site.store, school.student.id, "laptop", 7, at)[0].id,
        "session": digest(sessions.begin(site.store, school.student.id, at)),
    }


@contextmanager
def kept_world(folder: Path, grader: Grader) -> Iterator[World]:
    """A new world in the folder."""
    with new_site(folder, grader, SHIPPED, classes=True) as site:
        yield new_world(site)


def client_of(school: School, account: Account | None) -> FlaskClient:
    """A new client of that account, or of nobody, whose forms `TOKEN` opens."""
    client = log_in(school, account) if account else school.app.test_client()
    with client.session_transaction() as session:
        session["csrf_token"] = PLANTED
    return client


def token_header() -> Mapping[str, str]:
    """What scripts of our pages send with a form, for clients of `client_of`."""
    return {"X-CSRFToken": URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(PLANTED)}
