"""Figures of a part: how hard it was, how well it tells students apart, how long it took, what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from chainrule.statistics.answers import Answer
from chainrule.statistics.intervals import Estimate, correlation_estimate, share_estimate

FEWEST = 10  # pairs, below which a correlation says next to nothing
SAME = 1e-9  # a spread that is rounding alone


@dataclass(frozen=True)
class MistakeFigures:
    """A declared mistake, or a wrong option: how many of the judged answers made it. says: what corrects it."""

    name: str
    says: str
    times: int
    share: Estimate


@dataclass(frozen=True)
class ItemFigures:
    """A part. asked: students; answered: who handed in something; outcomes: of all, by their words.

    difficulty: the mean score, what was left out or could not be read being 0; None where nobody has a verdict.
    discrimination: the correlation with the score in all other parts; None where `reason` says why.
    seconds: the median where the time is known, of which there are `timed`.
    """

    item: str
    kind: str
    asked: int
    answered: int
    outcomes: Mapping[str, int]
    difficulty: Estimate | None
    discrimination: Estimate | None
    reason: str
    seconds: float
    timed: int
    mistakes: tuple[MistakeFigures, ...]


def item_figures(answers: Sequence[Answer]) -> tuple[ItemFigures, ...]:
    """The figures of each part, the hardest first. answers: one of each student and part."""
    groups: dict[str, list[Answer]] = {}
    for one in answers:
        groups.setdefault(one.item, []).append(one)
    totals = _totals(answers)
    found = [_figures(item, group, totals) for item, group in groups.items()]
    return tuple(sorted(found, key=lambda one: (one.difficulty.value if one.difficulty else 2.0, one.item)))


Totals = Mapping[str, tuple[float, float]]  # by student: marks earned, marks possible


def _totals(answers: Sequence[Answer]) -> Totals:
    found: dict[str, tuple[float, float]] = {}
    for one in answers:
        if one.counts:
            earned, possible = found.get(one.student, (0.0, 0.0))
            found[one.student] = earned + one.earned, possible + one.marks
    return found


def _figures(item: str, group: Sequence[Answer], totals: Totals) -> ItemFigures:
    counted = [one for one in group if one.counts]
    scores = [one.score for one in counted]
    discrimination, reason = _discrimination(counted, totals)
    times = [one.seconds for one in group if one.seconds > 0]
    return ItemFigures(
        item=item,
        kind=group[0].kind,
        asked=len(group),
        answered=sum(one.given for one in group),
        outcomes=dict(Counter(one.outcome for one in group)),
        difficulty=share_estimate(min(1.0, sum(scores) / len(scores)), len(scores)) if scores else None,
        discrimination=discrimination,
        reason=reason,
        seconds=median(times) if times else 0.0,
        timed=len(times),
        mistakes=mistakes([one for one in counted if one.given]),
    )


def _discrimination(counted: Sequence[Answer], totals: Totals) -> tuple[Estimate | None, str]:
    """The correlation of the score with the share of the marks in all other parts."""
    pairs = []
    for one in counted:
        earned, possible = totals[one.student]
        if possible - one.marks > SAME:
            pairs.append((one.score, (earned - one.earned) / (possible - one.marks)))
    return correlation(pairs)


def correlation(pairs: Sequence[tuple[float, float]]) -> tuple[Estimate | None, str]:
    """The correlation of pairs, or None and why there is none."""
    if len(pairs) < FEWEST:
        return None, f"too few: {len(pairs)} of {FEWEST}"
    both = np.array(pairs).T
    if both.std(axis=1).min() < SAME:
        return None, "all the same"
    r = float(np.clip(np.corrcoef(both)[0, 1], -1, 1))
    return correlation_estimate(r, len(pairs)), ""


def mistakes(answers: Sequence[Answer]) -> tuple[MistakeFigures, ...]:
    """The recognised mistakes among answers, the most frequent first."""
    says: dict[str, str] = {}
    for one in answers:
        for name, sentence in one.slips:
            says.setdefault(name, sentence)
    counts = Counter(name for one in answers for name in dict(one.slips))
    return tuple(
        MistakeFigures(name, says[name], times, share_estimate(times / len(answers), len(answers)))
        for name, times in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
