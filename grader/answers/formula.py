"""Judging a typed formula: read it, compare it with the key, prove it, or say why not."""

from __future__ import annotations

from grader.diagnosis import counter_example, diagnose, wrong_shape
from grader.equivalence import Equal, Undecided, compare_at_more_points, compare_samples
from grader.formula.errors import ReadError
from grader.formula.reading import Formula, read
from grader.formula.wrapping import unwrapped, without_left_side
from grader.keys import FormulaKey
from grader.looks import Different
from grader.prover import Prover
from grader.samples import Samples, full_shape, samples
from grader.verdict import Evidence, Feedback, Outcome, Verdict, right, unreadable, wrong


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
    for mistake, values in zip(key.mistakes, key.mistake_samples, strict=True):
        same_shape = full_shape(mistake.key) == full_shape(formula)
        if same_shape and isinstance(compare_samples(got, values), Equal):
            says = Feedback("mistake", {"says": mistake.says, "name": mistake.name})
            return wrong(says, *formula.notes, reading=reading, evidence=Evidence.SAMPLED, mistake=mistake.name)
    if not isinstance(comparison, Different):
        why = wrong_shape(got, expected)
    else:
        why = diagnose(got, expected) or counter_example(comparison, got, expected)
    return wrong(why, *formula.notes, reading=reading, evidence=Evidence.SAMPLED)
