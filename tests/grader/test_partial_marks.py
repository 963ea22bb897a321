"""What a formula earns that is not wholly right, where its question gives a share."""

from __future__ import annotations

from fractions import Fraction

import pytest
from formula_scope import SCOPE

from grader.answers import judge
from grader.formula import read
from grader.keys import FormulaKey, Mistake, NumberKey, Partial, ShapeKey
from grader.sentences import sentence
from grader.verdict import Outcome

ALL = Partial(sign=0.6, factor=0.5, transpose=0.4, entries=True, terms=True)


def key(text: str, partial: Partial = ALL, **more: object) -> FormulaKey:
    return FormulaKey(read(text, SCOPE), SCOPE, partial=partial, **more)  # type: ignore[arg-type]


EARNED = [
    ("A @ x", "-A @ x", 0.6, "up to the sign"),
    ("A @ x", "2*A @ x", 0.5, "2 times"),
    ("W @ outer(x, x)", "outer(x, x) @ W.T", 0.4, "transpose"),
    ("log(p)", "log(p)/log(2)", 0.5, "another base"),
    ("[c, p, c*p, p**2]", "[c, p, c + p, p**2]", 0.75, "3 of 4 entries"),
    ("A @ x + c*x + w", "A @ x + c*x - w", 2 / 3, "2 of 3 terms"),
    ("A @ x + c*x + w", "A @ x + w", 2 / 3, "2 of 3 terms"),
    ("A @ x + c*x", "A @ x + c*x + w", 2 / 3, "2 of 3 terms"),
    ("A @ x + c*x", "A @ x", 0.5, "1 of 2 terms"),
    ("A @ x", "x", 0.0, ""),
    ("A @ x", "A @ w", 0.0, ""),
    ("[c, p]", "[p, c]", 0.0, ""),
]


@pytest.mark.parametrize(("right", "answer", "score", "says"), EARNED)
def test_a_share_is_earned_and_told(right: str, answer: str, score: float, says: str) -> None:
    verdict = judge(answer, key(right))
    assert verdict.score == pytest.approx(score)
    assert verdict.outcome is (Outcome.PARTIAL if score else Outcome.WRONG)
    assert says in " ".join(map(sentence, verdict.feedback))


@pytest.mark.parametrize("answer", ["-A @ x", "2*A @ x"])
def test_nothing_is_earned_where_the_question_gives_nothing(answer: str) -> None:
    assert judge(answer, key("A @ x", Partial())).outcome is Outcome.WRONG


def test_a_share_never_reaches_full_marks() -> None:
    # all entries agree in float64, so that only a closer look tells them apart
    verdict = judge("[c + 1e-30, p]", key("[c, p]"))
    assert verdict.outcome is Outcome.WRONG or verdict.score < 1


def test_a_mistake_earns_what_it_is_worth() -> None:
    wrong = Mistake("no-w", read("A @ x", SCOPE), "The penalty is missing.", worth=0.25)
    verdict = judge("A @ x", key("A @ x + w", mistakes=(wrong,)))
    assert (verdict.outcome, verdict.score, verdict.mistake) == (Outcome.PARTIAL, 0.25, "no-w")
    assert sentence(verdict.feedback[0]) == "The penalty is missing."
    number = NumberKey(Fraction(8), None, mistakes=(Mistake("half", Fraction(4), "Twice that.", worth=0.5),))
    assert judge("4", number).score == 0.5
    shape = ShapeKey((2, 3), (Mistake("turned", (3, 2), "The other way round.", worth=0.5),))
    assert judge("(3, 2)", shape).score == 0.5


def test_alternatives_come_after_declared_mistakes_and_only_when_needed() -> None:
    asked = []

    def others() -> tuple[Mistake[object], ...]:
        asked.append(1)
        return (Mistake("mean", read("A @ x/D", SCOPE), "Right for the mean."),)

    question = key(
        "A @ x", Partial(), mistakes=(Mistake("twice", read("2*A @ x", SCOPE), "Once."),), alternatives=others
    )
    assert judge("A @ x", question).outcome is Outcome.RIGHT
    assert judge("2*A @ x", question).mistake == "twice"
    assert not asked
    assert judge("A @ x/D", question).mistake == "mean"
    assert judge("x/D", question).mistake == ""
    assert asked == [1]
