"""Exams that are handed in are graded in the background as anywhere else, a few at a time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Semaphore

import pytest
from pooled import SECONDS, ask, outcome, pool, small_bank, wait_until_judged

from chainrule.classes.records import Job
from chainrule.classes.rows import first, put
from chainrule.examining import Running, begin, ended, hand_in, one_by_one
from chainrule.exams.blueprint_schema import Blueprint
from chainrule.grading import Grader
from chainrule.store.opening import open_store
from chainrule.store.records import ME, Draft
from chainrule.store.store import Store
from chainrule.web.handing_in import Answered, HandingIn, grade_exam
from chainrule.web.variants import Variants
from grader.verdict import Outcome, Verdict
from questions.bank import Bank

SEED = 5
BLUEPRINT = Blueprint.model_validate({"title": "Three", "minutes": 5, "sections": [{"title": "All", "questions": 3}]})
FAMILY = """
title: Times {by}
course: [supervised.gradient-descent]
level: 2
source: "nobody"
draw: {{n: {{integer: [3, 90]}}}}
prompt: What is {by} times {{n}}?
answer: {{integer: "{by}*n"}}
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    folder = tmp_path_factory.mktemp("three")
    small_bank(folder)
    for name, by in (("thrice", 3), ("fourfold", 4)):
        (folder / "bank" / "up" / f"{name}.yaml").write_text(FAMILY.format(by=by))
    return small_bank(folder)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "exams.db")) as opened:
        yield opened


def begun(store: Store, bank: Bank, answers: Sequence[str | None], learner: str = ME) -> Running:
    """An exam with an answer saved for each part; None: the right one, '' for none."""
    running = begin(store, bank, BLUEPRINT, chance=random.Random(SEED), learner=learner)
    for place, answer in zip(running.places, answers, strict=True):
        store.add(Draft(*place.key, place.part.answer_text if answer is None else answer, 2.0))
    return running


def job_for(running: Running) -> Job:
    return Job("code", running.exam.learner, exam=running.exam.id, hand_in="handed-in")


def told(store: Store, running: Running) -> object:
    """What is known of an exam that ended, but for ids and times."""
    found = ended(store, running)
    assert found is not None
    parts = [(part.number, part.answer, part.outcome, part.earned) for part in found.graded.parts]
    return parts, found.ending.earned, found.ending.possible, found.ending.how, dict(found.seconds)


def test_an_exam_is_graded_as_by_one_grader(tmp_path: Path, store: Store, bank: Bank) -> None:
    answers = (None, "1", "")
    with pool(store, bank) as judging, open_store(str(tmp_path / "plain.db")) as plain, Grader() as grader:
        running = begun(store, bank, answers)
        job = job_for(running)
        judging.submit(job)
        done = judging.wait(job.id, SECONDS)
        assert done is not None
        assert (done.state, judging.waiting("me")) == ("done", 0)
        other = begun(plain, bank, answers)
        hand_in(plain, other, one_by_one(grader), "handed-in")
        assert told(store, running) == told(plain, other)


def test_an_exam_whose_grading_was_cut_off_is_graded_once_by_the_next_server(
    tmp_path: Path, store: Store, bank: Bank
) -> None:
    running = begun(store, bank, (None, f"wait {tmp_path / 'open'} 1", "1"))
    job = job_for(running)
    with pool(store, bank) as judging:
        judging.submit(job)
        wait_until_judged(tmp_path / "open")
    assert ended(store, running) is None
    assert store.judged() == ()
    (tmp_path / "open").touch()
    with pool(store, bank) as judging:
        done = judging.wait(job.id, SECONDS)
    assert done is not None
    assert done.state == "done"
    assert len(store.judged()) == 3


def test_exams_keep_nobody_who_practises_waiting(tmp_path: Path, store: Store, bank: Bank) -> None:
    exams = [begun(store, bank, (f"wait {tmp_path / 'open'} 1", "1", "1"), learner=f"l{number}") for number in range(4)]
    asked = ask(store, bank)
    with pool(store, bank) as judging:
        for running in exams:
            judging.submit(job_for(running))
        wait_until_judged(tmp_path / "open")
        job = asked.job(asked.right)
        judging.submit(job)
        assert judging.ahead(job.id) <= 2  # what is being judged, and one part of an exam
        (tmp_path / "open").touch()
        assert outcome(judging, job) == "right"


def test_an_answer_that_was_judged_during_the_exam_is_not_judged_again(store: Store, bank: Bank) -> None:
    running = begun(store, bank, ("1", "2", "3"))
    known, fault, other = running.places
    right = json.dumps(Verdict(Outcome.RIGHT, 1.0).to_json())
    broken = json.dumps(Verdict(Outcome.FAULT, 0.0).to_json())
    put(store, Job("quick", "me", *known.key, "1", state="done", verdict=right))
    put(store, Job("quick", "me", *fault.key, "2", state="done", verdict=broken))
    put(store, Job("quick", "me", *other.key, "other", state="done", verdict=right))
    asked: list[str] = []

    def judge(answered: Sequence[Answered]) -> Sequence[Verdict]:
        asked.extend(answer for _, answer in answered)
        return [Verdict(Outcome.WRONG, 0.0) for _ in answered]

    job = job_for(running)
    put(store, job)
    grade_exam(store, Variants(bank), job, judge, Event())
    assert asked == ["2", "3"]
    ending = store.ending(running.exam.id)
    assert ending is not None
    assert ending.earned == known.part.marks
    done = first(store, Job, id=job.id)
    assert done is not None
    assert done.state == "done"


def test_many_exams_at_once_are_graded_a_few_at_a_time() -> None:
    go, begun, done = Semaphore(0), Semaphore(0), Semaphore(0)

    def grade(_: Job) -> None:
        begun.release()
        assert go.acquire(timeout=SECONDS)
        done.release()

    jobs = [Job("code", f"learner {number}", exam=str(number), hand_in="time") for number in range(300)]
    exams = HandingIn(grade, threads=3)
    for job in jobs:
        exams.submit(job)
    for _ in range(3):
        assert begun.acquire(timeout=SECONDS)
    assert not begun.acquire(blocking=False)
    assert [exams.ahead(job.id) for job in jobs] == [0, 0, 0, *range(3, 300)]
    go.release(300)
    for _ in jobs:
        assert done.acquire(timeout=SECONDS)
    exams.close(SECONDS)


def test_an_exam_that_cannot_be_graded_keeps_no_other_from_it(caplog: pytest.LogCaptureFixture) -> None:
    graded = Event()

    def grade(job: Job) -> None:
        if job.exam == "broken":
            raise ValueError("broken")
        graded.set()

    exams = HandingIn(grade, threads=1)
    for name in ("broken", "whole"):
        exams.submit(Job("code", "me", exam=name, hand_in="time"))
    assert graded.wait(SECONDS)
    assert exams.healthy()
    exams.close(SECONDS)
    assert "the exam broken could not be graded" in caplog.text
