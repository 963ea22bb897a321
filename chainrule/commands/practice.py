"""`chainrule practice`."""

from __future__ import annotations

import random
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import (
    Command,
    Exit,
    Minutes,
    command_line,
    exam_of,
    example,
    json_option,
    open_bank,
    open_store_option,
    store_option,
)
from chainrule.terminal import complain, say, say_json, table

if TYPE_CHECKING:
    from chainrule.practising import Practised, Source
    from chainrule.schedule.planned import Planned
    from chainrule.standing import Standing
    from chainrule.store.records import Record
    from chainrule.store.store import Store
    from questions.bank import Bank

EXAMPLES = """
chainrule practice                       what is due, and new material, for about 20 minutes
chainrule practice --exam 2027-01-18     from now on with the exam in view
chainrule practice --quick 5             five minutes in between
chainrule practice --list                what would be asked
"""


@click.command("practice", cls=Command, epilog=example(EXAMPLES))
@click.option("--minutes", type=Minutes(1, 600), help="How long.  [default: 20, or what the plan says]")
@click.option("--quick", type=Minutes(1, 60), help="A few minutes in between, on what you know.")
@click.option("--exam", metavar="DATE", help="The day of your exam, kept from now on; `none` forgets it.")
@click.option("--topic", "topics", multiple=True, help="This topic only; repeatable. With --exam: the exam's topics.")
@click.option("--minutes-a-day", type=Minutes(1, 960), help="How long you mean to practise a day; kept.")
@click.option("--again", "form", metavar="FORM", help="The questions of an exam that is over; its marks stay.")
@click.option("--seed", type=click.IntRange(min=0), help="Fixes what is drawn; by chance otherwise.")
@click.option("--list", "only_list", is_flag=True, help="Say what would be asked, and ask nothing.")
@store_option
@json_option
def command(
    minutes: float | None,
    quick: float | None,
    exam: str | None,
    topics: tuple[str, ...],
    minutes_a_day: float | None,
    form: str | None,
    seed: int | None,
    only_list: bool,
    store: str | None,
    as_json: bool,
) -> int:
    """Practise what is due today, with new values each time.

    What you answered and how well decides when a question comes again. Every answer is kept as soon as it is judged.
    """
    from chainrule.dates import local_now
    from chainrule.practice_queue import PracticeQueue
    from chainrule.standing import standing
    from chainrule.today import where_text

    bank = open_bank()
    _refuse_unknown(topics, bank)
    chosen = random.SystemRandom().randrange(1_000_000) if seed is None else seed
    with open_store_option(store) as kept:
        _keep_settings(kept, exam, topics, minutes_a_day)
        stand = standing(kept, bank, local_now())
        planned, length = _planned(stand, minutes, quick, topics if exam is None else (), chosen)
        if only_list:
            return _list(stand, planned, as_json=as_json)
        places = stand.settings.places
        source: Source = PracticeQueue(planned, stand.cards, stand.at, minutes=length, seed=chosen, places=places)
        if form is not None:
            source = _once_more(kept, bank, form)
        return _practise(kept, bank, source, where_text(stand), chosen, as_json=as_json)


def _refuse_unknown(topics: tuple[str, ...], bank: Bank) -> None:
    from chainrule.quiz import unknown

    for topic in topics:
        if topic not in bank.topics():
            raise click.UsageError(unknown("topic", topic, list(bank.topics())))


def _keep_settings(store: Store, exam: str | None, topics: tuple[str, ...], minutes_a_day: float | None) -> None:
    from chainrule.dates import date_of, local_now
    from chainrule.standing import BEGAN, EXAM, MINUTES, TOPICS
    from chainrule.store.records import Setting

    today = local_now().date()
    if exam is not None:
        day = "" if exam == "none" else date_of(exam).isoformat()
        if day and date_of(day) < today:
            raise click.UsageError(f"the exam of {day} is over; --exam wants a day that is still to come")
        store.add(Setting(EXAM, day), Setting(TOPICS, " ".join(topics)), Setting(BEGAN, today.isoformat()))
    if minutes_a_day is not None:
        store.add(Setting(MINUTES, f"{minutes_a_day:g}"))


def _planned(
    stand: Standing, minutes: float | None, quick: float | None, topics: tuple[str, ...], seed: int
) -> tuple[tuple[Planned, ...], float]:
    """What to ask, and for how many minutes."""
    from datetime import timedelta

    from chainrule.schedule.plan import quick as few
    from chainrule.today import planned

    if quick is not None:
        day = stand.exam or stand.at + timedelta(days=1)
        found = few(stand.cards, stand.families, stand.at, day, minutes=quick, settings=stand.settings, seed=seed)
        return found or stand.queue(quick, topics, seed), quick
    return planned(stand, minutes, topics, seed)


def _list(stand: Standing, planned: tuple[Planned, ...], *, as_json: bool) -> int:
    from chainrule.today import where_text

    if as_json:
        say_json([_record(one) for one in planned])
        return Exit.OK
    say(where_text(stand), style="bold")
    rows = [[one.family, one.reason, f"{one.recall:.0%}", f"{one.minutes:.0f} min"] for one in planned]
    table(["question", "why", "recall", "time"], rows)
    if (plan := stand.plan()) is not None and plan.last:
        say(f"Weakest by now, for the last day: {', '.join(plan.last[:8])}")
    return Exit.OK


def _once_more(store: Store, bank: Bank, form: str) -> Source:
    """The questions of an exam that is over, to be practised; one that was changed since is left out, and told."""
    from chainrule.practice_queue import OnceMore
    from chainrule.recording import variant_of

    exam = exam_of(store, form)
    if store.ending(exam.id) is None:
        raise click.UsageError(f"the exam {form} is open; hand it in first, with {command_line('exam', '--resume')}")
    items = store.exam_items(exam.id)
    kept = [item for item in items if variant_of(item, bank) is not None]
    for item in items:
        if item not in kept:
            complain(f"chainrule: {item.family} was changed since, so that it is left out")
    if not kept:
        raise click.UsageError(f"no question of the exam {form} can be drawn again; is a --bank missing?")
    return OnceMore(kept)


def _practise(store: Store, bank: Bank, source: Source, where: str, seed: int, *, as_json: bool) -> int:
    from chainrule.exams.clock import span_text
    from chainrule.grading import Grader
    from chainrule.keyboard import Keyboard, Silent
    from chainrule.news import news
    from chainrule.practising import Practice
    from chainrule.window_title import window_title

    dialogue = Silent() if as_json else Keyboard()
    for line in () if as_json else news(store, bank):  # what nobody sees is not told yet
        dialogue.say(line, "yellow")
    dialogue.say(where, "bold")
    start = monotonic()
    with Grader() as grader, window_title(lambda: f"Chainrule: {span_text(monotonic() - start)}"):
        practice = Practice(bank, store, dialogue, grader, random.Random(f"practice:{seed}"), tell=_teller(as_json))
        practised = practice.run(source)
    if not practised.done and not practised.ended:
        dialogue.say("Nothing is due and nothing is new here; another --topic, or more --minutes, may have some.")
        return Exit.OK
    dialogue.say(_summary(practised), "bold")
    return Exit.INTERRUPTED if practised.interrupted else Exit.OK


def _teller(as_json: bool) -> Any:
    from chainrule.store.wire import line

    def tell(record: Record) -> None:
        if as_json:
            click.echo(line(record))

    return tell


def _summary(practised: Practised) -> str:
    from chainrule.schedule.rating import WHOLE
    from chainrule.wording import counted

    answered = [done for done in practised.done if done.attempts]
    if not answered:
        return "\nNothing was answered."
    right = sum(done.score > WHOLE for done in answered)
    minutes = practised.seconds / 60
    return f"\n{counted(len(answered), 'question')} in {minutes:.0f} min, {right} right at once. All of it is kept."


def _record(one: Planned) -> dict[str, object]:
    return {"question": one.family, "why": one.reason, "recall": round(one.recall, 4), "minutes": round(one.minutes, 2)}
