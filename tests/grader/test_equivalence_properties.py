"""What must hold for any formulas: symmetry, rewritings accepted, slips rejected unless they change nothing.

Whether a slip changes anything is decided by an evaluator that shares nothing with the judge.
"""

from __future__ import annotations

import random
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from answers import independent
from formula_changes import IDENTITIES, SLIPS, changed
from formula_scope import SCOPE, formulas
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from grader.equivalence import DifferentShape, Equal, Undecided, compare
from grader.formula import ReadError, read
from grader.formula.reading import Formula
from grader.looks import Different
from grader.samples import full_shape

GROUP = {
    "symbols": {
        "A": ["D", "D"],
        "P": {"shape": ["D", "D"], "domain": "positive_definite"},
        "x": ["D"],
        "w": ["D"],
        "z": ["K"],
        "c": [],
        "p": {"shape": [], "domain": "positive"},
        "lambda": {"shape": [], "domain": "positive"},
    },
    "indices": {"i": "K"},
}
PHASES = (Phase.generate,)  # shrinking such formulas takes minutes and helps little
seeds = st.integers(0, 10**6)


def read_or_reject(text: str | None) -> Formula:
    assume(text is not None)
    assert text is not None
    try:
        return read(text, SCOPE)
    except ReadError:
        assume(False)
        raise


def independently(answer: Formula, key: Formula) -> str:
    """How the two relate by the other road; "unknown" for what that road cannot read."""
    try:
        return independent.relation(GROUP, answer.text(), key.text(), "property")
    except (independent.NotPython, KeyError):
        return "unknown"


def differ_there(found: Different, answer: Formula, key: Formula) -> bool:
    """Whether the other road finds the difference where the judge did, or cannot read the formulas."""
    case = found.case
    with mpmath.workdps(independent.DIGITS):
        values = {
            name: independent.Value(np.vectorize(exactly, otypes=[object])(array[found.point]))
            for name, array in case.exact.items()
        }
        point = independent.Point(values, case.dims, {})
        try:
            mine, theirs = (independent.with_free(formula.text(), point, GROUP) for formula in (answer, key))
        except (independent.NotPython, KeyError):
            return True
        return not independent.same(mine, theirs)


def exactly(q: Fraction) -> mpmath.mpf:
    return mpmath.mpf(q.numerator) / q.denominator


@settings(max_examples=120, deadline=None, phases=PHASES, derandomize=True)
@given(formulas(), seeds)
def test_a_rewriting_is_never_called_different(text: str, seed: int) -> None:
    key = read(text, SCOPE)
    answer = read_or_reject(changed(key.tree, IDENTITIES, random.Random(seed)))
    assume(full_shape(answer) == full_shape(key))
    assert isinstance(compare(answer, key), Equal | Undecided), answer.text()
    assert isinstance(compare(key, answer), Equal | Undecided), answer.text()


@settings(max_examples=120, deadline=None, phases=PHASES, derandomize=True)
@given(formulas(), seeds)
def test_a_slip_is_rejected_unless_an_independent_evaluation_finds_none(text: str, seed: int) -> None:
    key = read(text, SCOPE)
    answer = read_or_reject(changed(key.tree, SLIPS, random.Random(seed)))
    found = compare(answer, key)
    if isinstance(found, Equal):
        assert independently(answer, key) in {"equal", "undecided", "unknown"}, answer.text()
    elif isinstance(found, Different):
        assert differ_there(found, answer, key), answer.text()


@settings(max_examples=80, deadline=None, phases=PHASES, derandomize=True)
@given(formulas(2), formulas(2))
def test_the_relation_is_symmetric(first: str, second: str) -> None:
    a, b = read(first, SCOPE), read(second, SCOPE)
    there, back = compare(a, b), compare(b, a)
    pair = {type(there), type(back)}
    # each side has points of its own, so that only an outright contradiction counts
    assert len(pair) == 1 or pair == {Equal, Undecided} or pair == {Different, Undecided}


@pytest.mark.parametrize("op", sorted(IDENTITIES))
def test_each_identity_holds(op: str) -> None:
    """Each template once on plain arguments, by the judge and by the other road."""
    texts = {
        **{"add": "x + w", "sub": "x - w", "neg": "-x", "mul": "x*w", "div": "x/w", "abs": "abs(x)", "inner": "x @ w"},
        **{"outer": "outer(x, w)", "trace": "trace(A)", "transpose": "A.T", "matmul": "A @ w"},
        "where": "where(x > w, x, w)",
    }
    key = read(texts.get(op, f"{op}(x)"), SCOPE)
    for choice in range(4 * len(IDENTITIES[op])):
        changed_text = changed(key.tree, {op: IDENTITIES[op]}, random.Random(choice))
        assert changed_text is not None
        answer = read(changed_text, SCOPE)
        assert isinstance(compare(answer, key), Equal), changed_text
        assert independently(answer, key) == "equal"


def test_shapes_are_compared_first() -> None:
    assert compare(read("x", SCOPE), read("A", SCOPE)) == DifferentShape(("D",), ("D", "D"))
