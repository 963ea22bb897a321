"""The report on a class as a page and as a table: the same from a graded folder and from the answers of a store."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from markupsafe import Markup

from chainrule.bulk.similar_views import SimilarView
from chainrule.classes.gradebook_csv import safe
from chainrule.pages import OUTCOMES, rendered
from chainrule.pictures import picture_svg
from chainrule.statistics.figures import ClassFigures
from chainrule.statistics.intervals import Estimate
from chainrule.statistics.items import ItemFigures
from chainrule.statistics.scores import BINS, ScoreFigures
from solutions.drawings import Plot, Series

DIGITS = 4  # of figures in the table
HEADS = (
    "row", "item", "question", "place", "kind", "asked", "answered", "difficulty", "difficulty low", "difficulty high",
    "difficulty n", "discrimination", "discrimination low", "discrimination high", "discrimination n",
    "alpha without", "median seconds", "seconds n", *OUTCOMES, "mistake", "times", "share", "share low", "share high",
    "share n", "says",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A part in the report. place: such as `3b`, '' where there is no order. title: of its question."""

    item: str
    title: str
    place: str = ""


@dataclass(frozen=True)
class ClassReport:
    """What is told of a class. asked: by item. notes: on what the figures rest, a sentence each."""

    title: str
    figures: ClassFigures
    asked: Mapping[str, Asked]
    similar: tuple[SimilarView, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, item: str) -> Asked:
        """How a part is shown."""
        return self.asked.get(item) or Asked(item, item)

    @property
    def timed(self) -> bool:
        """Whether any times are known."""
        return any(one.timed for one in self.figures.items)


def class_page(report: ClassReport) -> str:
    """The report as a page of its own."""
    return rendered(
        "class_report.html",
        title=report.title,
        report=report,
        figures=report.figures,
        without=dict(report.figures.reliability.without),
        outcomes=OUTCOMES,
        histogram=histogram(report.figures.scores),
    )


def histogram(scores: ScoreFigures) -> Markup:
    """Students by tenths of the marks, as a picture; '' for nobody."""
    if not scores.n:
        return Markup()
    points = [(0.0, 0.0)]
    for i, count in enumerate(scores.bins):
        points += [(100 * i / BINS, float(count)), (100 * (i + 1) / BINS, float(count))]
    outline = (*points, (100.0, 0.0), (0.0, 0.0))
    title = f"Students by share of the marks; {scores.n} students"
    return picture_svg(Plot(title, "% of the marks", "students", (Series("", outline, "area"),)))


def class_csv(report: ClassReport) -> str:
    """The report as a table: a row for each part and for each mistake that was made in it."""
    written = StringIO()
    lines = csv.DictWriter(written, HEADS, restval="")
    lines.writeheader()
    without = dict(report.figures.reliability.without)
    for one in report.figures.items:
        about = {"item": one.item, "question": report.of(one.item).title, "place": report.of(one.item).place}
        for row in _rows(one, without):
            lines.writerow({head: safe(cell) for head, cell in {**about, **row}.items()})
    return "\ufeff" + written.getvalue()


def _rows(one: ItemFigures, without: Mapping[str, float]) -> Iterator[dict[str, str]]:
    yield {
        "row": "part",
        "kind": one.kind,
        "asked": str(one.asked),
        "answered": str(one.answered),
        **_cells("difficulty", one.difficulty),
        **_cells("discrimination", one.discrimination),
        "alpha without": _number(without.get(one.item)),
        "median seconds": _number(one.seconds) if one.timed else "",
        "seconds n": str(one.timed),
        **{name: str(one.outcomes.get(name, 0)) for name in OUTCOMES},
    }
    for made in one.mistakes:
        yield {
            "row": "mistake",
            "mistake": _flat(made.name),
            "times": str(made.times),
            **_cells("share", made.share),
            "says": _flat(made.says),
        }


def _cells(name: str, found: Estimate | None) -> dict[str, str]:
    if found is None:
        return {}
    figures = {name: found.value, f"{name} low": found.low, f"{name} high": found.high}
    return {key: _number(value) for key, value in figures.items()} | {f"{name} n": str(found.n)}


def _number(value: float | None) -> str:
    return "" if value is None else f"{round(value, DIGITS) + 0.0:g}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def class_record(report: ClassReport) -> dict[str, Any]:
    """The report as JSON values, without the code of anybody."""
    return {
        "title": report.title,
        "notes": list(report.notes),
        **asdict(report.figures),
        "similar": [_similar_record(one) for one in report.similar],
    }


def _similar_record(one: SimilarView) -> dict[str, Any]:
    figures = {name: value for name, value in vars(one.found).items() if name != "pairs"}
    pairs = [
        {"students": [pair.first.student, pair.second.student], "percent": [pair.first.share, pair.second.share]}
        for pair in one.pairs
    ]
    return {"item": one.item, **figures, "pairs": pairs}
