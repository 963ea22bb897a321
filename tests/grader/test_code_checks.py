"""Each check of code passes what is right, fails what it is there for, says so, and leaves the others' marks alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.answers.code import judge_code
from grader.checks import (
    Check,
    ConsistencyCheck,
    CostCheck,
    DeterminismCheck,
    DtypeCheck,
    ForbidCheck,
    GradientCheck,
    Probe,
    PurityCheck,
    StabilityCheck,
    StateCheck,
    TrajectoryCheck,
    ValuesCheck,
)
from grader.keys import CodeCase, CodeKey, Limits, Mistake
from grader.sandbox import Sandbox
from grader.sentences import sentence
from grader.verdict import Outcome, Verdict

LIMITS = Limits(wall_seconds=5.0, cpu_seconds=5.0, memory_mib=256)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


def told(verdict: Verdict) -> str:
    return " ".join(map(sentence, verdict.feedback))


def softmax(z: Any) -> Any:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def backward(z: Any, g: Any) -> Any:
    y = softmax(z)
    return y * (g - (g * y).sum(axis=-1, keepdims=True))


def case(z: Any, g: Any, *, shown: bool = False) -> CodeCase:
    return CodeCase({"z": z, "g": g}, (backward(z, g),), shown)


def drawn(count: int, *, first: int = 0, factor: float = 1.0) -> tuple[CodeCase, ...]:
    cases = []
    for seed in range(first, first + count):
        draw = np.random.default_rng(seed)
        shape = (2 + seed % 3, 3 + seed % 2)
        cases.append(case(factor * draw.normal(size=shape), draw.normal(size=shape), shown=seed == 0))
    return tuple(cases)


def key(*checks: Check, **changes: Any) -> CodeKey:
    """The softmax's gradient: values for 2 marks, and what else is given."""
    return CodeKey(
        "softmax_backward", ("z", "g"), ("dz",), drawn(3), checks=(ValuesCheck(2, ("dz",)), *checks), limits=LIMITS,
        **changes,
    )  # fmt: skip


RIGHT = """
import numpy as np


def softmax(z):
    y = np.exp(z - z.max(axis=-1, keepdims=True))
    return y / y.sum(axis=-1, keepdims=True)


def softmax_backward(z, g):
    y = softmax(z)
    return y * (g - (g * y).sum(axis=-1, keepdims=True))
"""


def singles() -> tuple[CodeCase, ...]:
    made = []
    for one in drawn(2, first=7):
        inputs = {name: value.astype(np.float32) for name, value in one.inputs.items()}
        made.append(CodeCase(inputs, (backward(**inputs).astype(np.float32),)))
    return tuple(made)


def probes() -> tuple[Probe, ...]:
    made = []
    for one in drawn(2, first=20):
        z, g = one.inputs["z"], one.inputs["g"]
        made.append(Probe(one.inputs, {"z": np.random.default_rng(1).normal(size=z.shape)}, softmax(z), g))
    return tuple(made)


def large(size: int) -> dict[str, Any]:
    draw = np.random.default_rng(3)
    return {"z": draw.normal(size=(size, 50)), "g": draw.normal(size=(size, 50))}


GRADIENT = GradientCheck(1, {"dz": "z"}, drawn(2, first=11))
STABILITY = StabilityCheck(1, drawn(2, first=5, factor=1000))
DTYPE = DtypeCheck(1, singles())
CONSISTENCY = ConsistencyCheck(1, "softmax", ("z",), {"dz": "z"}, probes())
COST = CostCheck(1, large(10), large(2000), passes=4)
EVERY = (GRADIENT, STABILITY, DTYPE, CONSISTENCY, DeterminismCheck(1), StateCheck(1), COST, PurityCheck(1))


def test_what_is_right_passes_every_check(sandbox: Sandbox) -> None:
    verdict = judge_code(RIGHT, key(*EVERY), sandbox)
    assert (verdict.outcome, verdict.score) == (Outcome.RIGHT, 1), told(verdict)
    assert "values 2 of 2, gradient 1 of 1, stability 1 of 1" in told(verdict)
    assert "what the submission's own process reports: purity" in told(verdict)


OVERFLOWS = RIGHT.replace("z - z.max(axis=-1, keepdims=True)", "z")
FLOAT64 = RIGHT.replace("y = softmax(z)", "y = softmax(z).astype(np.float64)")
RANDOM = RIGHT.replace("    return y * (g", "    return (1 + 1e-7*np.random.normal())*y * (g").replace(
    "import numpy as np", "import numpy as np\nimport os\n", 1
)
COUNTS = RIGHT.replace(
    "def softmax_backward(z, g):\n", "seen = []\n\n\ndef softmax_backward(z, g):\n    seen.append(1)\n"
).replace("return y * (g", "return (1 + 1e-7*len(seen))*y * (g")
LOOPS = """
import math
import numpy as np


def softmax(z):
    y = np.exp(z - z.max(axis=-1, keepdims=True))
    return y / y.sum(axis=-1, keepdims=True)


def softmax_backward(z, g):
    result = np.zeros(z.shape, z.dtype)
    for n in range(z.shape[0]):
        top = max(z[n, k] for k in range(z.shape[1]))
        e = [math.exp(z[n, k] - top) for k in range(z.shape[1])]
        total = sum(e)
        dot = sum(g[n, k] * e[k] / total for k in range(z.shape[1]))
        for k in range(z.shape[1]):
            result[n, k] = e[k] / total * (g[n, k] - dot)
    return result
"""
IN_PLACE = RIGHT.replace("    y = softmax(z)\n", "    y = softmax(z)\n    z -= z.max()\n")
OTHER_FORWARD = RIGHT.replace(
    "return y / y.sum(axis=-1, keepdims=True)", "return 2 * y / y.sum(axis=-1, keepdims=True)"
)
OTHER_FORWARD = OTHER_FORWARD.replace("y = softmax(z)", "y = softmax(z) / 2")
RENAMED = RIGHT.replace("def softmax(z)", "def probabilities(z)").replace("= softmax(z)", "= probabilities(z)")
SHIFTED = RIGHT.replace("return y / y.sum", "return 1 + y / y.sum").replace("= softmax(z)", "= softmax(z) - 1")
DIAGONAL = RIGHT.replace("return y * (g - (g * y).sum(axis=-1, keepdims=True))", "return y * (1 - y) * g")

FAILS: list[tuple[Check, str, str]] = [
    (STABILITY, OVERFLOWS, "infinity or NaN"),
    (STABILITY, RIGHT.replace("z - z.max", "np.clip(z, -30, 30) - np.clip(z, -30, 30).max"), "finite, but not right"),
    (STABILITY, RIGHT.replace("y = softmax(z)", "assert abs(z).max() < 99; y = softmax(z)"), "did not come to an end"),
    (DTYPE, FLOAT64, "`dz` comes as float64 where the inputs are float32"),
    (DTYPE, RIGHT.replace("y = softmax(z)", "z.view('i8'); y = softmax(z)"), "does not run on inputs of dtype float32"),
    (DeterminismCheck(1), RANDOM, "another result the second time"),
    (DeterminismCheck(1), COUNTS, "another result the second time, in 3 of 3 cases"),
    (StateCheck(1), COUNTS, "`softmax_backward` keeps something between them"),
    (COST, LOOPS, "operations on whole arrays"),
    (PurityCheck(1), IN_PLACE, "changes its input `z` in place"),
    (CONSISTENCY, OTHER_FORWARD, "does not fit your own `softmax`"),
    (CONSISTENCY, RENAMED, "`softmax`"),
    (CONSISTENCY, SHIFTED, "itself is not right"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "source", "says"), FAILS)
def test_a_check_fails_what_it_is_for_and_nothing_else(check: Check, source: str, says: str, sandbox: Sandbox) -> None:
    tolerant = replace(key(check), tolerance=1e-5)
    verdict = judge_code(source, tolerant, sandbox)
    assert says in told(verdict)
    assert (verdict.outcome, verdict.score) == (Outcome.PARTIAL, pytest.approx(2 / 3)), told(verdict)


@pytest.mark.parametrize("check", [GRADIENT, STABILITY, DTYPE, CONSISTENCY])
def test_a_wrong_gradient_fails_every_check_of_values(check: Check, sandbox: Sandbox) -> None:
    assert judge_code(DIAGONAL, key(check), sandbox).score == 0


def test_a_wrong_gradient_is_named_by_its_argument(sandbox: Sandbox) -> None:
    verdict = judge_code(DIAGONAL, key(GRADIENT), sandbox)
    assert "The gradient is wrong for `z` (`dz`); right for none." in told(verdict)


def test_a_declared_mistake_is_named_where_only_the_gradient_is_wrong(sandbox: Sandbox) -> None:
    wrong = tuple((softmax(one.inputs["z"]) * (1 - softmax(one.inputs["z"])) * one.inputs["g"],) for one in drawn(3))
    question = replace(key(GRADIENT), checks=(GRADIENT,), mistakes=(Mistake("diagonal", wrong, "Not all of it."),))
    verdict = judge_code(DIAGONAL, question, sandbox)
    assert verdict.mistake == "diagonal"
    assert told(verdict).startswith("Not all of it. The gradient is wrong for")
    two = judge_code(DIAGONAL.replace("* g\n", "* g, 1\n"), question, sandbox)
    assert (two.mistake, two.score) == ("", 0)


def test_behaviour_earns_nothing_where_nothing_is_right(sandbox: Sandbox) -> None:
    idle = "def softmax_backward(z, g):\n    return 0 * z\n"
    verdict = judge_code(idle, key(PurityCheck(1), DeterminismCheck(1), COST), sandbox)
    assert verdict.score == 0
    assert "as long as nothing that it returns is right" in told(verdict)


def test_an_exception_in_one_check_leaves_the_others(sandbox: Sandbox) -> None:
    single = RIGHT.replace("y = softmax(z)", "assert z.dtype == np.float64\n    y = softmax(z)")
    assert judge_code(single, key(DTYPE, PurityCheck(1)), sandbox).score == pytest.approx(3 / 4)
    never = RIGHT.replace("y = softmax(z)", "raise ValueError(3)")
    verdict = judge_code(never, key(DTYPE, PurityCheck(1)), sandbox)
    assert verdict.score == 0
    assert "ValueError" in told(verdict)


def test_a_hidden_failure_is_told_by_an_example_of_its_own(sandbox: Sandbox) -> None:
    wrong = RIGHT.replace("    y = softmax(z)", "    y = np.where(z > 0.5, 0.9, 1) * softmax(z)")
    examples = (case(np.array([[0.25]]), np.array([[1.0]])), case(np.array([[2.0, -1.5]]), np.array([[1.0, 0.5]])))
    verdict = judge_code(wrong, key(examples=examples), sandbox)
    assert "for z = [[2, -1.5]], g = [[1, 0.5]] your `dz` is" in told(verdict)
    verdict = judge_code(wrong, key(), sandbox)
    assert "For example" not in told(verdict)


def test_autograd_is_seen_where_it_is_forbidden(sandbox: Sandbox) -> None:
    source = """
import torch


def softmax_backward(z, g):
    z = torch.tensor(z, requires_grad=True)
    torch.softmax(z, dim=-1).backward(torch.tensor(g))
    return z.grad
"""
    check = ForbidCheck(1, ("autograd", "nn"))
    verdict = judge_code(source, key(check, allow="torch"), sandbox)
    assert verdict.score == pytest.approx(2 / 3)
    assert "It uses torch.autograd, which is not allowed here" in told(verdict)
    plain = "import torch\n\n\ndef softmax_backward(z, g):\n    y = torch.softmax(z, -1)\n"
    plain += "    return y * (g - (g * y).sum(-1, keepdim=True))\n"
    plain = plain.replace("    y =", "    z, g = torch.as_tensor(z), torch.as_tensor(g)\n    y =")
    assert judge_code(plain, key(check, allow="torch"), sandbox).score == 1
    functional = plain.replace("torch.softmax(z, -1)", "torch.nn.functional.softmax(z, -1)")
    assert "It uses torch.nn," in told(judge_code(functional, key(check, allow="torch"), sandbox))


# ---- training: a trajectory, and optimisers that keep a state


def momentum(w: Any, gradients: Any, rate: float) -> Any:
    velocity, rows = np.zeros_like(w), []
    for g in gradients:
        velocity = 0.9 * velocity + g
        w = w - rate * velocity
        rows.append(w)
    return np.stack(rows)


def training(*checks: Check, **changes: Any) -> CodeKey:
    cases = []
    for seed in range(3):
        draw = np.random.default_rng(seed)
        inputs = {"w": draw.normal(size=4), "rate": 0.1, "gradients": draw.normal(size=(5 + seed, 4))}
        cases.append(CodeCase(inputs, (momentum(**inputs),), seed == 0))
    names: dict[str, Any] = {"parameters": ("w", "rate"), "steps": ("gradients",)} | changes
    return CodeKey("Momentum", outputs=("path",), cases=tuple(cases), checks=checks, limits=LIMITS, **names)


OPTIMISER = """
class Momentum:
    def __init__(self, w, rate):
        self.w, self.rate, self.v = w, rate, 0

    def __call__(self, gradients):
        self.v = 0.9 * self.v + gradients
        self.w = self.w - self.rate * self.v
        return self.w
"""
TRAJECTORIES = [
    (OPTIMISER, 1.0, ""),
    (OPTIMISER.replace("0.9 * self.v + gradients", "gradients"), 0.0, "right for 1 of 5 steps; step 2 is the first"),
    (OPTIMISER.replace("self.w - self.rate", "self.w - 2*self.rate"), 0.0, "your step is 2 times the right one"),
    (OPTIMISER.replace("self.w - self.rate", "self.w + self.rate"), 0.0, "your step is -1 times the right one"),
    (OPTIMISER.replace("0.9 * self.v +", "0.9 * self.v + 0.1 *"), 0.0, "your step is 1/10 times the right one"),
    (OPTIMISER.replace("return self.w", "return self.w - 0*self.w + 1"), 0.0, "differs from the first of 5 steps on"),
    (OPTIMISER.replace("        return self.w\n", ""), 0.0, "It returned nothing"),
    (OPTIMISER.replace("return self.w", "return self.w / 0"), 0.0, "differs from the first of 5 steps on"),
    ("def Momentum(w, rate):\n    return 3\n", 0.0, "TypeError"),
]


@pytest.mark.parametrize(("source", "score", "says"), TRAJECTORIES)
def test_a_trajectory_is_told_by_its_first_wrong_step(source: str, score: float, says: str, sandbox: Sandbox) -> None:
    verdict = judge_code(source, training(TrajectoryCheck(1, ("path",))), sandbox)
    assert verdict.score == score, told(verdict)
    assert says in told(verdict)


def test_a_state_that_the_class_shares_is_left_over(sandbox: Sandbox) -> None:
    shared = OPTIMISER.replace("class Momentum:\n", "class Momentum:\n    v = [0]\n").replace(
        ", self.v = w, rate, 0", " = w, rate"
    )
    shared = shared.replace("self.v = 0.9 * self.v + gradients", "self.v[0] = 0.9 * self.v[0] + gradients")
    shared = shared.replace("self.rate * self.v\n", "self.rate * self.v[0]\n")
    verdict = judge_code(shared, training(ValuesCheck(1, ("path",)), StateCheck(1)), sandbox)
    assert "`Momentum` keeps something between them" in told(verdict)


def test_a_declared_mistake_is_named_beside_the_step(sandbox: Sandbox) -> None:
    plain = OPTIMISER.replace("0.9 * self.v + gradients", "gradients")
    question = training(TrajectoryCheck(1, ("path",)))
    outputs = tuple(
        (
            np.stack(
                [one.inputs["w"] - 0.1 * one.inputs["gradients"][: i + 1].sum(0) for i in range(len(one.expected[0]))]
            ),
        )
        for one in question.cases
    )
    known = replace(question, mistakes=(Mistake("plain", outputs, "The velocity is lost at each step."),))
    verdict = judge_code(plain, known, sandbox)
    assert verdict.mistake == "plain"
    assert "The velocity is lost" in told(verdict)


# ---- slips that are found by a named transform

IMAGES = tuple(
    CodeCase({"x": np.random.default_rng(s).normal(size=(2, 3, 4 + s, 5)), "g": np.ones(3) * (2 + s)}, ())
    for s in range(2)
)
SLIPS = [
    ("y[..., ::-1, ::-1]", "the kernel is flipped"),
    ("y[:, :, ::-1]", "runs backwards along axis 2"),
    ("np.roll(y, 1, 3)", "shifted by one along axis 3: your entry i is the right entry i - 1"),
    ("np.roll(y, -1, 2)", "shifted by one along axis 2: your entry i is the right entry i + 1"),
    ("y.transpose(0, 2, 3, 1)", "its axes stand in the order [0, 2, 3, 1]"),
    ("y.swapaxes(2, 3)", "right up to a transpose"),
    ("y / g[:, None, None]", "once it is multiplied with `g`: that factor is missing"),
    ("y - x", "once `x` is added: that term is missing"),
    ("y * x.shape[0]", "2"),
]


@pytest.mark.parametrize(("slip", "says"), SLIPS)
def test_a_slip_is_found_by_its_transform(slip: str, says: str, sandbox: Sandbox) -> None:
    cases = tuple(replace(one, expected=(np.tanh(one.inputs["x"]) * one.inputs["x"] ** 2,)) for one in IMAGES)
    source = f"import numpy as np\n\n\ndef f(x, g):\n    y = np.tanh(x) * x**2\n    return {slip}\n"
    verdict = judge_code(source, CodeKey("f", ("x", "g"), ("y",), cases, limits=LIMITS), sandbox)
    assert verdict.outcome is Outcome.WRONG
    assert says in told(verdict)


ODD = """
None | 3 | "x" | np.inf*z | np.nan*z | z + 1j | z.astype(int) | z.astype(object) | z[:0] | z[None] | np.zeros(0)
1e308*z*10 | z.astype('f2') | (z, z) | [] | {} | True | np.array("x") | np.datetime64("2020") | z.astype("f4")*1e30
np.broadcast_to(1, (1,)*32) | -np.inf | float("nan") | np.float16(1) | z.astype(bool) | np.longdouble(2)*z | range(3)
[[1, [2]]] | lambda: 1
"""


@pytest.mark.parametrize("answer", [one.strip() for one in ODD.strip().replace("\n", "|").split("|")])
def test_nothing_that_is_returned_breaks_a_check(answer: str, sandbox: Sandbox) -> None:
    functions = (f"def {head}:\n    return {answer}\n" for head in ("softmax(z)", "softmax_backward(z, g)"))
    source = "\n".join(["import numpy as np", *functions])
    with np.errstate(all="ignore"):
        verdict = judge_code(source, key(*EVERY, examples=drawn(2)), sandbox)
        assert (verdict.outcome, verdict.score) == (Outcome.WRONG, 0), told(verdict)
        stepped = OPTIMISER.replace("return self.w", f"z = self.w; return {answer}")
        stepped = f"import numpy as np\n{stepped}"
        checks = (TrajectoryCheck(1, ("path",)), StateCheck(1), ValuesCheck(1, ("path",)))
        assert judge_code(stepped, training(*checks), sandbox).score == 0
    assert told(verdict).isprintable()
