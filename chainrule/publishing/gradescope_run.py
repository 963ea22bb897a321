"""What grades one submission on Gradescope: `python -P -m chainrule.publishing.gradescope_run /autograder`.

The bundle lies in `source/`, the submission in `submission/`; `results/results.json` is written whole or not at all.
Code of the submission runs in the sandbox alone. What is printed here is for the instructor.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chainrule import files
from chainrule.bulk.records import Result, Student, Submitted
from chainrule.publishing.gradescope_json import results_json, told_of

if TYPE_CHECKING:
    from chainrule.quiz import Quiz
    from questions.bank import Bank

SOURCE, SUBMISSION, RESULTS = "source", "submission", "results"
QUIZ, BANK, SETTINGS = "quiz.yaml", "bank", "settings.json"


def grade_submission(home: Path) -> None:
    """Grades `home/submission` by the bundle in `home/source`. Raises what is wrong with the bundle."""
    from chainrule.quizfile import read_quiz
    from questions.bank import load_bank

    source = home / SOURCE
    bank = load_bank([source / BANK])
    quiz = read_quiz(source / QUIZ, bank)
    if quiz.lost or bank.faults:
        raise files.InputError("; ".join([*quiz.lost, *map(str, bank.faults)]))
    settings = json.loads((source / SETTINGS).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(prefix="chainrule-") as work:
        submitted = _taken(home / SUBMISSION, Path(work).resolve())
        results = list(_results(submitted, quiz.quiz, bank))
    titles = [variant.title for variant in quiz.quiz.items]
    text = results_json(told_of(results, titles), visibility=settings["visibility"])
    files.write(home / RESULTS / "results.json", text)
    for result in results:
        print(f"{result.number} {result.family} {result.part}: {result.outcome} {result.score:g}")  # noqa: T201


def _taken(folder: Path, work: Path) -> Submitted:
    """The submission, copied within bounds; a folder that is not there is one with nothing in it."""
    from chainrule.bulk.sources import FolderSource
    from chainrule.bulk.taking import Limits, Taking

    taking = Taking(work, Limits())
    if folder.is_dir():
        source = FolderSource(folder)
        for name, is_folder in source.names().items():
            taking.take(source.pieces(name), within=(name,) if is_folder else ())
    return Submitted(Student(""), work, tuple(sorted(taking.files)), taking.told())


def _results(submitted: Submitted, quiz: Quiz, bank: Bank) -> Iterator[Result]:
    from chainrule.bulk.keys import grader_version
    from chainrule.bulk.tasks import judged, tasks_for
    from chainrule.bulk.worker import Batch, judge_batch
    from chainrule.judging_apart import question_of

    tasks, results = tasks_for(submitted, quiz)
    questions = {variant.family: question_of(bank.family(variant.family)) for variant in quiz.items}
    found = judge_batch(Batch(tuple(tasks), grader_version(), questions)) if tasks else []
    by_key = {one.key: one for one in found}
    for result in results:
        yield judged(result, by_key[result.key]) if result.key else result


if __name__ == "__main__":
    grade_submission(Path(sys.argv[1]))
