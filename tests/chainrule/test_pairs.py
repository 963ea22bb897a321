"""A file of pairs: every line gets its record, in order, and a bad one harms no other."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor

import pytest

from chainrule.pairs import judge_line, judged

SYMBOLS = {"X": ["N", "D"], "y": ["N"], "w": ["D"], "p": {"shape": ["K"], "domain": "simplex"}, "s": [], "λ": []}

PAIRS = [  # record, verdict, diagnosis
    ({"answer": "X.T @ (X @ w - y)", "expected": r"X^\top(Xw - y)", "symbols": SYMBOLS}, "equal", ""),
    ({"answer": "sum(p)*w", "expected": "w", "symbols": SYMBOLS}, "equal", ""),
    ({"answer": "λ s", "expected": "lambda*s", "symbols": SYMBOLS}, "equal", ""),
    ({"answer": "-w", "expected": "w", "symbols": SYMBOLS}, "different", "formula.sign"),
    ({"answer": "w +", "expected": "w", "symbols": SYMBOLS}, "unreadable", "read.ends-early"),
    ({"answer": "w", "expected": "w +", "symbols": SYMBOLS}, "unreadable", "read.ends-early"),
    ({"answer": "(a + b)**2", "expected": "a**2 + 2*a*b + b**2"}, "equal", ""),
    ({"answer": "x(y + 1)", "expected": "x*y + x"}, "equal", ""),
    ({"answer": "log(-abs(a) - 1)", "expected": "a"}, "undecided", "formula.undecided"),
    ({"answer": "x_n", "expected": "x", "symbols": {"x": ["N"]}, "indices": {"n": "N"}, "free": ["n"]}, "equal", ""),
    ({"answer": "sum(v)", "expected": "v[0] + v[1] + v[2]", "symbols": {"v": [3]}}, "equal", ""),
    (
        {"answer": "abs(u)", "expected": "u", "symbols": {"u": {"shape": [], "domain": {"interval": [0, 2]}}}},
        "equal",
        "",
    ),
]


@pytest.mark.parametrize(("record", "verdict", "diagnosis"), PAIRS)
def test_a_pair_is_judged(record: dict[str, object], verdict: str, diagnosis: str) -> None:
    result = judge_line(json.dumps({"id": 7, **record}))
    assert (result["id"], result["verdict"], result["diagnosis"]) == (7, verdict, diagnosis)
    assert set(result) == {"id", "verdict", "evidence", "reading", "message", "diagnosis", "ms"}


BAD = [
    ("{", "not a line of JSON"),
    ("[" * 100_000, "not a line of JSON"),
    ("[]", "a JSON object was expected"),
    ("{}", "'answer' must be a text"),
    ('{"answer": "x", "expected": "x", "symbols": []}', ""),
    ('{"answer": "x", "expected": "x", "symbols": {"x": 3}}', "must be a list"),
    ('{"answer": "x", "expected": "x", "symbols": {"x": ["1a"]}}', "no name"),
    ('{"answer": "x", "expected": "x", "symbols": {"x": [0]}}', "no dimension"),
    ('{"answer": "x", "expected": "x", "symbols": {"x": {"domain": "round"}}}', "the domain of 'x'"),
    ('{"answer": "\\ud800", "expected": "x"}', "not part of the formula language"),
]


@pytest.mark.parametrize(("line", "says"), BAD)
def test_a_bad_line_is_unreadable_with_the_reason(line: str, says: str) -> None:
    result = judge_line(line)
    assert result["verdict"] == "unreadable"
    assert says in result["message"]
    assert json.dumps(result)


def test_records_come_in_order_also_from_several_processes() -> None:
    lines = [json.dumps({"id": n, "answer": f"{n}*x", "expected": "x*2"}) for n in range(40)]
    alone = list(judged(lines))
    with ProcessPoolExecutor(2) as executor:
        spread = list(judged(lines, executor))
    assert [r["id"] for r in spread] == list(range(40))
    assert [r["verdict"] for r in spread] == [r["verdict"] for r in alone]
    assert [r["id"] for r in alone if r["verdict"] == "equal"] == [2]
