"""What is written of a graded class: gradebooks, a page for each student, the report on the class."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from chainrule import files
from chainrule.bulk.assignment import Assignment
from chainrule.bulk.class_report import class_page
from chainrule.bulk.class_table import class_csv
from chainrule.bulk.columns import columns_of
from chainrule.bulk.feedback_pages import FeedbackPages
from chainrule.bulk.gathering import ABOUT, About, Gathered
from chainrule.bulk.gradebook_files import Gradebooks
from chainrule.bulk.marked import marked
from chainrule.bulk.pseudonyms import Pseudonyms, secret_beside
from chainrule.bulk.records import Result, Student, Submitted

FEEDBACK, PAGE, TABLE = "feedback", "report.html", "report.csv"


def write_outputs(
    out: Path,
    assignment: Assignment,
    students: Sequence[Student],
    results: Iterable[Result],
    *,
    submitted: Iterable[Submitted] = (),
    reveal: bool = False,
) -> None:
    """Writes everything below `out`, each file whole or not at all; the same input gives the same bytes.

    Beside it lies `report.secret`, from which students have their names in the report. Raises InputError.

    results: all of one student one after another. submitted: from which lateness and problems are told.
    reveal: whether the students' pages hold right answers and worked solutions.
    """
    columns = columns_of(assignment.quiz_for(""))
    called = Pseudonyms(secret_beside(out))
    about = About(assignment.id, assignment.title, columns)
    files.write(out / ABOUT, json.dumps(asdict(about), ensure_ascii=False, indent=1) + "\n")
    books = Gradebooks(assignment.id, assignment.title, columns)
    pages = FeedbackPages(out / FEEDBACK, assignment, reveal=reveal)
    gathered = Gathered(about)
    for one in marked(assignment, students, results, submitted):
        books.add(one, called(one.student.id))
        gathered.add(one.results)
        if one.results:
            pages.write(one)
    pages.remove_others()
    for name, text in books.files().items():
        files.write(out / name, text)
    report = gathered.report(called)
    files.write(out / PAGE, class_page(report))
    files.write(out / TABLE, class_csv(report))
