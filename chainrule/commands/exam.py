"""`chainrule exam`."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import (
    Command,
    Exit,
    bank_folders,
    command_line,
    exam_of,
    example,
    json_option,
    open_bank,
    open_store_option,
    store_option,
)
from chainrule.terminal import say, say_json, table

if TYPE_CHECKING:
    from chainrule.examining import Ended, Running
    from chainrule.exams.form import Form
    from chainrule.store.records import Exam
    from chainrule.store.store import Store
    from questions.bank import Bank

EXAMPLES = """
chainrule exam                                the whole course, 90 minutes
chainrule exam --blueprint ten-minutes        a short one; --blueprint FILE takes your own
chainrule exam --resume                       goes on with the one that is open
chainrule exam --paper exam.html --key key.html      a form on paper with its answers
chainrule exam --report K7QM-3FXD --html report.html
"""
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("exam", cls=Command, epilog=example(EXAMPLES))
@click.option(
    "--blueprint", default="course", show_default=True, metavar="NAME", help="What it asks: a name or a file."
)
@click.option("--resume", is_flag=True, help="Go on with the exam that is open.")
@click.option("--list", "only_list", is_flag=True, help="List your exams and the blueprints that there are.")
@click.option("--paper", type=FILE, metavar="FILE", help="Write a form on paper instead, with --key.")
@click.option("--key", type=FILE, metavar="FILE", help="The answers to --paper, under the same form.")
@click.option("--of", "form", metavar="FORM", help="With --paper: of this exam, which was begun, not of a new form.")
@click.option("--report", metavar="FORM", help="The report on an exam that is over.")
@click.option("--html", type=FILE, metavar="FILE", help="Write the report as HTML too.")
@click.option("--seed", type=click.IntRange(min=0), help="Fixes what is drawn; by chance otherwise.")
@store_option
@json_option
def command(
    blueprint: str,
    resume: bool,
    only_list: bool,
    paper: Path | None,
    key: Path | None,
    form: str | None,
    report: str | None,
    html: Path | None,
    seed: int | None,
    store: str | None,
    as_json: bool,
) -> int:
    """Sit an exam against the clock.

    Answers are saved as you type them, and the clock is the program's: it goes on while you are away, and `--resume`
    comes back. Practising the same questions later never touches the exam's marks.
    """
    if (key is not None or form is not None) and paper is None:
        raise click.UsageError("--key and --of go with --paper: all are of one form")
    bank = open_bank()
    chance = random.SystemRandom() if seed is None else random.Random(f"exam:{seed}")
    if paper is not None:
        drawn = _drawn(bank, blueprint, chance) if form is None else _begun_before(store, bank, form, key)
        return _paper(drawn, paper, key, as_json=as_json)
    with open_store_option(store) as kept:
        if only_list:
            return _list(kept, as_json=as_json)
        if report is not None:
            return _report(kept, bank, report, html, as_json=as_json)
        running = _resumed(kept, bank) if resume else _begun(kept, bank, blueprint, chance)
        return _sit(kept, running, html, as_json=as_json)


def _begun(store: Store, bank: Bank, blueprint: str, chance: random.Random) -> Running:
    from chainrule.examining import begin, open_exams
    from chainrule.exams.blueprint import load_blueprint

    if found := open_exams(store):
        raise click.UsageError(
            f"the exam {found[-1].id} is open; go on with {command_line('exam', '--resume')}, and hand it in by :done"
        )
    return begin(store, bank, load_blueprint(blueprint, bank, bank_folders() or ()), chance=chance)


def _resumed(store: Store, bank: Bank) -> Running:
    from chainrule.examining import again, open_exams

    found = open_exams(store)
    if not found:
        raise click.UsageError(f"no exam is open; begin one with {command_line('exam')}")
    return again(store, bank, found[-1])


def _sit(store: Store, running: Running, html: Path | None, *, as_json: bool) -> int:
    from chainrule.examining import hand_in, one_by_one
    from chainrule.exams.clock import left_text
    from chainrule.grading import Grader
    from chainrule.keyboard import Keyboard, Silent
    from chainrule.sitting import Sitting
    from chainrule.store.records import now
    from chainrule.window_title import window_title
    from chainrule.wording import counted

    dialogue = Silent() if as_json else Keyboard()
    exam, form = running.exam, running.form
    _tell_lost(running, dialogue.say)
    limit = f", {left_text(running.clock.left(now()))}" if exam.minutes else ""
    dialogue.say(
        f"{exam.title}: form {exam.id}, {counted(len(form.items), 'question')}, {counted(form.marks, 'mark')}{limit}",
        "bold",
    )
    title = "Chainrule exam"
    with Grader() as grader, window_title(lambda: f"{title}: {left_text(running.clock.left(now()))}"):
        sitting = Sitting(
            exam, running.places, dict(store.drafts(exam.id)), store=store, dialogue=dialogue, grader=grader
        )
        sat = sitting.run()
        if sat.how == "left":
            dialogue.say(
                f"\nYour answers are saved. The clock goes on; come back with {command_line('exam', '--resume')}"
            )
            return Exit.INTERRUPTED if sat.interrupted else Exit.OK
        if store.ending(exam.id) is not None:
            dialogue.say("It was handed in before, in another window; those marks stand.", "yellow")
        dialogue.say("Grading ...", "dim")
        ended = hand_in(store, running, one_by_one(grader), "time" if sat.how == "time" else "handed-in")
    return _told(running, ended, html, as_json=as_json)


def _tell_lost(running: Running, tell: Callable[[str], None]) -> None:
    for family in running.lost:
        tell(f"{family} was changed since; it is left out, and its marks with it.")


def _report(store: Store, bank: Bank, id: str, html: Path | None, *, as_json: bool) -> int:
    from chainrule.examining import again, ended

    running = again(store, bank, exam_of(store, id))
    found = ended(store, running)
    if found is None:
        raise click.UsageError(f"the exam {id} is still open; go on with {command_line('exam', '--resume')}")
    if not as_json:
        _tell_lost(running, say)
    return _told(running, found, html, as_json=as_json)


def _told(running: Running, ended: Ended, html: Path | None, *, as_json: bool) -> int:
    """Marks and grade, by topic; the report as HTML where it is wanted."""
    from chainrule.wording import counted

    if html is not None:
        from chainrule import files
        from chainrule.exams.exam_report import exam_report

        files.write(html, exam_report(running.form, ended.graded, ended.result, seconds=ended.seconds))
    if as_json:
        say_json(_record(running, ended))
        return Exit.OK
    total, grade = ended.result.total, ended.result.grade
    say(
        f"{total.earned:g} of {counted(total.possible, 'mark')}, {total.percent:.0f} %{f': {grade}' if grade else ''}",
        style="bold",
    )
    table(["topic", "marks", "of"], [[one.name, f"{one.earned:g}", f"{one.possible:g}"] for one in ended.result.topics])
    if html is not None:
        say(f"Wrote {html}")
    else:
        again = command_line("exam", "--report", running.exam.id, "--html", "report.html")
        say(f"The report with every answer: {again}")
    return Exit.OK


def _record(running: Running, ended: Ended) -> dict[str, Any]:
    from chainrule.records import graded_record

    result = ended.result
    return {
        "form": running.exam.id,
        "how": ended.ending.how,
        "earned": result.total.earned,
        "possible": result.total.possible,
        "grade": result.grade,
        "topics": [{"topic": one.name, "earned": one.earned, "possible": one.possible} for one in result.topics],
        "parts": graded_record(ended.graded)["parts"],
    }


def _list(store: Store, *, as_json: bool) -> int:
    from chainrule.exams.blueprint import blueprint_files

    rows = [_row(store, exam) for exam in store.exams()]
    names = sorted(blueprint_files(bank_folders() or ()))
    if as_json:
        say_json({"exams": rows, "blueprints": names})
        return Exit.OK
    if rows:
        table(list(rows[0]), [[str(value) for value in row.values()] for row in rows])
    say(f"Blueprints: {', '.join(names)}")
    return Exit.OK


def _row(store: Store, exam: Exam) -> dict[str, Any]:
    ending = store.ending(exam.id)
    earned = sum(one.score * one.attempt.marks for one in store.judged(exam.learner, exam=exam.id))  # as judged by now
    marks = f"{earned:g} of {ending.possible:g}" if ending else "open"
    return {"form": exam.id, "title": exam.title, "begun": f"{exam.at.astimezone():%Y-%m-%d %H:%M}", "marks": marks}


def _drawn(bank: Bank, blueprint: str, chance: random.Random) -> Form:
    """A new form."""
    from chainrule.exams.blueprint import load_blueprint
    from chainrule.exams.form import draw_form

    return draw_form(bank, load_blueprint(blueprint, bank, bank_folders() or ()), chance=chance)


def _begun_before(store: str | None, bank: Bank, id: str, key: Path | None) -> Form:
    """The form of an exam in the store; without a key as long as it is open."""
    from chainrule.examining import again

    with open_store_option(store) as kept:
        exam = exam_of(kept, id)
        if key is not None and kept.ending(exam.id) is None:
            raise click.UsageError(f"the exam {id} is open; its key can be printed when it is over")
        return again(kept, bank, exam).form


def _paper(form: Form, paper: Path, key: Path | None, *, as_json: bool) -> int:
    """The form on paper, and its key."""
    from chainrule import files
    from chainrule.exams.exam_paper import exam_key, exam_paper

    pages = [(paper, exam_paper(form))]
    if key is not None:
        pages.append((key, exam_key(form)))
    for path, text in pages:
        files.write(path, text)
    if as_json:
        say_json({"form": form.id, "files": [str(path) for path, _ in pages]})
    else:
        for path, _ in pages:
            say(f"Wrote {path}, form {form.id}")
    return Exit.OK
