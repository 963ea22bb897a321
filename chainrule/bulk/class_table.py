"""The report on a class as a table: the class, each part, each mistake made in it, each pair of similar code."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from chainrule.bulk.class_report import ClassReport
from chainrule.bulk.similar_views import SimilarView
from chainrule.classes.gradebook_csv import safe
from chainrule.pages import OUTCOMES
from chainrule.statistics.figures import ClassFigures
from chainrule.statistics.intervals import Estimate
from chainrule.statistics.items import ItemFigures

DIGITS = 4
HEADS = (
    "row", "item", "question", "place", "kind", "asked", "answered", "difficulty", "difficulty low", "difficulty high",
    "difficulty n", "discrimination", "discrimination low", "discrimination high", "discrimination n",
    "alpha without", "median seconds", "seconds n", *OUTCOMES, "mistake", "times", "share", "share low", "share high",
    "share n", "says", "look at", "median score", "deviation", "alpha", "alpha low", "alpha high", "alpha n",
    "first", "second", "first share", "second share",
)  # fmt: skip
Row = dict[str, str | float | None]


def class_csv(report: ClassReport) -> str:
    """The table. A cell that is no figure begins with no sign that a spreadsheet runs."""
    written = StringIO()
    lines = csv.DictWriter(written, HEADS, restval="")
    lines.writeheader()
    lines.writerows({head: _cell(value) for head, value in row.items()} for row in _rows(report))
    return "\ufeff" + written.getvalue()


def _cell(value: str | float | None) -> str:
    if isinstance(value, str):
        return safe(" ".join(value.split()))
    return "" if value is None else f"{round(value, DIGITS) + 0.0:.10g}"


def _rows(report: ClassReport) -> Iterator[Row]:
    figures = report.figures
    if figures.students:
        yield {"row": "class", "question": report.title, **_whole(figures)}
    without = dict(figures.reliability.without)
    for one in figures.items:
        about = _about(report, one.item)
        look = " ".join(report.doubts(one))
        yield {"row": "part", **about, **_part(one), "alpha without": without.get(one.item), "look at": look}
        for made in one.mistakes:
            told: Row = {"mistake": made.name, "times": made.times, "says": made.says}
            yield {"row": "mistake", **about, **told, **_estimate("share", made.share)}
    for view in report.similar:
        yield from ({"row": "pair", **_about(report, view.item), **pair} for pair in _pairs(view))


def _about(report: ClassReport, item: str) -> Row:
    asked = report.of(item)
    return {"item": item, "question": asked.title, "place": asked.place}


def _whole(figures: ClassFigures) -> Row:
    """The class: who was asked and who answered; `difficulty` is the mean of the scores."""
    scores = figures.scores
    found: Row = {"asked": figures.students + figures.silent, "answered": figures.students}
    if scores.n:
        found |= {"difficulty": scores.mean, "difficulty n": scores.n}
        found |= {"median score": scores.median, "deviation": scores.spread}
    return found | _estimate("alpha", figures.reliability.alpha)


def _part(one: ItemFigures) -> Row:
    return {
        "kind": one.kind,
        "asked": one.asked,
        "answered": one.answered,
        **_estimate("difficulty", one.difficulty),
        **_estimate("discrimination", one.discrimination),
        "median seconds": one.seconds if one.timed else None,
        "seconds n": one.timed,
        **{name: one.outcomes.get(name, 0) for name in OUTCOMES},
    }


def _pairs(view: SimilarView) -> Iterator[Row]:
    """Who is alike, and how much of each the other has too."""
    for pair in view.pairs:
        yield {
            "first": pair.first.student,
            "second": pair.second.student,
            "first share": pair.first.share / 100,
            "second share": pair.second.share / 100,
        }


def _estimate(name: str, found: Estimate | None) -> Row:
    if found is None:
        return {}
    return {name: found.value, f"{name} low": found.low, f"{name} high": found.high, f"{name} n": found.n}
