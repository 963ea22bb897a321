"""`chainrule bank check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Command, Exit, bank_folders, example, json_option, open_bank
from chainrule.terminal import progress, say, say_json, table

if TYPE_CHECKING:
    from questions.bank import Bank
    from questions.check import Report
    from questions.checking import Checked

EXAMPLES = """
chainrule bank check --seeds 200
chainrule bank check layers convolution.output-size
"""


@click.command("check", cls=Command, epilog=example(EXAMPLES))
@click.argument("names", nargs=-1, metavar="[ID|TOPIC]...")
@click.option(
    "--seeds", type=click.IntRange(1, 10_000), default=3, show_default=True, help="Variants of each question."
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes; by default as many as there are CPUs.")
@click.option("--again", is_flag=True, help="Check also what was checked before and has not changed.")
@json_option
def command(names: tuple[str, ...], seeds: int, jobs: int | None, again: bool, as_json: bool) -> int:
    """Check the promises that every question keeps.

    Checks all questions, or those named. Says file and line of what is broken. What kept every promise before is not
    checked again while its file, the functions that it names and Chainrule itself are unchanged.
    """
    from chainrule.machine import cpus
    from questions.broken import grouped

    bank = open_bank()
    ids = _chosen(bank, names)
    checked = _check(bank, ids, seeds, jobs=jobs or cpus(), again=again, quiet=as_json)
    reports = [each.report for each in checked]
    broken = [str(each) for report in reports for each in report.broken]
    if as_json:
        say_json([_record(each) for each in checked])
    else:
        table(("question", "promises", "variants", "steps", "rarest mistake"), [_row(report) for report in reports])
        for line in grouped([each for report in reports for each in report.broken], seeds):
            say(line, style="red")
        say(_summary(checked, seeds, unloaded=len({fault.file for fault in bank.faults})), style="bold")
    unloaded = bank.faults and not names  # a file that is not named may be somebody else's half-written one
    return Exit.NOT_RIGHT if broken or unloaded else Exit.OK


def _chosen(bank: Bank, names: tuple[str, ...]) -> list[str]:
    """Ids of the questions named, in the bank's order; a topic names all of its questions."""
    topics = {topic: ids for topic, (_, ids) in bank.topics().items()}
    wanted = [id for name in names for id in (topics.get(name) or [bank.family(name).id])]
    return [id for ids in topics.values() for id in ids if not names or id in wanted]


def _check(bank: Bank, ids: list[str], seeds: int, *, jobs: int, again: bool, quiet: bool) -> list[Checked]:
    """The reports in the order of the ids."""
    from questions.checking import check_families

    found: dict[str, Checked] = {}
    with progress("checking", quiet=quiet) as advance:
        advance(0, len(ids))
        for each in check_families(bank, ids, range(seeds), folders=bank_folders(), jobs=jobs, again=again):
            found[each.report.family] = each
            advance(len(found), len(ids))
    return [found[id] for id in ids]


def _row(report: Report) -> tuple[str, ...]:
    shares = [(share, name) for part in report.active.values() for name, share in part.items()]
    rarest = f"{min(shares)[1]}: {min(shares)[0]:.0%} of variants" if shares else ""
    proofs = ", ".join(dict.fromkeys(evidence.value for evidence in report.proofs.values()))
    state = "kept" if report.ok else f"{len(report.broken)} broken"
    return report.family, state, str(report.variants), proofs, rarest


def _summary(checked: list[Checked], seeds: int, *, unloaded: int) -> str:
    broken = sum(not each.report.ok for each in checked)
    if broken:
        state = f"{broken} with broken promises"
    elif not checked:
        state = "nothing was checked"
    else:
        state = "every promise kept by those that were loaded" if unloaded else "every promise kept"
    more = f"; files not loaded: {unloaded}" if unloaded else ""
    kept = sum(each.kept for each in checked)
    known = f" ({kept} known from before)" if kept else ""
    fewer = [f"{each.report.family} {len(each.report.seeds)}" for each in checked if len(each.report.seeds) < seeds]
    but = f" (slow ones have fewer: {', '.join(fewer)})" if fewer else ""
    return f"questions: {len(checked)}{known}, variants of each: {seeds}{but}; {state}{more}"


def _record(checked: Checked) -> dict[str, Any]:
    report = checked.report
    return {
        "question": report.family,
        "seeds": len(report.seeds),
        "variants": report.variants,
        "known": checked.kept,
        "ok": report.ok,
        "broken": [str(each) for each in report.broken],
        "active": report.active,
        "proofs": {part: evidence.value for part, evidence in report.proofs.items()},
    }
