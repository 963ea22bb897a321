"""`chainrule grade-class`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Command, Exit, bank_folders, example, json_option, open_bank
from chainrule.terminal import complain, say, say_json, table

if TYPE_CHECKING:
    from chainrule.bulk.executors import Tls
    from chainrule.bulk.running import Run
    from chainrule.bulk.summary import Summary

EXAMPLES = """
chainrule grade-class submissions.zip --assignment homework.yaml --out graded --roster class.csv
chainrule grade-class submissions/ --assignment homework.yaml --out graded --cluster tcp://scheduler:8786
"""
OUTCOMES = ("right", "partial", "wrong", "unreadable", "undecided", "unanswered", "fault")
SHOWN = 20  # faults that are listed
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("grade-class", cls=Command, epilog=example(EXAMPLES))
@click.argument("submissions", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--assignment", type=FILE, required=True, metavar="FILE", help="What was asked: an assignment, or a quiz."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="OUT", help="Where to.")
@click.option("--roster", type=FILE, metavar="CSV", help="The class: id, name, email, canvas id.")
@click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Processes that judge.  [default: one a core]")
@click.option("--cluster", metavar="URL", help="Judge on this Dask cluster, as in tcp://scheduler:8786.")
@click.option("--tls-ca", type=FILE, metavar="FILE", help="Certificate authority of the cluster.")
@click.option("--tls-cert", type=FILE, metavar="FILE", help="Our certificate from it.")
@click.option("--tls-key", type=FILE, metavar="FILE", help="The key of that certificate.")
@click.option("--again", is_flag=True, help="Judge everything, also what an earlier run has judged.")
@click.option("--reveal", is_flag=True, help="Show students the right answers and the worked solutions.")
@click.option(
    "--device", type=click.Choice(("auto", "cpu", "cuda")), default="cpu", show_default=True,
    help="Where code that uses PyTorch runs: auto takes a GPU if there is one.",
)  # fmt: skip
@json_option
def command(
    submissions: Path,
    assignment: Path,
    out: Path,
    roster: Path | None,
    jobs: int | None,
    cluster: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    again: bool,
    reveal: bool,
    device: str,
    as_json: bool,
) -> int:
    """Grade what a class handed in.

    DIR is a folder, or a zip file as Canvas, Moodle and Gradescope deliver it, with a folder or files for each student.
    OUT gets results, gradebooks, a page for each student and a report. Each answer is judged by itself, and kept when
    it is: after Ctrl-C, or whatever else, the same command goes on where it stopped. The same answers give the same
    results, however many processes judge.
    """
    if out.resolve() == submissions.resolve():
        raise click.UsageError("--out is the folder of submissions; name another")
    if cluster and jobs:
        raise click.UsageError(
            "--jobs counts processes on this machine, --cluster takes those of the cluster; give one"
        )
    tls = _tls(tls_ca, tls_cert, tls_key, cluster)
    own = [file for file in (assignment, roster, tls_ca, tls_cert, tls_key) if file]
    run = _run(submissions, assignment, out, roster, _opener(jobs, cluster, tls), own)
    return _graded(partial(run, device=device, again=again, reveal=reveal), out, again=again, as_json=as_json)


def _tls(ca: Path | None, cert: Path | None, key: Path | None, cluster: str | None) -> Tls | None:
    if not (ca or cert or key):
        return None
    if not (ca and cert and key and cluster):
        raise click.UsageError("--tls-ca, --tls-cert and --tls-key go together, with --cluster")
    from chainrule.bulk.executors import Tls

    return Tls(ca, cert, key)


def _opener(jobs: int | None, cluster: str | None, tls: Tls | None) -> Callable[[], Any]:
    from chainrule.bulk.executors import open_executor

    return lambda: open_executor(jobs=jobs, cluster=cluster or "", tls=tls)


def _run(
    submissions: Path, assignment: Path, out: Path, roster: Path | None, open: Callable[[], Any], own: list[Path]
) -> Callable[..., Run]:
    """What makes the run, once everything that was named has been read. Raises what reading raises."""
    from chainrule.bulk.assignment import load_assignment
    from chainrule.bulk.roster import read_roster
    from chainrule.bulk.running import Run

    bank = open_bank()
    asked = load_assignment(assignment, bank, bank_folders() or ())
    students = read_roster(roster) if roster else None
    return partial(Run, submissions, asked, bank, out, open, students, own=own)


def _graded(run: Callable[[], Run], out: Path, *, again: bool, as_json: bool) -> int:
    from chainrule.bulk.collector import seldom_collecting
    from chainrule.bulk.progress import watching
    from chainrule.bulk.running import grade_class

    try:
        with watching(quiet=as_json) as watcher, seldom_collecting():
            summary = grade_class(run(), watcher)
    except KeyboardInterrupt:
        same = "the same command without --again" if again else "the same command"
        complain(f"chainrule: interrupted; what was judged is kept in {out}, {same} goes on from there")
        return Exit.INTERRUPTED
    if as_json:
        say_json({**summary.record(), "out": str(out)})
    else:
        _tell(summary, out)
    if not summary.handed_in:
        complain("chainrule: nobody handed in anything that could be taken; is it the right folder?")
        return Exit.USAGE
    return Exit.OK if summary.sound else Exit.FAULT


def _tell(summary: Summary, out: Path) -> None:
    """Prints a row for each question, then counts, rate and what broke."""
    shown = [name for name in OUTCOMES if any(row.outcomes[name] for row in summary.rows.values())]
    rows = [
        (str(number), row.family, *(str(row.outcomes[name] or "") for name in shown), _share(row.earned, row.possible))
        for number, row in sorted(summary.rows.items())
    ]
    if rows:
        table(("", "question", *shown, "marks"), rows)
    say(counts_line(summary), style="bold")
    say(rate_line(summary))
    say(f"Results: {out}")
    for one in summary.faults[:SHOWN]:
        complain(f"chainrule: not judged: {one.student}, {one.number}. {one.family} ({one.part}): {one.what}")
    if len(summary.faults) > SHOWN:
        complain(f"chainrule: not judged: {len(summary.faults) - SHOWN} more; results.jsonl has them all")
    for lost in summary.lost:
        complain(f"chainrule: not read: {lost.student}: {lost.what}")
    if not summary.sound:
        complain("chainrule: the same command judges again what a fault of ours kept from being judged")


def _share(earned: float, possible: float) -> str:
    return f"{earned / possible:.0%}" if possible else ""


def counts_line(summary: Summary) -> str:
    """`120 students, 118 handed in; 480 answers: 400 judged, 60 kept from before, 20 given twice.`"""
    same = f", {summary.same} the same as another's" if summary.same else ""
    kept = f", {summary.kept} kept from before" if summary.kept else ""
    answers = f"{summary.answers} answers: {summary.judged} judged{kept}{same}"
    return f"{summary.students} students, {summary.handed_in} handed in; {answers}."


def rate_line(summary: Summary) -> str:
    """`Judged in 0:42, 9.5 answers a second.`"""
    from chainrule.bulk.progress import duration

    rate = f", {summary.judged / summary.seconds:.3g} answers a second" if summary.judged and summary.seconds else ""
    return f"Judged in {duration(summary.seconds)}{rate}."
