"""Judging typed formulas and numbers: outcome, score, the sentence, and how the answer was read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from formula_scope import PROGRAM, SCOPE, scope_of, symbol

from grader.answers import judge
from grader.formula import Scope, read
from grader.keys import FormulaKey, Mistake, NumberKey
from grader.sentences import sentence
from grader.verdict import Evidence, Outcome

KEY = FormulaKey(
    read("(v - t) @ x.T", PROGRAM.scope),
    PROGRAM.scope,
    (
        Mistake("sign", read("(t - v) @ x.T", PROGRAM.scope), "Prediction minus target, not the reverse."),
        Mistake("no-input", read("v - t", PROGRAM.scope), "The weights also see the input."),
    ),
)

FORMULAS = [  # answer, outcome, mistake, a piece of the feedback
    ("(v - t) @ x.T", "right", "", ""),
    ("(v − t) xᵀ", "right", "", ""),
    ("outer(softmax(W @ x + b) - t, x)", "right", "", ""),
    ("(t - v) @ x.T", "wrong", "sign", "Prediction minus target"),
    ("v - t", "wrong", "no-input", "also see the input"),
    ("x @ (v - t).T", "wrong", "", "up to a transpose"),
    ("2*(v - t) @ x.T", "wrong", "", "2 times"),
    ("(v - t) @ x.T / K", "wrong", "", "1/K times"),
    ("-K*(v - t) @ x.T", "wrong", "", "-K times"),
    ("c*(v - t) @ x.T", "wrong", "", "`c` is one too many"),
    ("v", "wrong", "", "a vector of K, the right one is K × D"),
    ("v @ x.T", "wrong", "", "yours gives"),
    ("(v - t) @ x", "unreadable", "", "Cannot multiply a vector of K and a vector of D"),
    ("(v - q1) @ x.T", "unreadable", "", "`q1` is not a name"),
    ("", "unreadable", "", "Nothing was entered"),
    ("log(-p) * W", "undecided", "", "could not be decided"),
    ("1/0 * W", "undecided", "", "could not be decided"),
    ("W / 0", "undecided", "", "could not be decided"),
    ("exp(exp(exp(exp(9)))) * W", "undecided", "", "could not be decided"),
    ("log(2)*(v - t) @ x.T", "wrong", "", "another base"),
    ("((v - t) @ x.T)[None, :, :]", "right", "", ""),
]


@pytest.mark.parametrize(("answer", "outcome", "mistake", "says"), FORMULAS)
def test_a_formula_is_judged_and_told_why(answer: str, outcome: str, mistake: str, says: str) -> None:
    verdict = judge(answer, KEY)
    assert verdict.outcome == outcome
    assert verdict.score == (1.0 if outcome == "right" else 0.0)
    assert verdict.mistake == mistake
    assert says in " ".join(sentence(f) for f in verdict.feedback)


def test_the_reading_is_the_answer_and_not_the_key() -> None:
    assert judge("x @ W.T", FormulaKey(read("W @ x", SCOPE), SCOPE)).reading == "W x"
    assert judge("2c", FormulaKey(read("c", SCOPE), SCOPE)).reading == "2 c"


ASKED = [  # answer, outcome
    ("dL/dW = (v - t) @ x.T", "right"),
    ("∂L/∂W = (v − t) xᵀ", "right"),
    (r"\frac{\partial L}{\partial W} = (v - t) x^\top", "right"),
    (r"\nabla_W L = (v - t) x^\top", "right"),
    ("grad = (v - t) @ x.T", "right"),
    ("dL/dx = (v - t) @ x.T", "unreadable"),  # names something else
    ("W = (v - t) @ x.T", "unreadable"),
    ("(v - t) @ x.T = W", "unreadable"),
]


@pytest.mark.parametrize(("answer", "outcome"), ASKED)
def test_a_left_side_is_taken_off_where_it_names_what_was_asked(answer: str, outcome: str) -> None:
    key = FormulaKey(KEY.formula, KEY.scope, asked=("dL/dW", "grad"))
    assert judge(answer, key).outcome == outcome


def test_a_missing_upstream_factor_is_named() -> None:
    scope = scope_of(symbol("g", "K"), symbol("y", "K"))
    key = FormulaKey(read("g*y*(1 - y)", scope), scope)
    assert [sentence(f) for f in judge("y*(1 - y)", key).feedback] == ["A factor `g` is missing."]


def test_a_counter_example_is_given_in_full_for_scalars() -> None:
    scope = scope_of(symbol("c"), symbol("p"))
    (remark,) = judge("c + p", FormulaKey(read("c*p", scope), scope)).feedback
    assert remark.code == "formula.counter-example"
    values = dict(part.split(" = ") for part in remark.data["values"].split(", "))
    assert float(remark.data["got"]) == pytest.approx(float(values["c"]) + float(values["p"]), rel=1e-2)
    assert float(remark.data["expected"]) == pytest.approx(float(values["c"]) * float(values["p"]), rel=1e-2)


def test_a_smaller_domain_is_right_with_a_remark_unless_the_question_demands_it() -> None:
    key = read("log(c**2)", SCOPE)
    lenient, strict = FormulaKey(key, SCOPE), FormulaKey(key, SCOPE, same_domain=True)
    assert judge("2*log(c)", lenient).outcome is Outcome.RIGHT
    assert judge("2*log(c)", lenient).feedback[0].code == "formula.domain"
    assert judge("2*log(c)", strict).outcome is Outcome.WRONG
    assert judge("2*log(abs(c))", strict).outcome is Outcome.RIGHT


SLIPS = [  # key, answer, code of the feedback, a piece of the sentence
    ("c*p - p**2 + 1", "c*p + p**2 + 1", "formula.term-sign", "`p²` has the wrong sign"),
    ("c*p - p**2 + 1", "c*p - p**2 + 1 + c", "formula.extra-term", "`c` is one too many"),
    ("c*p - p**2 + 1", "c*p + 1", "formula.missing-term", "one term is missing"),
    ("x.T @ A @ w", "w.T @ A @ x", "formula.exchanged", "`w` and `x` have changed places"),
    ("sum(z)", "z", "formula.missing-sum", "A sum over K is missing"),
    ("sum(X, axis=0)", "X", "formula.missing-sum", "A sum over N is missing"),
    ("log(p)", "log(p, 2)", "formula.log-base", "not the one to base 2"),
    ("[c, p, 1]", "[c, 2*p, 1]", "formula.entries", "2 of 3 entries are right; look again at (2)"),
    ("[[c, p], [1, 2]]", "[[c, 1], [1, 2]]", "formula.entries", "(1, 2)"),
    ("g*z", "z", "formula.missing-factor", "`g`"),
    ("mean(z)", "sum(z)", "formula.factor", "K times"),
    ("W.T @ g", "W.T @ (g*z)", "formula.place-extra", "`g ⊙ z`"),
]


@pytest.mark.parametrize(("key", "answer", "code", "says"), SLIPS)
def test_one_slip_is_named(key: str, answer: str, code: str, says: str) -> None:
    verdict = judge(answer, FormulaKey(read(key, SCOPE), SCOPE))
    assert verdict.outcome is Outcome.WRONG
    assert verdict.feedback[0].code == code
    assert says in sentence(verdict.feedback[0])


def test_a_counter_example_can_be_checked_by_hand() -> None:
    scope = scope_of(symbol("z", "K"), symbol("g", "K"))
    (remark,) = judge("z*(g - sum(g))", FormulaKey(read("z*(g - sum(g*z))", scope), scope)).feedback
    assert remark.data == {"values": "g = (-1, 0), z = (-1, 1)", "got": "(0, 1)", "expected": "(2, -1)"}


NUMBERS = [  # key, digits, answer, outcome, score, a piece of the feedback
    (Fraction(12), None, "12", "right", 1, ""),
    (Fraction(12), None, "12.", "right", 1, ""),
    (Fraction(12), None, "6*2", "right", 1, ""),
    (Fraction(12), None, "(n + 2)*4 - 8", "right", 1, ""),
    (Fraction(12), None, "sqrt(144)", "right", 1, ""),
    (Fraction(12), None, "log(exp(12))", "right", 1, ""),
    (Fraction(12), None, "12.0000001", "wrong", 0, "not a whole number"),
    (Fraction(12), None, "11", "wrong", 0, "off by one"),
    (Fraction(12), None, "-12", "wrong", 0, "sign"),
    (Fraction(12), None, "24", "wrong", 0, "2 times"),
    (Fraction(12), None, "17", "wrong", 0, "not right"),
    (Fraction(12), None, "15", "wrong", 0, "Count the padding once"),
    (Fraction(12), None, "twelve", "unreadable", 0, "`twelve` has no value here"),
    (Fraction(12), None, "1/0", "unreadable", 0, "does not have a value"),
    (Fraction(12), None, "log(-1)", "unreadable", 0, "does not have a value"),
    (Fraction(12), None, "10**10**10", "unreadable", 0, ""),
    (Fraction(12), None, "9**9**9**9", "unreadable", 0, ""),
    (Fraction(2, 3), 3, "0.667", "right", 1, ""),
    (Fraction(2, 3), 3, "2/3", "right", 1, ""),
    (Fraction(2, 3), 3, "0.6666", "right", 1, ""),
    (Fraction(2, 3), 3, "0.67", "partial", 0.5, "rounded too coarsely"),
    (Fraction(2, 3), 3, "0.7", "wrong", 0, "not right"),
    (Fraction(2, 3), 3, "0,667", "unreadable", 0, "did you mean 0.667?"),
    (Fraction(2, 3), 3, "−0,667", "unreadable", 0, "did you mean −0.667?"),
    (Fraction(2, 3), 3, "0,667,1", "unreadable", 0, "was not expected"),
    (Fraction(2, 3), 3, "0.662", "wrong", 0, "round at the end only"),
    (Fraction(2, 3), 3, "0.62", "wrong", 0, "0.62 is not right."),
    (Fraction(25, 2000), 2, "0.012", "right", 1, ""),  # a tie may be rounded either way
    (Fraction(25, 2000), 2, "0.013", "right", 1, ""),
    (Fraction(0), 3, "0", "right", 1, ""),
    (Fraction(0), 3, "0.1", "wrong", 0, ""),
    (Fraction(1234567), 3, "1.23e6", "right", 1, ""),
]


@pytest.mark.parametrize(("key", "digits", "answer", "outcome", "score", "says"), NUMBERS)
def test_a_number_is_judged(
    key: Fraction, digits: int | None, answer: str, outcome: str, score: float, says: str
) -> None:
    mistakes = (Mistake("padding", Fraction(15), "Count the padding once on each side."),)
    verdict = judge(answer, NumberKey(key, digits, Scope(constants={"n": Fraction(3)}), mistakes))
    assert (verdict.outcome, verdict.score) == (outcome, score)
    assert says in " ".join(sentence(f) for f in verdict.feedback)


def test_what_breaks_on_our_side_is_a_fault_and_keeps_the_answer() -> None:
    verdict = judge("12", NumberKey("not a number", None))  # type: ignore[arg-type]
    assert verdict.outcome is Outcome.FAULT
    assert not verdict.outcome.costs_attempt


def test_evidence_says_what_a_verdict_rests_on() -> None:
    from grader.prover import Prover

    with Prover() as prover:
        assert judge("(v - t) @ x.T", KEY, prover=prover).evidence is Evidence.PROVED
    assert judge("(v - t) @ x.T", KEY).evidence is Evidence.SAMPLED
    assert judge("(t - v) @ x.T", KEY).evidence is Evidence.SAMPLED
