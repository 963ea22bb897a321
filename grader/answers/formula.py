"""Judging a typed formula: read it, compare it with the key, prove it, or say why not."""

from __future__ import annotations

from collections.abc import Sequence

from grader.answers.mistaken import mistaken
from grader.diagnosis import counter_example, diagnose, share, wrong_shape
from grader.equivalence import Equal, Undecided, compare_at_more_points, compare_samples
from grader.formula.errors import ReadError
from grader.formula.reading import Formula, read
from grader.formula.wrapping import unwrapped, without_left_side
from grader.keys import FormulaKey, Mistake
from grader.looks import Different
from grader.prover import Prover
from grader.samples import Samples, full_shape, samples
from grader.verdict import Evidence, Feedback, Outcome, Verdict, partly, right, unreadable, wrong


def judge_formula(answer: str, key: FormulaKey, prover: Prover | None = None) -> Verdict:
    """The verdict on a formula. With a prover a right answer is also proved where that succeeds in time."""
    try:
        formula = read(without_left_side(unwrapped(answer), key.asked), key.scope)
    except ReadError as error:
        return unreadable(error.feedback)
    reading = formula.unicode()
    expected = key.samples
    got = samples(formula, expected.cases)
    if full_shape(formula) == full_shape(key.formula):
        comparison = compare_samples(got, expected)
        if isinstance(comparison, Undecided):
            comparison = compare_at_more_points(formula, key.formula)
        if isinstance(comparison, Equal):
            return _equal(formula, key, comparison, prover)
        if isinstance(comparison, Undecided):
            data = {"points": comparison.points, "remedy": "Check where your formula is defined."}
            return Verdict(Outcome.UNDECIDED, 0.0, (Feedback("formula.undecided", data),), reading)
    else:
        comparison = None
    return _different(formula, key, got, expected, comparison)


def _equal(formula: Formula, key: FormulaKey, equal: Equal, prover: Prover | None) -> Verdict:
    reading = formula.unicode()
    proved = prover is not None and prover.proves(formula, key.formula)
    evidence = Evidence.PROVED if proved else Evidence.SAMPLED
    if equal.same_domain:
        return right(*formula.notes, reading=reading, evidence=evidence)
    remark = Feedback("formula.domain")
    if key.same_domain:
        return wrong(remark, *formula.notes, reading=reading, evidence=Evidence.SAMPLED)
    return right(remark, *formula.notes, reading=reading, evidence=evidence)


def _different(
    formula: Formula, key: FormulaKey, got: Samples, expected: Samples, comparison: Different | object | None
) -> Verdict:
    reading = formula.unicode()
    known = _recognised(got, key)
    if known is not None:
        return mistaken(known, *formula.notes, reading=reading, evidence=Evidence.SAMPLED)
    why = _reason(comparison, got, expected)
    score, remarks = share(why, key.partial, got, expected)
    return partly(score, why, *remarks, *formula.notes, reading=reading, evidence=Evidence.SAMPLED)


def why_different(got: Samples, expected: Samples) -> Feedback:
    """What is wrong with a formula that is not the right one."""
    same_shape = full_shape(got.formula) == full_shape(expected.formula)
    return _reason(compare_samples(got, expected) if same_shape else None, got, expected)


def _reason(comparison: Different | object | None, got: Samples, expected: Samples) -> Feedback:
    if not isinstance(comparison, Different):
        return wrong_shape(got, expected)
    return diagnose(got, expected) or counter_example(comparison, got, expected)


def _recognised(got: Samples, key: FormulaKey) -> Mistake[Formula] | None:
    """The declared mistake, or else the alternative, that the answer is."""
    return recognised(got, key.mistake_samples) or recognised(got, key.alternative_samples)


def recognised(got: Samples, known: Sequence[tuple[Mistake[Formula], Samples]]) -> Mistake[Formula] | None:
    """The first mistake that the answer is."""
    shape = full_shape(got.formula)
    alike = (pair for pair in known if full_shape(pair[0].key) == shape)
    return next((mistake for mistake, values in alike if isinstance(compare_samples(got, values), Equal)), None)
