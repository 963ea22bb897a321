"""Judging in the background: every answer that was taken becomes one attempt, whatever happens to processes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path

import pytest
from pooled import SECONDS, Question, ask, attempts, outcome, pool, small_bank, wait_until_judged, workers
from sqlalchemy import select
from web_sites import SHIPPED
from worker_tricks import imported

from chainrule.classes.records import Job
from chainrule.classes.records import Lane as LaneName
from chainrule.classes.rows import found, put
from chainrule.recording import item_of
from chainrule.store.opening import open_store
from chainrule.store.store import Store
from chainrule.store.tables import ATTEMPTS
from chainrule.web.pool import PoolJudging, new_judging
from questions.bank import Bank

FORMULA, CODE = "supervised.penalty-gradients", "supervised.dropout-code"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "pool.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("small"))


@pytest.fixture
def question(store: Store, bank: Bank) -> Question:
    return ask(store, bank)


@pytest.fixture
def judging(store: Store, bank: Bank) -> Iterator[PoolJudging]:
    with pool(store, bank) as found:
        yield found


def test_answers_are_judged_and_what_cannot_be_read_costs_nothing(
    store: Store, question: Question, judging: PoolJudging
) -> None:
    right, wrong, unreadable = (question.job(answer) for answer in (question.right, "1", "((("))
    for job in (right, wrong, unreadable):
        judging.submit(job)
    assert [outcome(judging, job) for job in (right, wrong, unreadable)] == ["right", "wrong", "unreadable"]
    assert attempts(store) == {right.id: "right", wrong.id: "wrong"}
    assert judging.waiting("me") == 0
    assert judging.wait("nobody's", SECONDS) is None


@pytest.fixture
def new_forkserver() -> None:
    """Ends the process that others are forked from: another test may have started it with more imported."""
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # there for tests, as its docstring says


@pytest.mark.usefixtures("new_forkserver")
def test_formulas_and_code_are_judged_by_processes_that_know_neither_server_nor_store(store: Store) -> None:
    jobs = []
    lanes: dict[LaneName, str] = {"quick": FORMULA, "code": CODE}
    for lane, family in lanes.items():
        variant = SHIPPED.family(family).draw(3)
        item = item_of(variant, "practice")
        store.add(item)
        jobs.append(Job(lane, "me", item.id, variant.parts[0].id, variant.parts[0].answer_text))
    judging = new_judging(store, Bank({id: SHIPPED.family(id) for id in lanes.values()}))
    try:
        for job in jobs:
            judging.submit(job)
        assert [outcome(judging, job) for job in jobs] == ["right", "right"]
        for worker in workers(judging):
            assert worker.executor.submit(imported).result(SECONDS) & {"flask", "sqlalchemy", "waitress"} == set()
    finally:
        judging.close()


def test_what_an_earlier_server_left_is_judged_in_the_order_of_time(
    store: Store, bank: Bank, question: Question
) -> None:
    jobs = [question.job(answer) for answer in ("1", question.right)]
    put(store, *jobs)
    with pool(store, bank) as judging:
        assert [outcome(judging, job) for job in jobs] == ["wrong", "right"]
    assert set(attempts(store)) == {job.id for job in jobs}


def test_an_answer_beyond_the_limit_is_undecided_and_the_next_is_judged(
    tmp_path: Path, store: Store, bank: Bank, question: Question
) -> None:
    with pool(store, bank, limit=1.5) as judging:  # a busy machine takes a while for the harmless one
        endless, harmless = question.job(f"wait {tmp_path / 'never'} 1"), question.job(question.right)
        judging.submit(endless)
        judging.submit(harmless)
        assert [outcome(judging, job) for job in (endless, harmless)] == ["undecided", "right"]
    assert attempts(store) == {harmless.id: "right"}


def test_slow_code_keeps_no_formula_waiting(tmp_path: Path, question: Question, judging: PoolJudging) -> None:
    open_now = tmp_path / "open"
    slow = question.job(f"wait {open_now} {question.right}", lane="code")
    behind, quick = question.job(question.right, lane="code"), question.job(question.right)
    for job in (slow, behind, quick):
        judging.submit(job)
    wait_until_judged(open_now)
    assert outcome(judging, quick) == "right"
    assert judging.wait(slow.id, 0.0) == slow
    assert (judging.ahead(slow.id), judging.ahead(behind.id), judging.ahead(quick.id)) == (0, 1, 0)
    assert judging.waiting("me") == 2
    open_now.touch()
    assert [outcome(judging, job) for job in (slow, behind)] == ["right", "right"]


def test_a_look_at_an_answer_keeps_nothing_and_is_given_up_in_time(
    tmp_path: Path, store: Store, bank: Bank, question: Question, judging: PoolJudging
) -> None:
    family = bank.family("up.twice")
    part = family.draw(1).parts[0]
    right = judging.look("me", family, 1, part, question.right, SECONDS)
    assert right is not None
    assert right.outcome == "right"
    running, behind = question.job(f"wait {tmp_path / 'open'} 1"), question.job(question.right)
    judging.submit(running)
    wait_until_judged(tmp_path / "open")
    assert judging.look("me", family, 1, part, f"wait {tmp_path / 'never'} 1", 0.01) is None
    judging.submit(behind)
    (tmp_path / "open").touch()
    assert outcome(judging, behind) == "right"
    assert set(attempts(store)) == {running.id, behind.id}


def test_one_learner_with_much_does_not_keep_the_others_waiting(
    tmp_path: Path, store: Store, question: Question, judging: PoolJudging
) -> None:
    first = question.job(f"wait {tmp_path / 'open'} 1", learner="busy")
    many = [question.job("1", learner="busy") for _ in range(4)]
    other = question.job("1", learner="other")
    judging.submit(first)
    wait_until_judged(tmp_path / "open")
    for job in (*many, other):
        judging.submit(job)
    assert (judging.ahead(first.id), judging.ahead(other.id)) == (0, 2)
    assert [judging.ahead(job.id) for job in many] == [1, 3, 4, 5]
    (tmp_path / "open").touch()
    for job in (*many, other):
        judging.wait(job.id, SECONDS)
    with store.reading() as connection:
        order = list(connection.execute(select(ATTEMPTS.c["id"]).order_by(ATTEMPTS.c["row"])).scalars())
    assert order == [first.id, many[0].id, other.id, *(job.id for job in many[1:])]


def test_a_question_that_is_gone_costs_nothing_and_keeps_nobody_waiting(
    store: Store, bank: Bank, question: Question, judging: PoolJudging
) -> None:
    changed = replace(question.item, values="other", id="changed")
    store.add(changed)
    jobs = [replace(question.job("1"), item=item) for item in ("changed", "missing")]
    for job in jobs:
        judging.submit(job)
    assert [outcome(judging, job) for job in jobs] == ["fault", "fault"]
    assert attempts(store) == {}


def test_what_is_being_judged_ends_before_the_server_and_the_rest_waits_for_the_next(
    tmp_path: Path, store: Store, bank: Bank, question: Question
) -> None:
    running = question.job(f"wait {tmp_path / 'open'} {question.right}")
    behind = question.job(question.right)
    with ThreadPoolExecutor(2) as threads, pool(store, bank, patience=SECONDS) as judging:
        judging.submit(running)
        wait_until_judged(tmp_path / "open")
        judging.submit(behind)
        waiter = threads.submit(judging.wait, behind.id, SECONDS)
        closing = threads.submit(judging.close)
        left = waiter.result(SECONDS)
        (tmp_path / "open").touch()
        closing.result(SECONDS)
    assert left == behind
    assert attempts(store) == {running.id: "right"}
    assert [job.id for job in found(store, Job, state="waiting")] == [behind.id]


def test_what_does_not_end_is_ended_with_the_server_and_judged_by_the_next(
    tmp_path: Path, store: Store, bank: Bank, question: Question
) -> None:
    job = question.job(f"wait {tmp_path / 'open'} {question.right}")
    with pool(store, bank) as judging:
        judging.submit(job)
        wait_until_judged(tmp_path / "open")
    assert attempts(store) == {}
    (tmp_path / "open").touch()
    with pool(store, bank) as judging:
        assert outcome(judging, job) == "right"
    assert attempts(store) == {job.id: "right"}
