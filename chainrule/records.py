"""Questions and verdicts as JSON values: what `--json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chainrule.grading import GradedPart, GradedQuiz
from chainrule.quiz import Quiz
from chainrule.quiz_data import plain_values
from chainrule.wording import feedback_text, part_text
from grader.verdict import Verdict

if TYPE_CHECKING:
    from questions.variant import Part, Variant


def quiz_record(quiz: Quiz) -> dict[str, Any]:
    """The quiz with its questions, without answers."""
    return {"title": quiz.title, "seed": quiz.seed, "items": [variant_record(item) for item in quiz.items]}


def variant_record(variant: Variant, *, solution: bool = False) -> dict[str, Any]:
    """One drawn question; `solution` adds keys, hints and worked steps."""
    record = {
        "question": variant.family,
        "version": variant.version,
        "seed": variant.seed,
        "title": variant.title,
        "level": variant.level,
        "source": variant.source,
        "values": plain_values(variant.values),
        "parts": [part_record(part, solution=solution) for part in variant.parts],
    }
    if solution:
        record["hints"] = [str(hint) for hint in variant.hints]
        record["steps"] = step_texts(variant)
    return record


def part_record(part: Part, *, solution: bool = False) -> dict[str, Any]:
    """One part; `solution` adds a right answer."""
    record = {"id": part.id, "kind": part.kind, "marks": part.marks, "prompt": part_text(part)}
    if part.starter:
        record["starter"] = part.starter
    if solution:
        record["answer"] = part.answer_text
    return record


def step_texts(variant: Variant) -> list[str]:
    """The worked steps as `name = formula = value in the example  # reason`."""
    from chainrule.worked import example_of, step_values

    values = step_values(variant.steps, example_of(variant))
    return [
        f"{line.name} = {line.formula.unicode()}"
        + (f" = {value}" if value else "")
        + (f"  # {line.comment}" if line.comment else "")
        for line, value in zip(variant.steps, values, strict=True)
    ]


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """The verdict as data, with its feedback as sentences beside it."""
    return {**verdict.to_json(), "says": feedback_text(verdict)}


def graded_record(graded: GradedQuiz) -> dict[str, Any]:
    """A graded quiz: marks, and each part with its verdict."""
    return {
        "title": graded.quiz.title,
        "seed": graded.quiz.seed,
        "earned": graded.earned,
        "possible": graded.possible,
        "parts": [_graded_part(part) for part in graded.parts],
        "lost": list(graded.lost),
    }


def _graded_part(graded: GradedPart) -> dict[str, Any]:
    return {
        "number": graded.number,
        "question": graded.variant.family,
        "part": graded.part.id,
        "answer": graded.answer,
        "outcome": graded.outcome,
        "earned": graded.earned,
        "marks": graded.part.marks,
        "verdict": verdict_record(graded.verdict) if graded.verdict else None,
    }
