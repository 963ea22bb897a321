"""`chainrule bank check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Command, Exit, example, json_option, open_bank
from chainrule.terminal import progress, say, say_json, table

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.check import Report

EXAMPLES = """
chainrule bank check --seeds 200
chainrule bank check layers convolution.output-size
"""


@click.command("check", cls=Command, epilog=example(EXAMPLES))
@click.argument("names", nargs=-1, metavar="[ID|TOPIC]...")
@click.option(
    "--seeds", type=click.IntRange(1, 10_000), default=3, show_default=True, help="Variants of each question."
)
@json_option
def command(names: tuple[str, ...], seeds: int, as_json: bool) -> int:
    """Check the promises that every question keeps.

    Checks all questions, or those named. Says file and line of what is broken.
    """
    from questions.broken import grouped

    bank = open_bank()
    reports = _check(bank, _chosen(bank, names), seeds, quiet=as_json)
    broken = [str(each) for report in reports for each in report.broken]
    if as_json:
        say_json([_record(report) for report in reports])
    else:
        table(("question", "promises", "steps", "rarest mistake"), [_row(report) for report in reports])
        for line in grouped([each for report in reports for each in report.broken], seeds):
            say(line, style="red")
        say(_summary(reports, seeds, unloaded=len({fault.file for fault in bank.faults})), style="bold")
    return Exit.NOT_RIGHT if broken or bank.faults else Exit.OK


def _chosen(bank: Bank, names: tuple[str, ...]) -> list[str]:
    """Ids of the questions named, in the bank's order; a topic names all of its questions."""
    topics = {topic: ids for topic, (_, ids) in bank.topics().items()}
    wanted = [id for name in names for id in (topics.get(name) or [bank.family(name).id])]
    return [id for ids in topics.values() for id in ids if not names or id in wanted]


def _check(bank: Bank, ids: list[str], seeds: int, *, quiet: bool) -> list[Report]:
    from grader.prover import Prover
    from grader.sandbox import Sandbox
    from questions.check import check_family

    reports = []
    with Sandbox() as sandbox, Prover() as prover, progress("checking", quiet=quiet) as advance:
        for done, id in enumerate(ids):
            advance(done, len(ids))
            reports.append(check_family(bank.family(id), range(seeds), sandbox=sandbox, prover=prover))
    return reports


def _row(report: Report) -> tuple[str, str, str, str]:
    shares = [(share, name) for part in report.active.values() for name, share in part.items()]
    rarest = f"{min(shares)[1]}: {min(shares)[0]:.0%} of variants" if shares else ""
    proofs = ", ".join(dict.fromkeys(evidence.value for evidence in report.proofs.values()))
    return report.family, "kept" if report.ok else f"{len(report.broken)} broken", proofs, rarest


def _summary(reports: list[Report], seeds: int, *, unloaded: int) -> str:
    broken = sum(not report.ok for report in reports)
    if broken:
        state = f"{broken} with broken promises"
    elif not reports:
        state = "nothing was checked"
    else:
        state = "every promise kept by those that were loaded" if unloaded else "every promise kept"
    more = f"; files not loaded: {unloaded}" if unloaded else ""
    return f"questions: {len(reports)}, variants of each: {seeds}; {state}{more}"


def _record(report: Report) -> dict[str, Any]:
    return {
        "question": report.family,
        "seeds": len(report.seeds),
        "ok": report.ok,
        "broken": [str(each) for each in report.broken],
        "active": report.active,
        "proofs": {part: evidence.value for part, evidence in report.proofs.items()},
    }
