"""Keys in other conventions: made from the table, told by name, refused where the table has nothing to say."""

from __future__ import annotations

from fractions import Fraction

import pytest

from grader.answers import judge
from grader.formula import Scope, Symbol, read
from grader.formula.symbols import Domain
from grader.keys import FormulaKey
from grader.sentences import sentence
from questions.conventions import conventions
from questions.family import read_family
from questions.faults import FaultError
from questions.structures import check_structures

RIDGE = """
title: Ridge
course: [linreg.gradient]
source: "Bishop 2006"
symbols: {X: [N, D], y: [N], w: [D], c: {shape: [], domain: positive}}
forward: |
  r = X @ w - y
  L = sum(r**2)/2 + c*sum(w**2)
prompt: "Write $dL/dw$."
answer: {formula: "X.T @ r + 2*c*w"}
oracle: {autograd: {of: L, with_respect_to: w}}
conventions:
"""
COST = """
title: Cost
course: [conv.cost]
source: "Goodfellow et al. 2016"
draw: {n: {integer: [4, 9]}}
prompt: "How many multiply-adds does a dense layer from {n} to {n} units take?"
answer: {integer: "n**2"}
conventions: [{of: cost, here: multiply-adds}]
"""


def part(text: str) -> FormulaKey:
    family = read_family(text, "f.yaml", topic="supervised", name="f")
    check_structures(family)
    return family.draw(1).parts[0].key  # type: ignore[return-value]


TOLD = [
    ("{of: penalty, here: plain, over: c}", "X.T @ r + c*w", "Right for the penalty c/2·‖w‖²; this question asks for"),
    ("{of: reduction, here: sum, over: N}", "(X.T @ r + 2*c*w)/N", "Right for the mean over N; this question asks"),
    (
        '{of: half, here: with, otherwise: {without: "2*X.T @ r + 2*c*w"}}',
        "2*(X.T @ r + c*w)",
        "Right for a squared error without the factor 1/2",
    ),
]


@pytest.mark.parametrize(("convention", "answer", "says"), TOLD)
def test_an_answer_in_another_convention_is_told_so(convention: str, answer: str, says: str) -> None:
    verdict = judge(answer, part(f"{RIDGE}  - {convention}\n"))
    assert sentence(verdict.feedback[0]).startswith(says)
    assert verdict.mistake.startswith(convention.split(",")[0].removeprefix("{of: "))


def test_a_symbol_is_replaced_in_the_lines_of_the_program_too() -> None:
    text = RIDGE.replace("X.T @ r + 2*c*w", "X.T @ r + 2*c*w + 0*L")  # the key names a line that names c
    verdict = judge("X.T @ r + c*w", part(f"{text}  - {{of: penalty, here: plain, over: c}}\n"))
    assert verdict.mistake == "penalty-half"


def test_a_number_in_another_convention_is_told_so() -> None:
    family = read_family(COST, "f.yaml", topic="convolution", name="f")
    check_structures(family)
    variant = family.draw(3)
    verdict = judge(str(2 * int(variant.values["n"]) ** 2), variant.parts[0].key)
    assert verdict.mistake == "cost-operations"
    assert isinstance(variant.values["n"], Fraction)


REFUSED = [
    ("{of: reductoin, here: sum, over: N}", "Did you mean 'reduction'"),
    ("{of: reduction, here: average, over: N}", "its choices are sum, mean"),
    ("{of: reduction, here: sum}", "wants `over`"),
    ('{of: half, here: with, otherwise: {without: "2*c"}}', "has the shape ()"),
    ('{of: half, here: with, otherwise: {without: "2*Q"}}', "`Q` is not a name"),
]


@pytest.mark.parametrize(("convention", "message"), REFUSED)
def test_a_convention_that_means_nothing_is_a_fault(convention: str, message: str) -> None:
    with pytest.raises(FaultError, match=r"f\.yaml:1") as caught:
        part(f"{RIDGE}  - {convention}\n")
    assert message in str(caught.value)


def test_every_rewrite_of_the_table_leads_to_another_choice_and_back() -> None:
    scope = Scope({"k": Symbol("k", (), Domain("unit")), "over": Symbol("over", (), Domain("unit"))})
    for name, convention in conventions().items():
        for rewrite in convention.rewrites:
            assert {rewrite.source, rewrite.to} <= set(convention.choices), name
            assert any((r.source, r.to) == (rewrite.to, rewrite.source) for r in convention.rewrites), name
            text = rewrite.key or rewrite.put or ""
            assert read(text, scope, grafts={"key": "k", "over": "over"}).shape == ()
