"""`chainrule report`."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chainrule.options import Command, Exit, example, json_option, open_bank, open_store_option, store_option
from chainrule.terminal import say, say_json, table

if TYPE_CHECKING:
    from chainrule.bulk.class_report import ClassReport
    from chainrule.statistics.intervals import Estimate

EXAMPLES = """
chainrule report graded
chainrule report graded --names --html report.html
chainrule report --class "Deep learning" --topic layers --csv layers.csv
chainrule report --class "Deep learning" --assignment "Exam one" --html exam.html
"""
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("report", cls=Command, epilog=example(EXAMPLES))
@click.argument("out", metavar="[OUT]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--family", help="One question.")
@click.option("--topic", help="The questions of one topic.")
@click.option("--class", "room", metavar="CLASS", help="Of the store: the students of this class.")
@click.option("--assignment", metavar="ASSIGNMENT", help="Of that class: one assignment, as far as it is handed in.")
@click.option("--names", is_flag=True, help="Call students by their ids, and show comments in their code.")
@click.option("--html", type=FILE, metavar="FILE", help="As a page, with pictures.")
@click.option("--csv", "csv_file", type=FILE, metavar="FILE", help="As a table.")
@store_option
@json_option
def command(
    out: Path | None,
    family: str | None,
    topic: str | None,
    room: str | None,
    assignment: str | None,
    names: bool,
    html: Path | None,
    csv_file: Path | None,
    store: str | None,
    as_json: bool,
) -> int:
    """Show what a class did not understand.

    OUT is a folder that `chainrule grade-class` wrote; without it the answers in the store are taken, practice and
    exams together. Every figure comes with its interval of 95 % and with what it rests on. Students go by names that
    a secret decides (`report.secret` beside OUT); `gradebook.csv` says who is who.
    """
    if out is not None and (store is not None or room is not None):
        raise click.UsageError("OUT is a graded folder, --store and --class are about a store; give one")
    if assignment is not None and room is None:
        raise click.UsageError("--assignment is about a class of the store; say which with --class")
    if out is not None:
        report = _of_folder(out, family, topic, names=names)
    else:
        report = _of_store(store, (room, assignment), family, topic, names=names)
    _write(report, html, csv_file)
    if as_json:
        from chainrule.bulk.class_report import class_record

        say_json(class_record(report))
        return Exit.OK
    _tell(report)
    for path in (html, csv_file):
        if path is not None:
            say(f"Wrote {path}")
    return Exit.OK


def _wanted(family: str | None, topic: str | None, known: Collection[str]) -> Callable[[str], bool]:
    """Which of the known families the report is about. Raises UsageError for one that is not among them."""
    from chainrule.cli import nearest
    from chainrule.quiz import unknown

    topics = list(dict.fromkeys(id.partition(".")[0] for id in known))
    if topic is not None and topic not in topics:
        raise click.UsageError(unknown("topic", topic, topics))
    if family is not None and family not in known:
        raise click.UsageError(f"there is no question {family!r}.{nearest(family, list(known))}")
    return lambda id: family in (None, id) and (topic is None or id.startswith(f"{topic}."))


def _of_folder(out: Path, family: str | None, topic: str | None, *, names: bool) -> ClassReport:
    from chainrule.bulk.gathering import read_about
    from chainrule.bulk.graded_folder import folder_report

    known = dict.fromkeys(column.family for column in read_about(out).columns)
    return folder_report(out, _wanted(family, topic, known), names=names)


def _of_store(
    url: str | None, whose: tuple[str | None, str | None], family: str | None, topic: str | None, *, names: bool
) -> ClassReport:
    """whose: a class and one of its assignments; None for all."""
    from chainrule.bulk import stored_class
    from chainrule.bulk.pseudonyms import Pseudonyms, secret_beside
    from chainrule.bulk.stored_answers import NOTES, SAT, stored_report
    from chainrule.store.opening import default_path

    bank = open_bank()
    wanted = _wanted(family, topic, bank.families)
    room, assignment = whose
    title, notes = "All answers", NOTES
    with open_store_option(url) as kept:
        group = stored_class.classroom(kept, room) if room is not None else None
        if group is not None and assignment is not None:
            given = stored_class.assignment(kept, group, assignment)
            title, notes = f"{group.title}: {given.title}", SAT
            judged, ended = stored_class.sat(kept, group, given, wanted)
        else:
            title = group.title if group else title
            judged, ended = stored_class.stored(kept, group, wanted)
    called = str if names else Pseudonyms(secret_beside(default_path()))
    return stored_report(title, judged, ended, bank, called, words=names, notes=notes)


def _write(report: ClassReport, html: Path | None, csv_file: Path | None) -> None:
    from chainrule import files
    from chainrule.bulk.class_report import class_page
    from chainrule.bulk.class_table import class_csv

    if html is not None:
        files.write(html, class_page(report))
    if csv_file is not None:
        files.write(csv_file, class_csv(report))


def _tell(report: ClassReport) -> None:
    figures = report.figures
    if not figures.students:
        say("Nobody has answered anything yet.")
        return
    scores, found = figures.scores, figures.reliability
    silent = f", {figures.silent} more without any answer" if figures.silent else ""
    say(f"{report.title}: {figures.students} students{silent}", style="bold")
    if scores.n:
        say(
            f"Scores: mean {scores.mean:.0%}, median {scores.median:.0%}, deviation {scores.spread:.0%}, n = {scores.n}"
        )
    alpha = found.alpha
    if alpha:
        say(f"Cronbach's alpha: {alpha.value:.2f} ({alpha.low:.2f} to {alpha.high:.2f}), n = {alpha.n}")
    else:
        say(f"Cronbach's alpha does not apply: {found.reason}.")
    table(["part", "answered", "mean score", "discrimination", "time", "most frequent mistake"], list(_rows(report)))
    for part in report.doubtful:
        say(f"Look at {_name(report, part.item)}: {' '.join(report.doubts(part))}")
    for one in report.similar:
        if one.found.found:
            pairs = "pair" if one.found.found == 1 else "pairs"
            say(f"Similar code in {one.item}: {one.found.found} {pairs} to look at, no verdict; --html shows them.")


def _rows(report: ClassReport) -> list[list[str]]:
    rows = []
    for one in report.figures.items:
        most = one.mistakes[0] if one.mistakes else None
        minutes, seconds = divmod(round(one.seconds), 60)
        rows.append(
            [
                _name(report, one.item),
                f"{one.answered} of {one.asked}",
                _between(one.difficulty, "{:.0%}") if one.difficulty else "no verdict",
                _between(one.discrimination, "{:.2f}") if one.discrimination else one.reason,
                f"{minutes}:{seconds:02} (n = {one.timed})" if one.timed else "",
                f"{most.times} × {shortened(most.name)}" if most else "",
            ]
        )
    return rows


def _name(report: ClassReport, item: str) -> str:
    return " ".join(filter(None, (report.of(item).place, item)))


def _between(found: Estimate, form: str) -> str:
    value, low, high = (form.format(number) for number in (found.value, found.low, found.high))
    return f"{value} ({low} to {high}), n = {found.n}"


def shortened(text: str, most: int = 48) -> str:
    """The beginning of a text that is too long for a cell."""
    return text if len(text) <= most else text[: most - 2].rstrip() + " …"
