"""The report on a class, as a page and as JSON: the same from a graded folder and from the answers of a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from markupsafe import Markup

from chainrule.bulk.similar_views import SimilarView
from chainrule.pages import OUTCOMES, rendered
from chainrule.pictures import picture_svg
from chainrule.statistics.doubts import doubts
from chainrule.statistics.figures import ClassFigures
from chainrule.statistics.items import ItemFigures
from chainrule.statistics.scores import BINS, ScoreFigures
from solutions.drawings import Plot, Series

LOW, FIRST = 0.5, 5  # mean score below which a part was not understood; how many of these are told first


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

    def doubts(self, one: ItemFigures) -> tuple[str, ...]:
        """Why the part may be at fault itself."""
        return doubts(one, self.figures.reliability)

    @property
    def hardest(self) -> tuple[ItemFigures, ...]:
        """What was understood least: the first few of less than half the marks, or else the hardest one."""
        known = [one for one in self.figures.items if one.difficulty and one.difficulty.value < 1]
        low = [one for one in known if one.difficulty and one.difficulty.value < LOW]
        return tuple((low or known[:1])[:FIRST])

    @property
    def doubtful(self) -> tuple[ItemFigures, ...]:
        """The parts that may be at fault themselves."""
        return tuple(one for one in self.figures.items if self.doubts(one))

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


def class_record(report: ClassReport) -> dict[str, Any]:
    """The report as JSON values, without the code of anybody."""
    return {
        "title": report.title,
        "notes": list(report.notes),
        "look_at": {one.item: list(report.doubts(one)) for one in report.doubtful},
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
