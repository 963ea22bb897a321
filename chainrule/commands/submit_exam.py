"""The part of `chainrule submit` that is about exams."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Exit
from chainrule.terminal import complain, say, say_json, table

if TYPE_CHECKING:
    from chainrule.remote.client import Remote
    from chainrule.remote.exams import SavedPart


def submit_exam(remote: Remote, file: Path, given: dict[str, Any]) -> int:
    """Saves the answers in the file, or writes it; hands in where that is wanted. Returns the exit code."""
    from chainrule.remote.exams import assigned_form, exam_of

    form = given["exam"] or assigned_form(remote, given["assignment"], begin=given["begin"])
    exam = exam_of(remote, form)
    if given["blank"]:
        return _write_blank(file, exam)
    saved = _save(remote, file, exam, as_json=given["as_json"])
    if given["hands_in"]:
        return _hand_in(remote, exam, saved, as_json=given["as_json"])
    if given["as_json"]:
        say_json(_told(remote, exam, saved))
    else:
        say(f"{len(saved)} answers are kept{_left(exam)}", style="bold")
    return Exit.OK


def _write_blank(file: Path, exam: Any) -> int:
    from chainrule import files
    from chainrule.remote.exams import blank, check_open

    check_open(exam)
    if file.exists():
        raise click.UsageError(f"{file}: is there already; name a new file, or remove it")
    files.write(file, blank(exam))
    say(f"{file}: {len(exam['questions'])} questions of the exam {exam['form']}{_left(exam)}")
    return Exit.OK


def _save(remote: Remote, file: Path, exam: Any, *, as_json: bool) -> list[SavedPart]:
    from chainrule.remote.exams import check_open, read_answers, save

    check_open(exam)
    saved = []
    for one in save(remote, exam, read_answers(file, exam)):
        saved.append(one)
        if not as_json:
            say(f"{one.name}: {'saved' if one.changed else 'as before'}. {one.reading}".rstrip())
    return saved


def _hand_in(remote: Remote, exam: Any, saved: list[SavedPart], *, as_json: bool) -> int:
    """Hands in and prints the report, where it is shown already: 0 where all is right, else 1."""
    from chainrule.remote.exams import hand_in, report_of

    ended = hand_in(remote, exam["form"], lambda ahead: complain(f"being graded, {ahead} exams before it"))
    report = report_of(remote, ended) if ended["phase"] == "report" else None
    if as_json:
        say_json({**_told(remote, exam, saved), "phase": ended["phase"], "report": report})
    elif report is None:
        when = (
            f" The results are shown from {ended['reveals'][:16].replace('T', ' ')} UTC on." if ended["reveals"] else ""
        )
        say(f"Handed in.{when}", style="bold")
    else:
        _print(report)
    return Exit.OK if report is None or report["earned"] == report["possible"] else Exit.NOT_RIGHT


def _print(report: Any) -> None:
    """A row for each part, then the marks."""
    rows = []
    for question in report["questions"]:
        for part in question["parts"]:
            verdict = part["verdict"] or {"outcome": "unanswered", "reading": "", "says": ""}
            marks = f"{part['earned']:g}/{part['marks']:g}"
            rows.append((part["name"], verdict["outcome"], marks, verdict["reading"], verdict["says"]))
    table(("", "outcome", "marks", "read as", "feedback"), rows, styled=1)
    grade = f", grade {report['grade']}" if report["grade"] else ""
    say(f"{report['counted']:g} of {report['possible']:g} marks{grade}", style="bold")


def _told(remote: Remote, exam: Any, saved: list[SavedPart]) -> dict[str, Any]:
    return {"server": remote.server, "form": exam["form"], "saved": [vars(one) for one in saved]}


def _left(exam: Any) -> str:
    from chainrule.exams.clock import left_text

    return "." if exam["left"] is None else f"; {left_text(exam['left'])}."
