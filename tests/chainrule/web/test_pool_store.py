"""Jobs and the store: written although it fails for a while, finished once, removed when nobody asks any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from pooled import Question, ask, small_bank

from chainrule.classes.records import Job
from chainrule.classes.rows import found, put
from chainrule.store.errors import NotInStore, StoreError
from chainrule.store.opening import open_store
from chainrule.store.records import Ending, Exam, now
from chainrule.store.store import Store
from chainrule.web import keeping
from chainrule.web.judged import finish, verdict_of_job
from chainrule.web.keeping import persist
from chainrule.web.old_jobs import remove_old_jobs
from grader.verdict import Outcome, Verdict
from questions.bank import Bank


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "jobs.db")) as opened:
        yield opened


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return small_bank(tmp_path)


@pytest.fixture
def question(store: Store, bank: Bank) -> Question:
    return ask(store, bank)


class Failing:
    """A step that fails so many times."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        if self.calls <= self.times:
            raise StoreError("busy")
        return "kept"


def test_a_store_that_fails_for_a_while_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PAUSES", (0.0, 0.0, 0.0))
    assert persist(Failing(3), Event()) == "kept"
    with pytest.raises(StoreError):
        persist(Failing(4), Event())


def test_nothing_is_tried_again_when_the_server_stops() -> None:
    step, closing = Failing(1), Event()
    closing.set()
    with pytest.raises(StoreError):
        persist(step, closing)
    assert step.calls == 1


def test_what_is_not_there_is_not_tried_again(store: Store) -> None:
    with pytest.raises(NotInStore):
        persist(lambda: store.item("none"), Event())


def test_a_job_is_finished_once_and_stays_as_it_was(store: Store, bank: Bank, question: Question) -> None:
    variant = bank.family("up.twice").draw(1)
    job = question.job(question.right)
    put(store, job)
    for outcome in (Outcome.UNDECIDED, Outcome.RIGHT, Outcome.WRONG):
        verdict = Verdict(outcome, float(outcome is Outcome.RIGHT))
        done = finish(store, job, verdict, question.item, variant, variant.parts[0])
        kept = verdict_of_job(done)
        assert kept is not None
        assert kept.outcome is Outcome.UNDECIDED
    assert store.judged() == ()


def test_jobs_that_were_done_a_day_ago_are_removed_except_those_of_an_open_exam(
    store: Store, question: Question
) -> None:
    store.add(Exam("open", "E", "{}", 5), Exam("ended", "E", "{}", 5), Ending("ended", "time", 0.0, 1.0))
    old, new = now() - timedelta(days=1, minutes=1), now() - timedelta(hours=23)
    done = replace(question.job("1"), state="done")
    put(
        store,
        replace(done, id="new", at=new),
        replace(done, id="old", at=old),
        replace(done, id="waits", at=old, state="waiting"),
        replace(done, id="of an open exam", at=old, exam="open"),
        replace(done, id="of an ended exam", at=old, exam="ended"),
    )
    assert remove_old_jobs(store) == 2
    assert {job.id for job in found(store, Job)} == {"new", "waits", "of an open exam"}
