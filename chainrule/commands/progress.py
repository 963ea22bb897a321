"""`chainrule progress`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chainrule.options import Command, Exit, example, json_option, open_bank, open_store_option, store_option
from chainrule.terminal import say, say_json, table

if TYPE_CHECKING:
    from chainrule.progressing import Progress
    from chainrule.standing import Standing

SHADES = " ·▒▓█"
WEEKS = 5  # that fit a line of 80 columns
EXAMPLES = """
chainrule progress
chainrule progress --topic layers
chainrule progress --html progress.html
"""


@click.command("progress", cls=Command, epilog=example(EXAMPLES))
@click.option("--topic", help="The questions of one topic.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="As a page, with pictures."
)
@store_option
@json_option
def command(topic: str | None, html: Path | None, store: str | None, as_json: bool) -> int:
    """Show what you know, and what an exam would bring.

    Known is what you are likely to recall now, times how well you did; mastered is both at 80 % or more. The forecast
    plays exams from what you are likely to recall on that day and how you scored; it has been tried on simulated
    learners only (`python benchmarks/schedule.py`).
    """
    from chainrule.dates import local_now
    from chainrule.progressing import progress
    from chainrule.quiz import unknown
    from chainrule.standing import standing

    bank = open_bank()
    if topic is not None and topic not in bank.topics():
        raise click.UsageError(unknown("topic", topic, list(bank.topics())))
    with open_store_option(store) as kept:
        stand = standing(kept, bank, local_now())
    found = progress(stand, bank)
    if html is not None:
        from chainrule import files
        from chainrule.progress_page import progress_page

        files.write(html, progress_page(found, stand))
    if as_json:
        say_json(_record(found, stand))
    elif topic is not None:
        _tell_topic(found, topic)
    else:
        _tell(found, stand)
    if html is not None and not as_json:
        say(f"Wrote {html}")
    return Exit.OK


def _tell(found: Progress, stand: Standing) -> None:
    from chainrule.dates import days_text
    from chainrule.wording import counted

    rows = [
        [
            one.title,
            f"{one.seen} of {one.families}",
            str(one.mastered),
            str(one.due),
            f"{one.known:.0%}" if one.seen else "",
        ]
        for one in found.topics
    ]
    table(["topic", "seen", "mastered", "due", "known"], rows)
    say(f"Last {WEEKS} weeks: [{strip(found)}] {counted(found.streak, 'day')} in a row")
    for one in found.mistakes[:5]:
        say(f"{one.times} times in “{one.title}”: {one.says}")
    if found.forecast is None:
        say("No forecast yet: practise first, with `chainrule practice`.")
        return
    score = found.forecast.score
    days = (found.forecast.day.date() - stand.at.date()).days
    say(
        f"An exam {days_text(days)} would bring about {score.mean:.0%} of the marks; "
        f"8 of 10 such exams between {score.low:.0%} and {score.high:.0%}.",
        style="bold",
    )


def _tell_topic(found: Progress, topic: str) -> None:
    rows = [
        [
            one.title,
            one.family,
            str(one.reviews),
            f"{one.score:.0%}",
            f"{one.recall:.0%}",
            str(one.streak),
            str(one.due),
        ]
        for one in found.families
        if one.family.startswith(f"{topic}.")
    ]
    if rows:
        table(["question", "id", "times", "score", "recall", "streak", "due"], rows)
    else:
        say("Nothing of this topic was asked yet.")


def strip(found: Progress) -> str:
    """One sign a day, darker for more minutes."""
    days = [minutes for _, minutes in found.days[-7 * WEEKS :]]
    most = max(days, default=0.0)
    return "".join(SHADES[0 if not m else 1 + min(3, int(3.999 * m / most))] for m in days)


def _record(found: Progress, stand: Standing) -> dict[str, Any]:
    ahead = found.forecast
    return {
        "topics": [asdict(one) for one in found.topics],
        "questions": [{**asdict(one), "due": one.due.isoformat()} for one in found.families],
        "mistakes": [asdict(one) for one in found.mistakes],
        "minutes": {day.isoformat(): round(minutes, 1) for day, minutes in found.days if minutes},
        "streak": found.streak,
        "exam": stand.exam.date().isoformat() if stand.exam else None,
        "forecast": None if ahead is None else {"day": ahead.day.date().isoformat(), **asdict(ahead.score)},
    }
