"""Figures of a class against independent computations, and where there is little or nothing to compute."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chainrule.statistics.answers import Answer
from chainrule.statistics.figures import class_figures
from chainrule.statistics.items import ItemFigures, correlation, item_figures
from chainrule.statistics.reliability import alpha, alpha_estimate, reliability
from chainrule.statistics.scores import score_figures

MARKS = (1.0, 2.0, 4.0)


def answers(scores: np.ndarray, **more: object) -> list[Answer]:
    """An answer of each student, in rows, to each part, in columns."""
    outcomes = {0.0: "wrong", 1.0: "right"}
    return [
        Answer(f"s{i}", f"q/{j}", "number", MARKS[j % 3], outcomes.get(float(score), "partial"), float(score), **more)  # type: ignore[arg-type]
        for i, row in enumerate(scores)
        for j, score in enumerate(row)
    ]


def drawn(n: int, parts: int, seed: int = 0) -> np.ndarray:
    """Scores of 0, ½ and 1 by an ability that all parts share."""
    chance = np.random.default_rng(seed)
    noisy = chance.normal(size=(n, 1)) + chance.normal(size=(n, parts)) + np.linspace(-1, 1, parts)
    return np.clip(np.round(noisy + 0.5) / 2, 0, 1)


def by_item(found: tuple[ItemFigures, ...]) -> dict[str, ItemFigures]:
    return {one.item: one for one in found}


def test_difficulty_and_discrimination_are_those_of_numpy() -> None:
    scores = drawn(40, 5)
    found = by_item(item_figures(answers(scores)))
    marks = scores * np.array([MARKS[j % 3] for j in range(5)])
    for j in range(5):
        rest = marks.sum(axis=1) - marks[:, j]
        one = found[f"q/{j}"]
        assert one.difficulty is not None and one.discrimination is not None
        assert one.difficulty.value == pytest.approx(scores[:, j].mean())
        assert one.discrimination.value == pytest.approx(np.corrcoef(scores[:, j], rest)[0, 1])
        assert (one.asked, one.answered, one.discrimination.n) == (40, 40, 40)


def test_the_hardest_part_comes_first() -> None:
    found = item_figures(answers(drawn(40, 5)))
    values = [one.difficulty.value for one in found if one.difficulty]
    assert len(values) == 5 and values == sorted(values)


def test_alpha_is_that_of_the_covariances() -> None:
    scores = drawn(60, 6)
    marks = scores * np.array([MARKS[j % 3] for j in range(6)])
    between = np.cov(marks.T)
    found = reliability(answers(scores))
    assert found.alpha is not None and found.alpha.n == 60 and found.parts == 6
    assert found.alpha.value == pytest.approx(6 / 5 * (1 - np.trace(between) / between.sum()))
    for item, value in found.without:
        left = np.delete(marks, int(item[2:]), axis=1)
        assert value == pytest.approx(alpha(left))


def test_the_interval_of_alpha_holds_the_true_one() -> None:
    """Four parallel parts with correlation ½ have an alpha of 0.8."""
    chance = np.random.default_rng(3)
    held = 0
    for _ in range(600):
        marks = chance.normal(size=(30, 1)) + chance.normal(size=(30, 4))
        value = alpha(marks)
        assert value is not None
        found = alpha_estimate(value, 30, 4)
        held += found.low <= 0.8 <= found.high
    assert 0.93 <= held / 600 <= 0.97


def test_alpha_is_not_given_where_it_does_not_apply() -> None:
    whole = answers(drawn(30, 3))
    assert reliability(whole).alpha is not None
    assert "same questions" in reliability(whole[:-1]).reason
    assert "two parts" in reliability(answers(drawn(30, 1))).reason
    assert reliability(answers(drawn(9, 3))).reason.startswith("too few: 9 of 10")
    assert "the same marks" in reliability(answers(np.ones((30, 3)))).reason
    assert reliability(answers(drawn(30, 2))).without == ()


def test_what_has_no_verdict_counts_for_nobody() -> None:
    scores = drawn(40, 3)
    plain = answers(scores)
    broken = [replace(one, outcome="fault", score=0.0) if one.student == "s0" else one for one in plain]
    found, wanted = class_figures(broken), class_figures(answers(scores[1:]))
    assert [one.difficulty for one in found.items] == [one.difficulty for one in wanted.items]
    assert [one.discrimination for one in found.items] == [one.discrimination for one in wanted.items]
    assert found.reliability.alpha == wanted.reliability.alpha
    assert found.scores == wanted.scores
    assert all(one.outcomes["fault"] == 1 for one in found.items)


def test_what_was_left_out_or_unreadable_scores_nothing() -> None:
    scores = np.ones((20, 2))
    some = answers(scores)
    some = [replace(one, outcome="unanswered", score=0.0) if one == some[0] else one for one in some]
    some = [replace(one, outcome="unreadable", score=0.0) if one == some[2] else one for one in some]
    first = by_item(item_figures(some))["q/0"]
    assert first.difficulty is not None
    assert (first.difficulty.value, first.difficulty.n, first.answered) == (0.9, 20, 19)


@pytest.mark.parametrize("n", [0, 1, 2, 9])
def test_few_students_have_no_correlation(n: int) -> None:
    found = class_figures(answers(drawn(n, 3)))
    assert found.students == n and found.scores.n == n
    assert len(found.items) == (3 if n else 0)
    assert all(one.discrimination is None and one.reason == f"too few: {n} of 10" for one in found.items)
    assert all(one.difficulty is not None for one in found.items)


def test_scores_that_are_all_the_same_have_no_correlation() -> None:
    found = class_figures(answers(np.full((12, 3), 0.1)))
    assert {one.reason for one in found.items} == {"all the same"}
    assert found.scores.spread == pytest.approx(0)
    assert correlation([(0.5, float(i)) for i in range(20)])[0] is None


def test_those_who_answered_nothing_are_counted_apart() -> None:
    silent = [Answer("z", f"q/{j}", "number", 1.0, "unanswered", 0.0) for j in range(3)]
    spoken = answers(drawn(20, 3))
    found, wanted = class_figures([*silent, *spoken]), class_figures(spoken)
    assert (found.students, found.silent) == (20, 1)
    assert found.items == wanted.items and found.reliability == wanted.reliability
    nobody = class_figures(silent)
    assert (nobody.students, nobody.silent, nobody.items, nobody.scores.n) == (0, 1, (), 0)


def test_a_part_alone_has_nothing_to_be_compared_with() -> None:
    (found,) = class_figures(answers(drawn(20, 1))).items
    assert found.discrimination is None


def test_mistakes_are_counted_among_those_who_answered() -> None:
    made = [replace(one, slips=(("sign", "It is negative."),)) for one in answers(np.zeros((3, 1)))]
    others = [replace(one, student=f"t{i}") for i, one in enumerate(answers(np.ones((9, 1))))]
    left = [Answer("u", "q/0", "number", 1.0, "unanswered", 0.0)]
    (found,) = item_figures([*made, *others, *left])
    (mistake,) = found.mistakes
    assert (mistake.name, mistake.says, mistake.times) == ("sign", "It is negative.", 3)
    assert (mistake.share.value, mistake.share.n) == (0.25, 12)


def test_times_are_medians_of_those_that_are_known() -> None:
    some = [replace(one, seconds=float(s)) for one, s in zip(answers(np.ones((4, 1))), (0, 10, 30, 20), strict=True)]
    (found,) = item_figures(some)
    assert (found.seconds, found.timed) == (20.0, 3)


def test_scores_are_put_into_tenths() -> None:
    found = score_figures(answers(np.array([[0.0], [0.1], [0.3], [0.99], [1.0]])))
    assert found.bins == (1, 1, 0, 1, 0, 0, 0, 0, 0, 2)
    assert (found.n, found.median) == (5, 0.3)
    assert found.mean == pytest.approx(0.478)
