"""A store that cannot be written: nobody is told that an answer was kept which was not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from exam_sites import Exams
from sqlalchemy import Connection
from web_learner import Learner
from web_sites import csrf, log_in

from chainrule.store.errors import StoreError
from chainrule.store.store import Store
from chainrule.web.app import create_app
from chainrule.web.site import Site


@contextmanager
def full(_: Store) -> Iterator[Connection]:
    raise StoreError("/home/ivy/store.db: cannot grow: the disk is full")
    yield


def test_an_answer_that_is_not_kept_is_said_to_be_none(alone: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    learner = Learner(create_app(alone).test_client())
    item = learner.ask("adversarial.best-discriminator")
    with monkeypatch.context() as patched:
        patched.setattr(Store, "writing", full)
        reply = learner.answer(item, "objective", "p*q")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "10")
    assert "probably not kept" in reply.text
    assert "ivy" not in reply.text
    assert learner.answer(item, "objective", "p*q").status_code == 200
    assert len(alone.store.judged()) == 1


def test_the_page_of_an_exam_tries_again(exams: Exams, monkeypatch: pytest.MonkeyPatch) -> None:
    _, exam = exams.begin()
    client = log_in(exams.school, exams.school.student)
    token = csrf(client.get(f"/exams/{exam.id}/1").text)
    address = re.search(r'data-save-to="([^"]+)"', client.get(f"/exams/{exam.id}/1").text)[1]  # type: ignore[index]
    sent = {"json": {"answer": "x", "seconds": 1, "seen": ""}, "headers": {"X-CSRFToken": token}}
    with monkeypatch.context() as patched:
        patched.setattr(Store, "writing", full)
        assert client.post(address, **sent).status_code == 503  # the script tries again from 500 on
    assert exams.site.store.drafts(exam.id) == {}
    assert client.post(address, **sent).status_code == 200


def test_json_without_end_is_refused(exams: Exams) -> None:
    _, exam = exams.begin()
    client = log_in(exams.school, exams.school.student)
    page = client.get(f"/exams/{exam.id}/1").text
    address = re.search(r'data-save-to="([^"]+)"', page)[1]  # type: ignore[index]
    for path in ("/read", address):
        reply = client.post(
            path, data="[" * 100_000, content_type="application/json", headers={"X-CSRFToken": csrf(page)}
        )
        assert reply.status_code == 422
