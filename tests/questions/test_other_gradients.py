"""An answer that differentiates by the wrong name is told which derivative it is."""

from __future__ import annotations

import pytest

from grader.answers import judge
from grader.keys import FormulaKey
from grader.sentences import sentence
from questions.family import read_family

DENSE = """
title: Dense
course: [layers.dense]
source: "Rumelhart et al. 1986"
symbols: {W: [H, D], b: [H], x: [D], t: [H]}
forward: |
  z = W @ x + b
  h = tanh(z)
  L = sum((h - t)**2)/2
prompt: "Write $dL/dx$."
answer: {formula: "W.T @ ((h - t)*(1 - h**2))"}
oracle: {autograd: {of: L, with_respect_to: x}}
mistakes: [{name: transpose, key: "x*sum(W)", says: "Never."}]
"""


def part(text: str = DENSE) -> FormulaKey:
    return read_family(text, "f.yaml", topic="layers", name="f").draw(1).parts[0].key  # type: ignore[return-value]


TOLD = [
    ("(h - t)*(1 - h**2)", "gradient-at-z", "That is dL/dz: the way from z on to x is still missing."),
    ("(tanh(W x + b) - t)*sech(W x + b)^2", "gradient-at-z", "That is dL/dz: the way"),
    ("h - t", "gradient-at-h", "That is dL/dh: the way from h on to x is still missing."),
    ("outer((h - t)*(1 - h**2), x)", "gradient-at-W", "That is dL/dW; dL/dx was asked."),
    ("t - h", "gradient-at-t", "That is dL/dt; dL/dx was asked."),
    ("x*sum(W)", "transpose", "Never."),
    ("-W.T @ ((h - t)*(1 - h**2))", "", "Right up to the sign"),
]


@pytest.mark.parametrize(("answer", "mistake", "says"), TOLD)
def test_the_derivative_by_another_name_is_told(answer: str, mistake: str, says: str) -> None:
    verdict = judge(answer.replace("sech(W x + b)^2", "(1 - tanh(W x + b)^2)"), part())
    assert (verdict.outcome.value, verdict.mistake or "") == ("wrong", mistake)
    assert says in sentence(verdict.feedback[0])


def test_the_right_one_is_right_although_it_is_another_names_too() -> None:
    key = part(DENSE.replace("dL/dx", "dL/dz").replace("respect_to: x", "respect_to: z").replace("W.T @ ", ""))
    assert judge("(h - t)*(1 - h**2)", key).outcome.value == "right"  # dL/db is the same


def test_what_has_no_rule_and_what_nothing_depends_on_make_no_mistakes() -> None:
    unknown = DENSE.replace("W @ x + b", "W @ x + b + sum(kron(W, W))")
    assert part(unknown).alternatives() == ()
    unused = DENSE.replace("t: [H]}", "t: [H], u: [H]}")
    assert "gradient-at-u" not in {mistake.name for mistake in part(unused).alternatives()}
