"""`chainrule appeals`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from chainrule.options import (
    Command,
    Exit,
    bank_folders,
    command_line,
    example,
    json_option,
    open_bank,
    open_store_option,
    store_option,
)
from chainrule.terminal import say, say_json

if TYPE_CHECKING:
    from chainrule.store.appealed import Appealed
    from chainrule.store.store import Store

EXAMPLES = """
chainrule appeals
chainrule appeals --accept 3f2a --why "the sum may be written as a mean" --for-all
chainrule appeals --decline 3f2a --why "the question asks for the sum"
"""


@click.command("appeals", cls=Command, epilog=example(EXAMPLES))
@click.option("--all", "everything", is_flag=True, help="Also those that are decided.")
@click.option("--accept", metavar="ID", help="The answer is right: the question takes it from now on.")
@click.option("--decline", metavar="ID", help="The verdict stands.")
@click.option("--why", default="", help="The reason, which the learner is told. Needed to accept or decline.")
@click.option("--for-all", is_flag=True, help="With --accept: right for all values, not for these alone.")
@store_option
@json_option
def command(
    everything: bool,
    accept: str | None,
    decline: str | None,
    why: str,
    for_all: bool,
    store: str | None,
    as_json: bool,
) -> int:
    """Decide about answers that learners think are right.

    Without an option they are listed. Accepting one adds the answer to its question's file as a further right one, and
    judges everybody's answers to that question anew.
    """
    if accept and decline:
        raise click.UsageError("--accept and --decline exclude each other")
    if (accept or decline) and not why.strip():
        raise click.UsageError("--why is missing: the learner is told the reason")
    with open_store_option(store) as kept:
        if accept:
            return _accept(kept, _found(kept, accept), why, for_all=for_all, as_json=as_json)
        if decline:
            return _decline(kept, _found(kept, decline), why, as_json=as_json)
        return _list(kept, everything=everything, as_json=as_json)


def _found(store: Store, id: str) -> Appealed:
    """The open appeal whose id begins so."""
    found = [one for one in store.appeals() if one.appeal.id.startswith(id)]
    if len(found) != 1:
        what = "no open appeal" if not found else f"{len(found)} open appeals"
        raise click.UsageError(f"{what} with an id that begins {id!r}; `{command_line('appeals')}` lists them")
    return found[0]


def _list(store: Store, *, everything: bool, as_json: bool) -> int:
    found = store.appeals(open_only=not everything)
    if as_json:
        say_json([_record(one) for one in found])
        return Exit.OK
    for one in found:
        judged = one.judged
        state = (
            ""
            if one.decision is None
            else f"  {'accepted' if one.decision.accepted else 'declined'}: {one.decision.says}"
        )
        say(f"{one.appeal.id[:8]}  {one.appeal.at.astimezone():%Y-%m-%d %H:%M}  {_question(one)}{state}", style="bold")
        say(f"  answer   {_below(judged.attempt.answer)}")
        reading = f", read as {_below(judged.attempt.reading)}" if judged.attempt.reading else ""
        say(f"  judged   {judged.outcome}{reading}")
        if one.appeal.note:
            say(f"  note     {one.appeal.note}")
        look = command_line("show", judged.item.family, "--seed", str(judged.item.seed), "--solution")
        say(f"  look at  {look}")
    if not found:
        say("Nobody thinks that an answer was judged wrongly.")
    return Exit.OK


def _accept(store: Store, one: Appealed, why: str, *, for_all: bool, as_json: bool) -> int:
    from chainrule.also import add_also, family_file
    from chainrule.grading import Grader
    from chainrule.recording import variant_of
    from chainrule.regrading import regrade
    from chainrule.store.records import Decision
    from chainrule.wording import counted

    bank = open_bank()
    item, attempt = one.judged.item, one.judged.attempt
    family = bank.family(item.family)
    if variant_of(item, bank) is None:
        raise click.UsageError(
            f"{item.family} draws other values by now than when this was answered, so its key says nothing about the "
            "answer; decline it, and tell the learner so"
        )
    path = family_file(item.family, bank_folders())
    added = add_also(
        family, path, part=attempt.part, answer=attempt.answer.strip(), why=why, seed=item.seed, for_all=for_all
    )
    repaired = open_bank()
    store.add(Decision(one.appeal.id, True, why))
    with Grader() as grader:
        found = regrade(store.judged(None, family=item.family), repaired, grader, store, reason=why)
    if as_json:
        say_json({"accepted": one.appeal.id, "file": str(path), "changed": len(found.changes)})
    else:
        known = added is family
        say(f"{path} takes it already; nothing was added." if known else f"Added to {path}: {attempt.answer.strip()}")
        check = command_line("bank check", item.family)
        say(f"{counted(len(found.changes), 'answer')} judged anew changed. Check the question: {check}")
    return Exit.OK


def _decline(store: Store, one: Appealed, why: str, *, as_json: bool) -> int:
    from chainrule.store.records import Decision

    store.add(Decision(one.appeal.id, False, why))
    if as_json:
        say_json({"declined": one.appeal.id})
    else:
        say("The verdict stands; the learner is told why.")
    return Exit.OK


def _below(text: str) -> str:
    """The text with its further lines below the first."""
    return text.strip().replace("\n", "\n" + " " * 11)


def _question(one: Appealed) -> str:
    item, part = one.judged.item, one.judged.attempt.part
    return f"{item.family}@{item.seed} part {part}"


def _record(one: Appealed) -> dict[str, Any]:
    judged, decision = one.judged, one.decision
    return {
        "appeal": one.appeal.id,
        "at": one.appeal.at.isoformat(),
        "question": judged.item.family,
        "seed": judged.item.seed,
        "part": judged.attempt.part,
        "answer": judged.attempt.answer,
        "outcome": judged.outcome,
        "note": one.appeal.note,
        "decision": None if decision is None else {"accepted": decision.accepted, "says": decision.says},
    }
