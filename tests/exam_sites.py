"""Classes that sit exams, for tests: a clock that is moved by hand, families of their own, assignments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from web_sites import SHIPPED, School, csrf, log_in, new_school, new_site

from chainrule.classes.records import Accommodation, Account, Assignment
from chainrule.classes.rows import put
from chainrule.grading import Grader
from chainrule.store.records import Exam
from chainrule.web import sitting
from chainrule.web.people import Person
from chainrule.web.site import Limits, Site
from questions.bank import Bank, load_bank

PRIVATE = load_bank([Path(__file__).parent / "chainrule/web/private_bank"])
BOTH = Bank(SHIPPED.families | PRIVATE.families, (), SHIPPED.known_topics)
MORNING = datetime(2027, 1, 18, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

BLUEPRINT = """
title: Midterm
minutes: {minutes}
feedback: {feedback}
sections:
  - title: Questions
    families: [{families}]
"""
FAMILIES = ("hidden.scaled-gradient", "hidden.two-steps-down", "hidden.which-rate")


@dataclass
class Hands:
    """A clock whose hands are moved by the test."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta) -> None:
        """Lets time pass."""
        self.at += by


@dataclass(frozen=True)
class Exams:
    """A class with its clock."""

    school: School
    clock: Hands = field(default_factory=Hands)

    @property
    def site(self) -> Site:
        """The class's."""
        return self.school.site

    def assign(
        self, *, families: tuple[str, ...] = FAMILIES, minutes: int = 60, feedback: str = "none", **changes: Any
    ) -> Assignment:
        """An assignment that is open for a week from now on; results come a day later."""
        text = BLUEPRINT.format(minutes=minutes, feedback=feedback, families=", ".join(families))
        now = self.clock()
        made = Assignment(
            self.school.classroom.id, "Midterm", text, now - HOUR, now + 7 * DAY, now + 8 * DAY, secret="5e" * 32
        )
        made = replace(made, **changes)
        put(self.site.store, made)
        return made

    def begin(self, **changes: Any) -> tuple[Person, Exam]:
        """An exam that a student began, for an assignment with these changes."""
        student = self.person(self.school.student)
        return student, sitting.begin_assignment(self.site, student, self.assign(**changes).id)

    def accommodate(self, assignment: Assignment, account: Account, *, due: str = "", extra: float = 0.0) -> None:
        """What is different for that student."""
        put(self.site.store, Accommodation(assignment.id, account.id, due, extra))

    def person(self, account: Account) -> Person:
        """The account as pages know it."""
        return Person(account.id, account.shown, account.role)

    def client(self, account: Account) -> FlaskClient:
        """A browser of that account."""
        return log_in(self.school, account)


@contextmanager
def exam_school(folder: Path, grader: Grader) -> Iterator[Exams]:
    """A class whose bank has private families."""
    clock = Hands()
    with new_site(folder, grader, BOTH, classes=True) as site:
        known = replace(site, clock=clock, private=frozenset(PRIVATE.families), limits=Limits(pages="100000/minute"))
        yield Exams(new_school(known), clock)


def post(client: FlaskClient, address: str, data: Mapping[str, Any] | None = None, *, page: str = "/exams") -> Any:
    """A form that is sent with the token of a page."""
    token = csrf(client.get(page, follow_redirects=True).text)
    return client.post(address, data={"csrf_token": token, **(data or {})})
