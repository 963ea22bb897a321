"""All figures of a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chainrule.statistics.answers import Answer
from chainrule.statistics.items import ItemFigures, item_figures
from chainrule.statistics.reliability import Reliability, reliability
from chainrule.statistics.scores import ScoreFigures, score_figures


@dataclass(frozen=True)
class ClassFigures:
    """students: who answered something; silent: who answered nothing, and is in no other figure."""

    students: int
    silent: int
    scores: ScoreFigures
    reliability: Reliability
    items: tuple[ItemFigures, ...]


def class_figures(answers: Iterable[Answer]) -> ClassFigures:
    """The figures of a class. answers: one of each student and part."""
    kept = list(answers)
    spoke = {one.student for one in kept if one.given}
    silent = {one.student for one in kept} - spoke
    kept = [one for one in kept if one.student in spoke]
    return ClassFigures(len(spoke), len(silent), score_figures(kept), reliability(kept), item_figures(kept))
