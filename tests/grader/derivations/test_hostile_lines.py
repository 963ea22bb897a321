"""Whatever is sent as a derivation gets a verdict within seconds: junk, great length, cycles, names used twice."""

from __future__ import annotations

import time

import pytest
from formula_scope import scope_of, symbol

from grader.answers import judge
from grader.formula import read_program
from grader.keys import DerivationKey
from grader.sentences import sentence
from grader.verdict import Outcome

KEY = DerivationKey(
    read_program(
        "z1 = W1 @ x + b1\nh = relu(z1)\nz2 = W2 @ h + b2\ny = softmax(z2)\nL = -sum(t*log(y))",
        scope_of(
            *(symbol("x", "D"), symbol("W1", "H", "D"), symbol("b1", "H")),
            *(symbol("W2", "K", "H"), symbol("b2", "K"), symbol("t", "K", domain="one_hot")),
        ),
    ),
    "L",
    ("W1",),
)
RIGHT = "dz2 = y - t\ndh = W2.T @ dz2\ndz1 = dh * (z1 > 0)\ndW1 = dz1 @ x.T"
HOSTILE = {
    "empty": "",
    "blank lines": "\n\n \n\t\n",
    "sixty lines": "\n".join(f"a{i} = (y - t)*{i + 2} + h" for i in range(60)),
    "sixty wrong gradients": "\n".join(f"delta{i} = W2.T @ (y - t)*{i + 2}" for i in range(60)),
    "a thousand lines": "\n".join(f"a{i} = y - t" for i in range(1000)),
    "a hundred links": "dz2 = " + " = ".join(["y - t"] * 100),
    "a long line": "dz2 = " + " + ".join(["y - t"] * 2000),
    "brackets": "dz2 = " + "(" * 500 + "y - t" + ")" * 500,
    "uses itself": "dz2 = dz2 + y - t",
    "a cycle": "a = b\nb = a\ndz2 = a",
    "binary": "\x00\x01\x1b[31mdz2\x7f = y",
    "surrogate": "dz2 = \udc80",
    "only signs": "= = = =\n===\n= y\ndz2 =",
    "other alphabets": "дельта = y - t\n勾配 = W2.T @ дельта",
    "code": "__import__('os').system('true')\ndz2 = y - t",
    "bombs": "dz2 = 9**9**9**9\ndh = exp(exp(exp(exp(9))))*(W2.T @ (y - t))",
    "great powers": "dz2 = (y - t)**(10**8)",
    "long numbers": f"dz2 = (y - t)*{'7' * 5000}",
    "carriage returns": "dz2 = y - t\r\ndW2 = dz2 @ h.T\r",
    "undefined": "dW1 = ((q.T @ r) * s) @ x.T",
    "renamed input": "x = y - t\ndW1 = x @ x.T",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_it_gets_a_verdict_in_bounded_time(text: str) -> None:
    began = time.monotonic()
    verdict = judge(text, KEY)
    assert time.monotonic() - began < 30  # a bound against hanging, not a benchmark
    assert verdict.outcome not in {Outcome.FAULT, Outcome.RIGHT}
    assert 0 <= verdict.score < 1
    assert verdict.feedback
    assert all(sentence(feedback) for feedback in verdict.feedback)


def test_the_right_derivation_is_right_among_these() -> None:
    assert judge(RIGHT, KEY).outcome is Outcome.RIGHT


def test_a_name_may_be_used_again() -> None:
    assert judge("d = y - t\nd = W2.T @ d\nd = d * (z1 > 0)\ndW1 = d @ x.T", KEY).outcome is Outcome.RIGHT
