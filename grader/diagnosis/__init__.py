"""Why not: what kind of slip turns the right formula into the one that was typed.

Every test compares sampled values, so a diagnosis is about the functions and not about how they were written.
In order, the first hit wins: sign, constant factor, logarithm's base, a transpose, a question's symbol as a factor, two
symbols exchanged, one term (its sign, missing, too many), some entries only, one place; else a counter-example.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from grader.diagnosis.counter_examples import counter_example
from grader.diagnosis.entries import some_entries
from grader.diagnosis.factors import constant_factor, symbol_factor
from grader.diagnosis.one_place import one_place
from grader.diagnosis.shapes import turned, wrong_shape
from grader.diagnosis.shares import share
from grader.diagnosis.terms import exchanged_symbols, wrong_term
from grader.samples import Samples
from grader.verdict import Feedback

__all__ = ["counter_example", "diagnose", "share", "wrong_shape"]

_TESTS: tuple[Callable[[Samples, Samples], Feedback | None], ...] = (
    constant_factor,
    turned,
    symbol_factor,
    exchanged_symbols,
    wrong_term,
    some_entries,
    one_place,
)


def diagnose(got: Samples, expected: Samples) -> Feedback | None:
    """What is wrong with a formula of the right shape, or None where nothing known fits."""
    with np.errstate(all="ignore"):  # far out values overflow, and what is not finite agrees with nothing
        return next(filter(None, (test(got, expected) for test in _TESTS)), None)
