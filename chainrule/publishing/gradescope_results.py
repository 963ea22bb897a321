"""`results.json` alone: of an answered quiz, or of students of a class that was graded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.bulk.records import Result
from chainrule.files import InputError
from chainrule.publishing.gradescope_json import results_json, told_of
from chainrule.publishing.written import Settings, Written, lost_sentence

if TYPE_CHECKING:
    from chainrule.grading import GradedPart, GradedQuiz
    from chainrule.publishing.chosen import Chosen

RESULTS = "results.jsonl"


def write(settings: Settings, chosen: Chosen | None) -> Written:
    """Writes one file; for a whole class one for each student, in a folder."""
    path = settings.file
    assert path is not None
    if path.is_dir():
        path = path / RESULTS
    if path.suffix == ".jsonl":
        return _of_class(settings, path)
    return _of_quiz(settings, path)


def _of_quiz(settings: Settings, path: Path) -> Written:
    from chainrule.grading import grade_quiz
    from chainrule.options import open_bank
    from chainrule.quizfile import read_quiz

    read = read_quiz(path, open_bank())
    if read.lost and not settings.skip_changed:  # a result without it would be out of fewer marks, unnoticed
        raise InputError(lost_sentence(read.lost))
    graded = grade_quiz(read)
    titles = [variant.title for variant in graded.quiz.items]
    text = results_json(told_of(graded_results(graded), titles), visibility=settings.visibility)
    files.write(settings.out, text)
    return Written((settings.out,), len(graded.parts), lost=graded.lost)


def graded_results(graded: GradedQuiz) -> Iterator[Result]:
    """The parts of a graded quiz as results of a student without a name."""
    return map(_result, graded.parts)


def _result(graded: GradedPart) -> Result:
    part, verdict = graded.part, graded.verdict
    return Result(
        student="",
        number=graded.number,
        family=graded.variant.family,
        part=part.id,
        kind=part.kind,
        marks=part.marks,
        outcome=graded.outcome,
        score=verdict.score if verdict else 0.0,
        mistake=verdict.mistake if verdict else "",
        feedback=tuple((one.code, one.data) for one in verdict.feedback) if verdict else (),
        reading=verdict.reading if verdict else "",
        answer=graded.answer,
    )


def _of_class(settings: Settings, path: Path) -> Written:
    from chainrule.bulk.student_files import file_stem

    written: list[Path] = []
    count = 0
    for student, results in _students(path):
        if settings.student is not None and student != settings.student:
            continue
        out = settings.out if settings.student is not None else settings.out / f"{file_stem(student)}.json"
        if not settings.force and out.is_file():
            raise InputError(f"{out} exists; --force writes over it")
        files.write(out, results_json(told_of(results), visibility=settings.visibility))
        written.append(out)
        count += len(results)
    if not written:
        who = f"no student {settings.student!r}" if settings.student is not None else "no results"
        raise InputError(f"{path}: there is {who} in it")
    return Written(tuple(written), count)


def _students(path: Path) -> Iterator[tuple[str, list[Result]]]:
    """The results of each student, read line by line."""
    from chainrule.bulk.spool import result_of

    def read() -> Iterator[Result]:
        try:
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    yield result_of(json.loads(line))
        except OSError as error:
            raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{path}: not the {RESULTS} of `chainrule grade-class`") from None

    for student, group in groupby(read(), key=lambda one: one.student):
        yield student, list(group)
