"""Progress as a page: topics, a strip of days, the forecast by day, mistakes that come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from markupsafe import Markup

from chainrule.pages import rendered
from chainrule.pictures import picture_svg
from chainrule.progressing import Progress
from chainrule.standing import Standing
from solutions.drawings import Plot, Series

CELL, GAP, WEEK = 13, 3, 7
LEVELS = 4


def progress_page(found: Progress, stand: Standing) -> str:
    """The page: one file that asks for nothing."""
    return rendered(
        "progress.html",
        title="Progress",
        progress=found,
        exam=stand.exam,
        at=stand.at,
        strip=strip_svg(found.days),
        curve=curve_svg(found, stand.at),
    )


def strip_svg(days: Sequence[tuple[date, float]]) -> Markup:
    """A column for each week, a cell for each day, darker for more minutes."""
    most = max((minutes for _, minutes in days), default=0.0)
    first = days[0][0].weekday()
    cells = []
    for place, (day, minutes) in enumerate(days, start=first):
        level = 0 if not minutes else 1 + min(LEVELS - 1, int(LEVELS * minutes / most * 0.999))
        x, y = (place // WEEK) * (CELL + GAP), (place % WEEK) * (CELL + GAP)
        text = f"{day}: {minutes:.0f} min"
        cells.append(
            Markup(
                '<rect class="day day-{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}</title></rect>'
            ).format(level, x, y, CELL, CELL, text)
        )
    width = ((first + len(days) - 1) // WEEK + 1) * (CELL + GAP)
    total = sum(minutes for _, minutes in days)
    active = sum(minutes > 0 for _, minutes in days)
    label = f"{total:.0f} minutes on {active} of the last {len(days)} days"
    head = Markup('<svg class="day-strip" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}">')
    return head.format(width, WEEK * (CELL + GAP), label) + Markup("").join(cells) + Markup("</svg>")


def curve_svg(found: Progress, at: datetime) -> Markup:
    """The forecast as it stood after days of practice, with the band that holds 8 of 10 exams; '' with fewer than two.

    at: now, in the learner's zone; days are counted back from it, since not every day need have a point.
    """
    dated = [(_days_from(at, one.after), one.score) for one in found.curve if one.after is not None]
    if len(dated) < 2:
        return Markup()
    points = {
        name: tuple((days, 100 * getattr(score, name)) for days, score in dated) for name in ("mean", "low", "high")
    }
    band = (*points["low"], *reversed(points["high"]), points["low"][0])
    series = (Series("8 of 10 exams", band, "area"), Series("mean", points["mean"]))
    return picture_svg(Plot("Forecast of the exam by day of practice", "days from today", "% of the marks", series))


def _days_from(at: datetime, then: datetime) -> float:
    return float((then.astimezone(at.tzinfo).date() - at.date()).days)
