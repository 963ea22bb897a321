"""Code that is sent as a file: taken with what is said about it, or given back with what stood in the field."""

from __future__ import annotations

import io
import json

import pytest
from flask.testing import FlaskClient
from web_answers import ONE_OF_EACH
from web_learner import Learner

from chainrule.web.site import Site

CODE = "def gan_losses(s, u):\n    return 0\n"


@pytest.fixture
def learner(client: FlaskClient) -> Learner:
    return Learner(client)


def test_a_file_is_taken_and_told(learner: Learner, alone: Site) -> None:
    family, part = ONE_OF_EACH["code"]
    cell = {"cell_type": "code", "metadata": {}, "source": "%matplotlib inline\n" + CODE, "outputs": []}
    notebook = json.dumps({"nbformat": 4, "cells": [cell]}).encode()
    reply = learner.answer(
        learner.ask(family), part, "", **{"answer.file": (io.BytesIO(notebook), "../../etc/homework.ipynb")}
    )
    assert "homework.ipynb" in reply.text
    assert "Taken from cell 1" in reply.text
    assert "%matplotlib inline" in reply.text
    assert CODE in alone.store.judged()[0].attempt.answer


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("answer.exe", b"MZ", 422, "neither Python"),
        ("answer.ipynb", b"{", 422, "not a notebook"),
        ("answer.py", b"\xff\xfe\x00", 422, "That file"),
        ("answer.py", b"#" * 1001, 413, "1000 bytes"),
    ],
)
def test_a_file_that_cannot_be_taken_keeps_what_was_typed(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, status: int, says: str
) -> None:
    monkeypatch.setattr("chainrule.web.uploads.MOST_BYTES", 1000)
    family, part = ONE_OF_EACH["code"]
    reply = learner.answer(learner.ask(family), part, "x = 1", **{"answer.file": (io.BytesIO(data), name)})
    assert reply.status_code == status
    assert says in reply.text
    assert "\nx = 1</textarea>" in reply.text
