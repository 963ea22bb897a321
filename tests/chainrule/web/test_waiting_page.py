"""An answer that waits to be judged: its place, what was typed, and the way to its verdict."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from exam_sites import Hands
from flask import Flask
from flask.testing import FlaskClient
from web_learner import Learner

from chainrule.classes.records import Job
from chainrule.classes.rows import put
from chainrule.grading import Grader
from chainrule.store.records import now
from chainrule.web.app import create_app
from chainrule.web.inline import InlineJudging
from chainrule.web.site import Site
from chainrule.web.waiting import SHORT, place, places

FAMILY, PART = "adversarial.best-discriminator", "objective"


class Patient(InlineJudging):
    """Never comes to an end: three answers are always before. asked: for how many seconds it was waited."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked: list[float] = []

    def wait(self, id: str, seconds: float) -> Job | None:
        """The job as it is."""
        self.asked.append(seconds)
        return super().wait(id, seconds)

    def submit(self, job: Job) -> None:
        """Keeps the job."""
        put(self._store, job)

    def ahead(self, id: str) -> int:
        """Three."""
        return 3


@pytest.fixture
def waiting(alone: Site, grader: Grader) -> Site:
    """A site that judges nothing."""
    return replace(alone, judging=Patient(alone.store, alone.bank, grader))


def test_the_same_form_sent_twice_while_it_waits_is_one_answer(waiting: Site) -> None:
    learner = Learner(create_app(waiting).test_client())
    item = learner.ask(FAMILY)
    first, second = (learner.post(f"{item}/{PART}", answer="p*q").location for _ in range(2))
    assert first == second
    assert learner.post(f"{item}/{PART}", answer="p-q").location != first


def test_the_same_form_sent_twice_at_once_is_one_answer(alone: Site) -> None:
    later = replace(alone, clock=Hands(now()))
    learner = Learner(create_app(later).test_client())
    item = learner.ask(FAMILY)
    for _ in range(2):
        learner.post(f"{item}/{PART}", answer="p*q")
    assert len(alone.store.judged()) == 1
    later.clock.forward(timedelta(seconds=4))  # type: ignore[attr-defined]
    learner.post(f"{item}/{PART}", answer="p*q")
    assert len(alone.store.judged()) == 2


def test_an_answer_that_waits_says_its_place_and_loses_nothing(waiting: Site) -> None:
    learner = Learner(create_app(waiting).test_client())
    item = learner.ask(FAMILY)
    place = learner.post(f"{item}/{PART}", answer="p*q").location
    page = learner.client.get(place).text
    assert place.startswith("/answers/")
    assert "3 answers are judged before yours" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "p*q" in page
    state = learner.client.get(place, headers={"Accept": "application/json"}).json
    assert state == {"state": "waiting", "ahead": 3}
    question = learner.client.get(item).text
    assert 'value="p*q"' in question
    assert f'href="{place}"' in question


def test_an_answer_that_is_judged_leads_to_its_verdict(client: FlaskClient, alone: Site) -> None:
    learner = Learner(client)
    learner.answer(learner.ask(FAMILY), PART, "p*q")
    (judged,) = alone.store.judged()
    place = f"/answers/{judged.attempt.id}"
    there = f"/items/{judged.item.id}?answer={judged.attempt.id}#verdict-{PART}"
    assert learner.client.get(place).location == there
    state = learner.client.get(place, headers={"Accept": "application/json"}).json
    assert state == {"state": "done", "ahead": 0, "url": there}


def test_no_more_than_a_few_pages_wait(waiting: Site) -> None:
    app = create_app(waiting)
    learner, judging = Learner(app.test_client()), waiting.judging
    assert isinstance(judging, Patient)
    address = learner.post(f"{learner.ask(FAMILY)}/{PART}", answer="p*q").location
    assert judging.asked == [1.0]
    with ExitStack() as others:
        for _ in range(SHORT):
            others.enter_context(waits(app))
        assert learner.client.get(address).status_code == 200
        assert judging.asked == [1.0, 0.0]
    learner.client.get(address)
    assert judging.asked == [1.0, 0.0, 0.5]


@contextmanager
def waits(app: Flask) -> Iterator[None]:
    """Another request that waits."""
    with app.app_context(), place(places().short):
        yield
