"""What judges a batch of answers, in a thread here or on a worker of a cluster; a process for each does the work.

An answer that ends its process is judged once more in a fresh one, and costs no other answer anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chainrule.bulk.judge_child import Child, ChildEnded, TookTooLong, children
from chainrule.bulk.keys import grader_version
from chainrule.bulk.records import Judgement, Task
from chainrule.grading import fault
from chainrule.judging_apart import Question, too_long
from grader.errors import AuthorError

SECONDS = 300.0  # for one answer; the sandbox and the prover have their own limits, which are shorter
TRIES = 2
BROKE = "the process that judged it ended, twice"


@dataclass(frozen=True)
class Batch:
    """Answers to judge together. grader: the version that their keys are made with.

    questions: those that do not ship with the package, by id. seconds: for each answer.
    """

    tasks: tuple[Task, ...]
    grader: str
    questions: Mapping[str, Question] = field(default_factory=dict)
    device: str = "cpu"
    seconds: float = SECONDS


class Stopped(Exception):
    """The processes were ended while the batch was judged; nothing was found out."""


def judge_batch(batch: Batch) -> list[Judgement]:
    """A judgement for each task, in order. Where another version judges, each is a `fault` that says so."""
    here = grader_version()
    if here != batch.grader:
        what = f"version {here} was to judge it, {batch.grader} was asked; install the same Chainrule on all workers"
        return [faulty(task, what) for task in batch.tasks]
    owned = children()
    with owned.one(batch.device) as child:
        return [_judged(task, batch, child, lambda: owned.stopped) for task in batch.tasks]


def faulty(task: Task, what: str) -> Judgement:
    """The judgement where something of ours broke."""
    return Judgement(task.key, fault(AuthorError(what)).to_json())


def _judged(task: Task, batch: Batch, child: Child, stopped: Callable[[], bool]) -> Judgement:
    began = time.monotonic()
    verdict = _verdict(request_of(task, batch.questions), batch.seconds, child, stopped)
    return Judgement(task.key, verdict, round(time.monotonic() - began, 4))


def _verdict(
    request: Mapping[str, Any], seconds: float, child: Child, stopped: Callable[[], bool]
) -> Mapping[str, Any]:
    for _ in range(TRIES):
        if stopped():
            raise Stopped  # before a process was there to be ended
        try:
            return child.judge(request, seconds)
        except TookTooLong:
            return too_long(seconds).to_json()
        except ChildEnded:
            if stopped():
                raise Stopped from None
    return fault(AuthorError(BROKE)).to_json()


def request_of(task: Task, questions: Mapping[str, Question]) -> dict[str, Any]:
    """What the process is sent."""
    question = questions.get(task.family) or Question(task.family, task.version, "", "")
    return {
        "question": [question.id, question.version, question.file, question.text],
        "seed": task.seed,
        "drawn": task.drawn,
        "part": task.part,
        "answer": task.answer,
    }
