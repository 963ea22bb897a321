"""`results.json` as Gradescope reads it: a test for each part, with what a student may see of its verdict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase
from typing import Any

from markupsafe import Markup

from chainrule.bulk.feedback_pages import FAULT
from chainrule.bulk.records import Result
from chainrule.pages import coded
from chainrule.wording import LINE, MARKS, counted
from grader.sentences import sentence
from grader.verdict import Feedback, Outcome

HEADS = {"unanswered": "Not answered."}


@dataclass(frozen=True)
class Told:
    """One part of the quiz. label: its number, `3b`; title: of the question."""

    label: str
    title: str
    result: Result


def told_of(results: Iterable[Result], titles: Sequence[str] = ()) -> Iterator[Told]:
    """The results of one student, in order. titles: of the questions, where they are known."""
    for number, group in groupby(results, key=lambda one: one.number):
        parts = list(group)
        letters = ascii_lowercase if len(parts) > 1 else " "
        for letter, result in zip(letters, parts, strict=False):
            title = titles[number - 1] if number <= len(titles) else result.family
            yield Told(f"{number}{letter.strip()}", title, result)


def results_json(tests: Iterable[Told], *, visibility: str = "visible") -> str:
    """The file. visibility: of the whole, as Gradescope names it; what is printed while grading stays hidden."""
    content = {
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "tests": [_record(test) for test in tests],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _record(test: Told) -> dict[str, Any]:
    result = test.result
    return {
        "name": test.title,  # Gradescope writes the number before it
        "name_format": "text",
        "number": test.label,
        "score": round(result.earned, 6),
        "max_score": result.marks,
        "status": "passed" if result.outcome == Outcome.RIGHT else "failed",
        "output": str(output_html(result)),
        "output_format": "html",
        "extra_data": {"question": result.family, "part": result.part, "outcome": result.outcome},
    }


def output_html(result: Result) -> Markup:
    """What the student sees: how the answer was read, the verdict, and its sentences; all of it escaped."""
    lines = [Markup("<p>{}</p>").format(text) for text in _said(result)]
    judged = [data for code, data in result.feedback if code == LINE]
    if judged:
        rows = [Markup("<li>{} <code>{}</code> {}</li>").format(*_line(data)) for data in judged]
        lines.insert(0, Markup("<ol>{}</ol>").format(Markup("").join(rows)))
    return Markup("\n").join(lines)


def _line(data: Any) -> tuple[str, str, str]:
    return MARKS[data["status"]], data["text"], data["says"]


def _said(result: Result) -> Iterator[str]:
    if result.problem:
        yield result.problem
    if result.outcome == Outcome.FAULT:
        yield FAULT
        return
    judged = any(code == LINE for code, _ in result.feedback)
    if result.reading and not judged:
        yield f"Read as: {result.reading}"
    head = HEADS.get(result.outcome, f"{result.outcome.capitalize()}.")
    if result.outcome == Outcome.PARTIAL:
        head = f"Partial: {result.earned:g} of {counted(result.marks, 'mark')}."
    yield head
    for code, data in result.feedback:
        if code != LINE:
            yield from map(coded, sentence(Feedback(code, data)).split("\n"))
    yield from result.remarks
