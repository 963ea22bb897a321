"""Exams in the store: handed in twice, or over while their questions are gone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from chainrule.examining import Running, begin, ended, hand_in, one_by_one
from chainrule.exams.blueprint_schema import Blueprint
from chainrule.grading import Grader
from chainrule.store.opening import open_store
from chainrule.store.records import Draft
from chainrule.store.store import Store
from questions.bank import load_bank

FAMILY = """
title: Twice
course: [supervised.gradient-descent]
level: 2
source: "nobody"
draw: {n: {integer: [3, 90]}}
prompt: What is twice {n}?
answer: {integer: "2*n"}
"""
BLUEPRINT = Blueprint.model_validate({"title": "One", "minutes": 5, "sections": [{"title": "All", "questions": 1}]})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.db")) as found:
        yield found


@pytest.fixture
def running(tmp_path: Path, store: Store) -> Running:
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "twice.yaml").write_text(FAMILY)
    return begin(store, load_bank([tmp_path]), BLUEPRINT, chance=random.Random(1))


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader() as found:
        yield found


def answer(store: Store, running: Running, text: str) -> None:
    store.add(Draft(running.items[0].id, "a", text))


def test_what_was_handed_in_stays_although_another_window_goes_on(
    store: Store, running: Running, grader: Grader
) -> None:
    answer(store, running, "1")
    first = hand_in(store, running, one_by_one(grader), "handed-in")
    answer(store, running, running.places[0].part.answer_text)
    second = hand_in(store, running, one_by_one(grader), "time")
    assert second.ending == first.ending
    assert second.result.total.earned == 0
    assert [judged.attempt.answer for judged in store.judged()] == ["1"]


def test_two_windows_whose_time_ends_at_once_keep_each_answer_once(
    store: Store, running: Running, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(store, running, "1")
    hand_in(store, running, one_by_one(grader), "time")
    with monkeypatch.context() as patched:  # neither sees the other's ending
        patched.setattr("chainrule.examining.ended", lambda *_: None)
        hand_in(store, running, one_by_one(grader), "time")
    assert len(store.judged()) == 1


def test_an_exam_whose_questions_are_gone_can_be_handed_in(store: Store, running: Running, grader: Grader) -> None:
    gone = replace(running, form=replace(running.form, items=()), items=())
    assert hand_in(store, gone, one_by_one(grader), "handed-in").result.total.possible == 0
    assert ended(store, gone) is not None
