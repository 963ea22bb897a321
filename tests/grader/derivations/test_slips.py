"""Twenty wrong derivations with one planted slip each, of ten kinds: that line is flagged, and what follows counts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from formula_scope import scope_of, symbol

from grader.answers import judge
from grader.formula import read_program
from grader.keys import DerivationKey
from grader.verdict import Outcome, Verdict

ONE_HOT = symbol("t", "K", domain="one_hot")
TWO_LAYERS = DerivationKey(
    read_program(
        "z1 = W1 @ x + b1\nh = relu(z1)\nz2 = W2 @ h + b2\ny = softmax(z2)\nL = -sum(t*log(y))",
        scope_of(
            *(symbol("x", "D"), symbol("W1", "H", "D"), symbol("b1", "H")),
            *(symbol("W2", "K", "H"), symbol("b2", "K"), ONE_HOT),
        ),
    ),
    "L",
    ("W1", "b1"),
)
BATCH = DerivationKey(
    read_program(
        "Z = X @ W + b\nP = sigmoid(Z)\nL = sum((P - T)**2)/2",
        scope_of(symbol("X", "N", "D"), symbol("W", "D", "K"), symbol("b", "K"), symbol("T", "N", "K")),
    ),
    "L",
    ("W", "b"),
)
TIME = DerivationKey(
    read_program(
        "h1 = tanh(W @ x1 + U @ h0)\nh2 = tanh(W @ x2 + U @ h1)\nL = sum(g*h2)",
        scope_of(
            *(symbol("x1", "D"), symbol("x2", "D"), symbol("h0", "H"), symbol("g", "H")),
            *(symbol("W", "H", "D"), symbol("U", "H", "H")),
        ),
    ),
    "L",
    ("W", "U"),
)
ATTENTION = DerivationKey(
    read_program(
        "S = Q @ K.T/sqrt(d)\nA = softmax(S, axis=1)\nO = A @ V\nL = sum(G*O)",
        scope_of(symbol("Q", "n", "d"), symbol("K", "m", "d"), symbol("V", "m", "e"), symbol("G", "n", "e")),
    ),
    "L",
    ("Q", "V"),
)


@dataclass(frozen=True)
class Slip:
    """A derivation with a slip. statuses: of its lines, by their first letters: right, wrong, follows."""

    kind: str
    key: DerivationKey
    lines: str
    statuses: str
    score: float

    @property
    def line(self) -> int:
        return self.statuses.index("w") + 1


SLIPS = [
    Slip("sign", TWO_LAYERS, "dz2 = t - y; dh = W2.T @ dz2; dz1 = dh * (z1 > 0); dW1 = dz1 @ x.T; "
         "db1 = dz1", "wffff", 4 / 5),
    Slip("sign", BATCH, "dP = T - P; dZ = dP*P*(1 - P); dW = X.T @ dZ; db = sum(dZ, axis=0)", "wfff", 3 / 4),
    Slip(
        "transpose",
        TWO_LAYERS,
        "dz2 = y - t; dh = W2 @ dz2; dz1 = dh * (h > 0); dW1 = outer(dz1, x); db1 = dz1",
        "rwfff",
        4 / 5,
    ),
    Slip("transpose", BATCH, "e = (P - T)*P*(1 - P); dW = e.T @ X; db = sum(e, axis=0)", "rwr", 3 / 4),
    Slip("transpose", TIME, "d2 = g*(1 - h2**2); d1 = U @ d2*(1 - h1**2); dW = outer(d2, x2) + outer(d1, x1); "
         "dU = outer(d2, h1) + outer(d1, h0)", "rwff", 3 / 4),
    Slip("no slope", TWO_LAYERS, "e2 = y - t; e1 = W2.T @ e2; dW1 = e1 @ x.T; db1 = e1", "rwff", 3 / 4),
    Slip("no slope", TIME, "d2 = g*(1 - h2**2); d1 = U.T @ d2; dW = outer(d2, x2) + outer(d1, x1); "
         "dU = outer(d2, h1) + outer(d1, h0)", "rwff", 3 / 4),
    Slip("wrong slope", BATCH, "dP = P - T; dZ = dP*(1 - P**2); dW = X.T @ dZ; db = sum(dZ, axis=0)", "rwff", 3 / 4),
    Slip("wrong slope", TIME, "d2 = g*(1 - h2); d1 = U.T @ d2*(1 - h1**2); dW = outer(d2, x2) + outer(d1, x1); "
         "dU = outer(d2, h1) + outer(d1, h0)", "wfff", 4 / 5),
    Slip("factor", BATCH, "dP = 2*(P - T); dZ = dP*P*(1 - P); dW = X.T @ dZ; db = sum(dZ, axis=0)", "wfff", 3 / 4),
    Slip("factor", ATTENTION, "dV = A.T @ G; dA = G @ V.T; dS = A*(dA - sum(dA*A, axis=1, keepdims=True)); "
         "dQ = dS @ K/d", "rrrw", 3 / 4),
    Slip("no sum", BATCH, "dP = P - T; dZ = dP*P*(1 - P); dW = X.T @ dZ; db = dZ", "rrrw", 3 / 4),
    Slip("mean for sum", BATCH, "dP = P - T; dZ = dP*P*(1 - P); dW = X.T @ dZ; db = mean(dZ, axis=0)", "rrrw", 3 / 4),
    Slip("a path is missing", TIME, "d2 = g*(1 - h2**2); d1 = U.T @ d2*(1 - h1**2); dW = outer(d2, x2); "
         "dU = outer(d2, h1) + outer(d1, h0)", "rrwr", 4 / 5),
    Slip("a path is missing", ATTENTION, "dA = G @ V.T; dS = A*dA; dQ = dS @ K/sqrt(d); dV = A.T @ G", "rwfr", 3 / 4),
    Slip("another name", TWO_LAYERS, "dz2 = y - t; dh = W2.T @ dz2; dz1 = dh*(z1 > 0); dW1 = dz1 @ h.T; "
         "db1 = dz1", "rrrwr", 4 / 5),
    Slip("another name", TIME, "d2 = g*(1 - h2**2); d1 = U.T @ d2*(1 - h1**2); dW = outer(d2, x2) + outer(d1, x1); "
         "dU = outer(d2, h2) + outer(d1, h1)", "rrrw", 4 / 5),
    Slip("order", BATCH, "dP = P - T; dZ = dP*P*(1 - P); dW = dZ.T @ X; db = sum(dZ, axis=0)", "rrwr", 3 / 4),
    Slip("axis", BATCH, "dP = P - T; dZ = dP*P*(1 - P); dW = X.T @ dZ; db = sum(dZ, axis=1)", "rrrw", 3 / 4),
    Slip("axis", ATTENTION, "dA = G @ V.T; dS = A*(dA - sum(dA*A, axis=0, keepdims=True)); dQ = dS @ K/sqrt(d); "
         "dV = A.T @ G", "rwfr", 3 / 4),
]  # fmt: skip


def statuses(verdict: Verdict) -> str:
    return "".join(f.data["status"][0] for f in verdict.feedback if f.code == "derivation.line")


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.kind}-{slip.key.wanted[0]}-{slip.line}")
def test_the_line_with_the_slip_is_flagged_and_what_follows_counts(slip: Slip) -> None:
    verdict = judge(slip.lines, slip.key)
    assert statuses(verdict) == slip.statuses
    first = verdict.feedback[0]
    assert first.code.startswith("derivation.slip")
    assert first.data["line"] == slip.line
    assert verdict.score == pytest.approx(slip.score)
    assert verdict.outcome is Outcome.PARTIAL


def test_there_are_twenty_slips_of_ten_kinds() -> None:
    assert len(SLIPS) == 20
    assert len({slip.kind for slip in SLIPS}) >= 10


RIGHT = [
    (TWO_LAYERS, "dz2 = y - t\ndh = W2.T @ dz2\ndz1 = dh * (z1 > 0)\ndW1 = dz1 @ x.T\ndb1 = dz1"),
    (TWO_LAYERS, "delta = y - t\ndelta = W2.T @ delta * (h > 0)\ndW1 = delta @ x.T\ndb1 = delta"),
    (TWO_LAYERS, "db1 = W2.T @ (y - t) * (z1 > 0)\ndW1 = outer(db1, x)"),
    (TWO_LAYERS, "∂L/∂z2 = y − t; ∂L/∂z1 = W2ᵀ(∂L/∂z2) ⊙ (z1 > 0); ∂L/∂W1 = ∂L/∂z1 xᵀ; ∂L/∂b1 = ∂L/∂z1"),
    (
        TWO_LAYERS,
        r"\begin{aligned}\frac{\partial L}{\partial z_2} &= y - t \\ \delta_1 &= W_2^\top (y - t) \odot (z_1 > 0) \\"
        r"\nabla_{W_1} L &= \delta_1 x^\top \\ \frac{\partial L}{\partial b_1} &= \delta_1 \end{aligned}",
    ),
    (BATCH, "dZ = (P - T)*P*(1 - P) = dL/dP * P * (1 - P)\ndW = X.T @ dZ\ndb = dZ.T @ ones(N)"),
    (TIME, "a = U.T @ (g*(1 - h2**2)); b2 = a*(1 - h1**2); dW = outer(g*(1 - h2**2), x2) + b2 @ x1.T\n"
           "dU = (g*(1 - h2**2)) @ h1.T + b2 @ h0.T"),
    (ATTENTION, "B = G @ V.T; s = sum(A*B, axis=1, keepdims=True); C = A*(B - s); dQ = C @ K/sqrt(d); dV = A.T @ G"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "lines"), RIGHT)
def test_a_right_derivation_is_right_however_it_is_written(key: DerivationKey, lines: str) -> None:
    if "dL/dP" in lines:
        lines = f"dP = P - T\n{lines}"
    verdict = judge(lines, key)
    assert (verdict.outcome, verdict.score) == (Outcome.RIGHT, 1.0), [dict(f.data) for f in verdict.feedback]
    assert set(statuses(verdict)) <= {"r", "t"}
