"""What there is to judge of a submission: a task for each answer, and a result for every part of the quiz."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chainrule.bulk.keys import task_key
from chainrule.bulk.records import Judgement, Result, Submitted, Task
from chainrule.quiz_data import encoded

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.variant import Part, Variant

WAITING = "waiting"  # the outcome of a result whose judgement is still to come


def tasks_for(submitted: Submitted, quiz: Quiz, device: str = "cpu") -> tuple[list[Task], list[Result]]:
    """The tasks, and one result for every part of the quiz in its order. device: where code with PyTorch is to run.

    A result with a `key` waits for the judgement of that key: `judged` puts them together. The others are whole:
    there was nothing to judge, and `problem` says why where something was handed in.
    """
    from chainrule.bulk.answers import answers_of

    answers = answers_of(submitted, quiz)
    tasks: list[Task] = []
    results: list[Result] = []
    for number, variant in enumerate(quiz.items, start=1):
        drawn = encoded(variant.values)
        for part in variant.parts:
            found = answers[number, part.id]
            result = _result(submitted.student.id, number, variant, part)
            if found.problem or not found.text.strip():
                outcome = "unreadable" if found.unreadable else "unanswered"
                results.append(replace(result, outcome=outcome, problem=found.problem, file=found.file))
                continue
            task = _task(variant, drawn, part, found.text, device)
            tasks.append(task)
            results.append(
                replace(result, key=task.key, answer=found.text, file=found.file, remarks=tuple(found.remarks))
            )
    return tasks, results


def judged(result: Result, judgement: Judgement) -> Result:
    """The waiting result with what was judged."""
    verdict = judgement.verdict
    return replace(
        result,
        outcome=verdict["outcome"],
        score=verdict["score"],
        mistake=verdict["mistake"],
        feedback=tuple((remark["code"], remark["data"]) for remark in verdict["feedback"]),
        reading=verdict["reading"],
        evidence=verdict["evidence"],
        level=verdict["level"],
    )


def _result(student: str, number: int, variant: Variant, part: Part) -> Result:
    return Result(student, number, variant.family, part.id, part.kind, part.marks, WAITING, 0.0)


def _task(variant: Variant, drawn: str, part: Part, answer: str, device: str) -> Task:
    family, version, seed = variant.family, variant.version, variant.seed
    where = device if part.packages == "torch" else "cpu"
    key = task_key(family=family, version=version, seed=seed, drawn=drawn, part=part.id, answer=answer, device=where)
    return Task(family, version, seed, drawn, part.id, answer, key)
