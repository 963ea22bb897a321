"""Judging code: which submissions are right, and what the others are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.answers import judge
from grader.answers.code import judge_code
from grader.answers.code_accuracy import share_right
from grader.answers.code_bench import running_order
from grader.answers.code_consistent import check_key
from grader.answers.code_values import close, noise_of
from grader.errors import AuthorError
from grader.keys import Accuracy, CodeCase, CodeKey, Limits, Mistake
from grader.sandbox import Report, Sandbox, SandboxError, Task
from grader.sentences import sentence
from grader.verdict import Evidence, Outcome, Verdict

LIMITS = Limits(wall_seconds=2.0, cpu_seconds=2.0, memory_mib=128)
SIZES = ((3, 4), (5, 2), (7, 3))
K = 6


def gradients(x: Any, d: Any) -> tuple[Any, Any]:
    """Mean over the batch of the gradients of a dense layer: (D, K) and (K,)."""
    n = len(x)
    return sum(np.outer(x[i], d[i]) for i in range(n)) / n, sum(d[i] for i in range(n)) / n


def question(*, shown: tuple[int, ...] = (0,), **changes: Any) -> CodeKey:
    cases, summed = [], []
    for i, (n, size) in enumerate(SIZES):
        draw = np.random.default_rng(i)
        x, d = draw.normal(size=(n, size)), draw.normal(size=(n, K))
        w, b = gradients(x, d)
        cases.append(CodeCase({"x": x, "d": d}, (w, b), shown=i in shown))
        summed.append((n * w, n * b))
    mistakes = (Mistake("summed", tuple(summed), "Take the mean over the batch, not the sum."),)
    settings: dict[str, Any] = {"mistakes": mistakes, "limits": LIMITS} | changes
    return CodeKey("backward", ("x", "d"), ("dW", "db"), tuple(cases), **settings)


def scalar_question(*values: float, shown: bool = True, **changes: Any) -> CodeKey:
    """One output `y`; the input i is the case's number."""
    cases = tuple(CodeCase({"i": i}, (np.asarray(v),), shown=shown) for i, v in enumerate(values))
    return CodeKey("f", ("i",), ("y",), cases, limits=LIMITS, **changes)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def told(verdict: Verdict) -> str:
    return " ".join(map(sentence, verdict.feedback))


def backward(body: str) -> str:
    return f"import numpy as np\n\n\ndef backward(x, d):\n    n = len(x)\n    {body}\n"


RIGHT = [
    backward("return x.T @ d / n, d.mean(0)"),
    backward("return [x.T @ d / n, d.sum(axis=0) / n]"),
    "def backward(d, x):\n    return x.T @ d / len(x), d.mean(0)",  # names decide, not the order
    "def backward(inputs, upstream):\n    return inputs.T @ upstream / len(inputs), upstream.mean(0)",
    "def backward(*all):\n    return all[0].T @ all[1] / len(all[0]), all[1].mean(0)",
    "backward = lambda x, d, eps=0: (x.T @ d / len(x), d.mean(0))",
    "class Layer:\n    def __call__(self, x, d):\n        return x.T @ d / len(x), d.mean(0)\nbackward = Layer()",
    backward("x, d = x.astype('f4'), d.astype('f4'); return x.T @ d / n, d.mean(0)"),
    "\ufeff" + backward("return x.T @ d / n, d.mean(0)").replace("\n", "\r\n"),
    backward("return np.asfortranarray(x.T @ d / n)[::-1][::-1], d.mean(0)"),
]


@pytest.mark.parametrize("source", RIGHT)
def test_right_code_is_right(source: str, sandbox: Sandbox) -> None:
    verdict = judge_code(source, question(), sandbox)
    assert (verdict.outcome, verdict.score, verdict.evidence) == (Outcome.RIGHT, 1.0, Evidence.RUN)
    assert verdict.level != "" and verdict.reading == "backward(x, d)"
    assert told(verdict) == "Right in all 3 cases."


WRONG = [
    ("return x.T @ d, d.sum(0)", 0, ["Take the mean over the batch"]),
    ("return -x.T @ d / n, -d.mean(0)", 0, ["`dW` is right up to the sign", "`db` is right up to the sign"]),
    ("return 2 * x.T @ d / n, d.mean(0) / 2", 0, ["the right answer times 2.", "the right answer times 1/2."]),
    ("return x.T @ d, d.mean(0)", 0.5, ["db.", "times n, the number of rows of `x`"]),
    ("return x.T @ d / n**2, d.mean(0)", 0.5, ["times 1/n, where n is the number of rows of `x`"]),
    ("return x.T @ d / (n - 1), d.mean(0)", 0.5, ["times n/(n - 1)"]),
    ("return x.T @ d / d.size, d.mean(0)", 0.5, ["times 1/n, where n is the number of columns of `d`"]),
    ("return 1.37 * x.T @ d / n, d.mean(0)", 0.5, ["times 1.37."]),
    ("return d.T @ x / n, d.mean(0)", 0.5, ["`dW` is right up to a transpose"]),
    ("return d.T @ x, d.mean(0)", 0.5, ["`dW` has shape (6, 4); (4, 6) was expected. Is it transposed?"]),
    ("return x.T @ d / n, d.mean(0, keepdims=True)", 0.5, ["shape (1, 6); (6,) was expected. Look for an axis"]),
    ("return x.T @ d / n, d.mean(1)", 0.5, ["`db` has shape (3,); (6,) was expected."]),
    ("return x.T @ d / n, np.ones(10**7)", 0.5, ["`db` has shape (10000000,); (6,) was expected."]),
    ("return 0 * x.T @ d, np.ones(6)", 0, ["`dW` is zero everywhere", "`db` is the same number everywhere"]),
    ("return (x.T @ d / n).astype(int), d.mean(0)", 0.5, ["whole numbers: the fractions got lost"]),
    ("return (x.T @ d / n).astype('f2'), d.mean(0)", 0.5, ["only to the few digits of float16"]),
    ("return x.T @ d / n + 0j, d.mean(0)", 0.5, ["complex numbers"]),
    ("return (x.T @ d / n).astype(object), d.mean(0)", 0.5, ["an array of dtype object"]),
    ("return (x.T @ d / n).tolist(), d.mean(0)", 0.5, ["`dW` came as list; a NumPy array"]),
    ("return x.T @ d / n, np.log(-abs(d.mean(0)))", 0.5, ["`db` is right in 0 of 3 cases", "not a number (NaN)"]),
    ("return x.T @ d / n", 0, ["It returned ndarray; expected: dW, db."]),
    ("return 1, 2, 3", 0, ["It returned 3 values; expected: dW, db."]),
    ("x.T @ d / n, d.mean(0)", 0, ["It returned nothing; is there a `return`? Expected: dW, db."]),
    ("return x @ d, d", 0, ["ValueError in line 6, in 3 of 3 cases: matmul"]),
    ("return y", 0, ["NameError in line 6, in 3 of 3 cases: name 'y' is not defined"]),
    ("import torch", 0, ["`import torch` in line 6: only NumPy and the standard library can be used here."]),
    ("open('/etc/passwd', 'w')", 0, ["files, network, other programs are out of reach"]),
    ("while True: pass", 0, ["still running after 2 s"]),
    ("return np.ones(10**10)", 0, ["more than 128 MiB"]),
    ("raise SystemExit", 0, ["It ended the Python interpreter (exit status 0)"]),
    ("import ctypes; ctypes.string_at(1)", 0, ["It crashed the Python interpreter (SIGSEGV)."]),
]


@pytest.mark.parametrize(("body", "score", "expected"), WRONG)
def test_wrong_code_is_told_why(body: str, score: float, expected: list[str], sandbox: Sandbox) -> None:
    verdict = judge_code(backward(body), question(), sandbox)
    assert verdict.outcome is (Outcome.PARTIAL if score else Outcome.WRONG)
    assert (verdict.score, verdict.evidence) == (score, Evidence.RUN)
    assert verdict.level != ""
    text = told(verdict)
    assert [part for part in expected if part not in text] == [], text
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict


UNREADABLE = [
    ("", "Nothing was entered; a function `backward(x, d)` is asked for."),
    ("  \n", "Nothing was entered"),
    ("def backward(x, d):\n    return (", "Line 2 is not valid Python: '(' was never closed."),
    ("x = 1\0", "Line 1 holds a null byte"),
    ("# é\nx = '\udcff'", "Line 2 holds bytes that are not UTF-8 text"),
    ("x = 1\n" * 50_000, "The file has 300000 characters; 200000 are the most that is taken."),
    ("x = 1", "The file defines no function; `backward(x, d)` is asked for."),
    ("def back(x, d):\n    pass\ndef other():\n    pass", "it defines back, other. Rename yours to `backward`."),
    ("backward = 3", "`backward` is in the file, but it is not a function."),
    ("def backward(x):\n    pass", "`backward(x)` cannot be called as `backward(x, d)`."),
    ("def backward(x, d, *, lr):\n    pass", "`backward(x, d, lr)` cannot be called"),
    ("(" * 3000, "is not valid Python: too many nested parentheses"),
]


@pytest.mark.parametrize(("source", "expected"), UNREADABLE)
def test_what_cannot_be_read_costs_nothing(source: str, expected: str, sandbox: Sandbox) -> None:
    verdict = judge_code(source, question(), sandbox)
    assert verdict.outcome is Outcome.UNREADABLE
    assert not verdict.outcome.costs_attempt and verdict.score == 0
    assert expected in told(verdict)


def test_a_declared_mistake_is_named(sandbox: Sandbox) -> None:
    verdict = judge_code(backward("return x.T @ d, d.sum(0)"), question(), sandbox)
    assert verdict.mistake == "summed"
    assert [f.code for f in verdict.feedback] == ["mistake"]


def test_a_declared_mistake_of_one_output_keeps_the_marks_of_the_others(sandbox: Sandbox) -> None:
    key = question()
    arrays = tuple((case.expected[0], case.expected[1] + 1) for case in key.cases)
    key = question(mistakes=(Mistake("shifted", arrays, "Subtract one."),))
    verdict = judge_code(backward("return x.T @ d / n, d.mean(0) + 1"), key, sandbox)
    assert (verdict.outcome, verdict.score, verdict.mistake) == (Outcome.PARTIAL, 0.5, "shifted")
    assert told(verdict) == "1 of 2 outputs are right in every case: dW. Subtract one."


def test_values_of_shown_cases_are_told(sandbox: Sandbox) -> None:
    source = "def f(i):\n    return 1.25 if i == 1 else i + 1.0"
    verdict = judge_code(source, scalar_question(1.0, 2.0, 3.0), sandbox)
    assert told(verdict) == (
        "`y` is right in 2 of 3 cases. At [] yours is 1.25, right is 2 (the error is 37.5 % of the largest entry)."
    )


def test_values_of_hidden_cases_are_not_told(sandbox: Sandbox) -> None:
    source = "def f(i):\n    return 1.25 if i == 1 else i + 1.0"
    verdict = judge_code(source, scalar_question(1.0, 2.0, 3.0, shown=False), sandbox)
    assert told(verdict) == (
        "`y` is right in 2 of 3 cases. In a hidden case the largest error is at []: 37.5 % of the largest entry."
    )


LEAKS = [
    "raise ValueError(secret)",
    "raise type(secret, (Exception,), {})",
    "raise PermissionError(secret)",
    "raise ModuleNotFoundError(secret, name=secret)",
    "raise SyntaxError(secret)",
    "return type(secret, (), {})()",
    "return np.zeros(1, dtype=[(secret, 'f8')]), type(secret, (), {})()",
    "return {secret: 1}, secret",
    "print(secret); raise KeyError(secret)",
    "import sys; sys.exit(secret)",
    "import sys; sys.exit(int(abs(x[0, 0]) * 1e8))",
    "return x.T @ d / n * x[0, 0], np.full(6, x[0, 0])",
]


@pytest.mark.parametrize("leak", LEAKS)
def test_values_of_hidden_cases_never_come_out(leak: str, sandbox: Sandbox) -> None:
    body = f"secret = f'v{{abs(x[0, 0]):.8f}}'\n    if n == 3: return x.T @ d / n, d.mean(0)\n    {leak}"
    verdict = judge_code(backward(body), question(shown=(0,)), sandbox)
    assert verdict.score == 0 or verdict.outcome is Outcome.PARTIAL
    out = json.dumps(verdict.to_json()) + told(verdict)
    for case in question().cases[1:]:
        digits = f"{abs(case.inputs['x'][0, 0]):.8f}"
        assert digits not in out and digits[:6] not in out and str(int(float(digits) * 1e8)) not in out, out


def test_shown_cases_run_before_hidden_ones() -> None:
    cases = question(shown=(1,)).cases
    orders = {tuple(running_order(f"# {i}", cases)) for i in range(50)}
    assert orders == {(1, 0, 2), (1, 2, 0)}


class Broken(Sandbox):
    """A sandbox without a process."""

    def run(self, task: Task) -> Report:
        raise SandboxError("no process could be had")


def test_a_broken_sandbox_is_a_fault() -> None:
    verdict = judge_code(RIGHT[0], question(), Broken())
    assert verdict.outcome is Outcome.FAULT and "no process could be had" in told(verdict)


def test_judge_makes_a_sandbox_where_none_is_given() -> None:
    assert judge(RIGHT[0], question()).outcome is Outcome.RIGHT


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"cases": ()}, "no cases"),
    ({"cases": (CodeCase({"x": 1}, (np.ones(1), np.ones(1))),)}, "its parameters are"),
    ({"cases": (CodeCase({"x": 1, "d": 1}, (np.ones(1),)),)}, "expects 1 arrays"),
    ({"cases": (CodeCase({"x": 1, "d": 1}, (np.ones(1), np.array([np.nan]))),)}, "expects NaN"),
    ({"mistakes": (Mistake("m", ((np.ones(1),),), "s"),)}, "the mistake `m`"),
    ({"accuracy": Accuracy(np.array([0]), 0.5, 0.9)}, "takes one case"),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_an_inconsistent_key_is_an_error_of_the_author(change: dict[str, Any], expected: str) -> None:
    from dataclasses import replace

    with pytest.raises(AuthorError, match=expected):
        check_key(replace(question(), **change))


# ---- tolerances
ONES, SMALL = np.ones(3), np.full(3, 1e-9)
CLOSE: list[tuple[Any, Any, bool]] = [
    (ONES + 5e-7, ONES, True),
    (ONES + 2e-6, ONES, False),
    (SMALL * (1 + 5e-7), SMALL, True),
    (0 * SMALL, SMALL, False),  # nothing is small enough to be ignored
    (np.array([1.0, 1e-7]), np.array([1.0, 0.0]), True),  # against the largest entry
    (np.full(3, np.nan), ONES, False),
    (np.full(3, np.inf), ONES, False),
    (np.array([np.inf, 1]), np.array([np.inf, 1]), True),
    (np.array([-np.inf, 1]), np.array([np.inf, 1]), False),
    (np.array([1.0, 5.0]), np.array([np.inf, 1]), False),
    (ONES[:, None], ONES, False),
    (np.ones(()), np.ones(1), False),
    (ONES.astype("f4") * np.float32(1.000005), ONES, True),  # rounding in 32 bits
    (ONES.astype("f4") * np.float32(1.00002), ONES, False),
    (np.array([1, 2, 3]), np.array([1, 2, 3]), True),
    (np.array([1.0, 2.0, 3.0]), np.array([1, 2, 3]), True),
    (np.array([10**8]), np.array([10**8 + 1]), False),  # whole numbers are exact
    (np.array([1e8]), np.array([10**8 + 1]), False),
    (np.array([True]), np.array([1]), True),
    (np.array([1]), np.array([1.0]), True),
    (np.zeros(3), np.zeros(3), True),
    (np.full(3, 1e-17), np.zeros(3), True),
    (np.full(3, 1e-6), np.zeros(3), False),
    (np.zeros((0, 3)), np.zeros((0, 3)), True),
    (ONES + 0j, ONES, False),
]


@pytest.mark.parametrize(("got", "expected", "answer"), CLOSE)
def test_tolerances_scale_with_the_expected_array(got: Any, expected: Any, answer: bool) -> None:
    assert close(got, expected, tolerance=1e-6, noise=noise_of([expected])) is answer


def test_zeros_may_carry_the_rounding_of_the_other_cases() -> None:
    noise = noise_of([np.zeros(2), np.array([1e6])])
    assert close(np.full(2, 1e-7), np.zeros(2), tolerance=1e-6, noise=noise)
    assert not close(np.full(2, 1e-3), np.zeros(2), tolerance=1e-6, noise=noise)


# ---- accuracy
LABELS = np.array([0, 1, 2, 1])


def quality(floor: float) -> CodeKey:
    case = CodeCase({"i": 0}, ())
    accuracy = Accuracy(LABELS, floor, 0.975)
    return CodeKey("f", ("i",), ("scores",), (case,), accuracy=accuracy, limits=LIMITS)


ACCURACY = [
    ("return np.eye(3)[[0, 1, 2, 1]]", 1.0, Outcome.RIGHT, "100.0 % of 4 are right; 100.0 % was asked for"),
    ("return np.eye(3)[[0, 1, 2, 2]]", 0.75, Outcome.RIGHT, "75.0 % of 4 are right"),
    ("return np.eye(3)[[0, 1, 2, 2]]", 0.76, Outcome.WRONG, "75.0 % of 4 are right, but 76.0 % was asked for; the "),
    ("return np.zeros((4, 3))", 0.2, Outcome.WRONG, "0.0 % of 4"),  # a tie decides nothing
    ("return np.full((4, 3), np.nan)", 0.2, Outcome.WRONG, "4 rows of the scores hold NaN"),
    ("return np.array([0, 1, 2, 1])", 0.2, Outcome.WRONG, "The scores have shape (4,); (4, 3) was expected"),
    ("return np.eye(3)", 0.2, Outcome.WRONG, "The scores have shape (3, 3); (4, 3) was expected"),
    ("return np.eye(4)[:, :2]", 0.2, Outcome.WRONG, "The scores have shape (4, 2)"),
    ("return np.eye(4)[:, :3] * 1j", 0.2, Outcome.WRONG, "complex numbers"),
    ("return 'scores'", 0.2, Outcome.WRONG, "`scores` came as str"),
    ("return None", 0.2, Outcome.WRONG, "It returned nothing"),
    ("return [1, 2], 3", 0.2, Outcome.WRONG, "`scores` came as tuple"),
]


@pytest.mark.parametrize(("body", "floor", "outcome", "expected"), ACCURACY)
def test_quality_is_measured_on_the_largest_scores(
    body: str, floor: float, outcome: Outcome, expected: str, sandbox: Sandbox
) -> None:
    verdict = judge_code(f"import numpy as np\ndef f(i):\n    {body}", quality(floor), sandbox)
    assert verdict.outcome is outcome
    assert expected in told(verdict), told(verdict)


def test_the_share_of_right_rows() -> None:
    scores = np.array([[3.0, 1, 2], [0, -1, -2], [np.nan, 0, 1], [0, np.inf, 1]])
    assert share_right(scores, LABELS) == 0.5


def test_tensors_are_taken_where_torch_is_allowed(sandbox: Sandbox) -> None:
    source = (
        "import torch\n\n\ndef backward(x, d):\n    x, d = torch.from_numpy(x), torch.from_numpy(d)\n"
        "    w = torch.zeros(x.shape[1], d.shape[1], dtype=x.dtype, requires_grad=True)\n"
        "    ((x @ w) * d).sum().div(len(x)).backward()\n    return w.grad, torch.nn.Parameter(d.mean(0))\n"
    )
    verdict = judge_code(source, question(allow="torch"), sandbox)
    assert verdict.outcome is Outcome.RIGHT, told(verdict)
