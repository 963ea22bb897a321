"""Derivations as printed: line by line what textbooks have, no longer."""

from __future__ import annotations

import pytest
from derivations import wrong_steps
from formula_scope import scope_of, symbol

from grader.formula import read_program
from grader.formula.derive import Derivation, gradients, textbook
from grader.formula.symbols import Scope


def printed(text: str, scope: Scope, names: str) -> tuple[Derivation, list[str]]:
    derivation = textbook(gradients(read_program(text, scope), of="L", with_respect_to=names.split()))
    return derivation, [f"{step.name} = {step.formula.text()}" for step in derivation.steps]


ONE_HOT = symbol("t", "K", domain="one_hot")
LSTM = """
i = sigmoid(Wi @ x + Ui @ h)
f = sigmoid(Wf @ x + Uf @ h)
o = sigmoid(Wo @ x + Uo @ h)
g = tanh(Wg @ x + Ug @ h)
c = f*c0 + i*g
h1 = o*tanh(c)
L = sum(q*h1)
"""
GATES = [symbol(f"{kind}{gate}", "H", size) for gate in "ifog" for kind, size in (("W", "D"), ("U", "H"))]

TEXTBOOK = {
    "softmax and cross-entropy": (
        "y = softmax(z)\nL = -sum(t*log(y))",
        scope_of(symbol("z", "K"), ONE_HOT),
        "z",
        ["dz = y - t"],
    ),
    "cross-entropy of logits": (
        "L = logsumexp(z) - t @ z",
        scope_of(symbol("z", "K"), ONE_HOT),
        "z",
        ["dz = softmax(z) - t"],
    ),
    "sigmoid and square loss": (
        "y = sigmoid(z)\nL = sum((y - t)**2)/2",
        scope_of(symbol("z", "K"), symbol("t", "K")),
        "z",
        ["dz = (y - t) * y * (1 - y)"],
    ),
    "logistic regression": (
        "p = sigmoid(X @ w)\nL = -(y @ log(p) + (1 - y) @ log(1 - p))",
        scope_of(symbol("X", "N", "D"), symbol("w", "D"), symbol("y", "N")),
        "w",
        ["dw = X.T @ (p - y)"],
    ),
    "ridge regression": (
        "L = norm(X @ w - y)**2 + c*norm(w)**2",
        scope_of(symbol("X", "N", "D"), symbol("w", "D"), symbol("y", "N"), symbol("c")),
        "w",
        ["dw = 2 * (X.T @ (X @ w - y) + c * w)"],
    ),
    "two layers": (
        "z1 = W1 @ x + b1\nh = relu(z1)\nz2 = W2 @ h + b2\ny = softmax(z2)\nL = -sum(t*log(y))",
        scope_of(
            *(symbol("x", "D"), symbol("W1", "H", "D"), symbol("b1", "H")),
            *(symbol("W2", "K", "H"), symbol("b2", "K"), ONE_HOT),
        ),
        "W1 b1 W2 b2 x",
        [
            *("dz2 = y - t", "dz1 = W2.T @ dz2 * (z1 > 0)", "dW1 = dz1 @ x.T", "db1 = dz1"),
            *("dW2 = dz2 @ h.T", "db2 = dz2", "dx = W1.T @ dz1"),
        ],
    ),
    "two layers on a batch": (
        "Z = X @ W + b\nH = sigmoid(Z)\nP = softmax(H @ V + c, axis=1)\nL = -sum(T*log(P))/N",
        scope_of(
            *(symbol("X", "N", "D"), symbol("W", "D", "M"), symbol("b", "M"), symbol("V", "M", "K"), symbol("c", "K")),
            symbol("T", "N", "K", domain="one_hot"),
        ),
        "W b V c",
        [
            *("delta_P = (P - T) / N", "dZ = delta_P @ V.T * H * (1 - H)", "dW = X.T @ dZ"),
            *("db = sum(dZ, axis=0)", "dV = H.T @ delta_P", "dc = sum(delta_P, axis=0)"),
        ],
    ),
    "back-propagation through three steps of time": (
        "h1 = tanh(W @ x1 + U @ h0)\nh2 = tanh(W @ x2 + U @ h1)\nh3 = tanh(W @ x3 + U @ h2)\n"
        "L = sum((V @ h3 - t)**2)/2",
        scope_of(
            *(symbol("x1", "D"), symbol("x2", "D"), symbol("x3", "D"), symbol("h0", "H"), symbol("W", "H", "D")),
            *(symbol("U", "H", "H"), symbol("V", "K", "H"), symbol("t", "K")),
        ),
        "W U V",
        [
            "delta_L = V @ h3 - t",
            "delta_h3 = V.T @ delta_L * (1 - h3**2)",
            "delta_h2 = U.T @ delta_h3 * (1 - h2**2)",
            "delta_h1 = U.T @ delta_h2 * (1 - h1**2)",
            "dW = delta_h3 @ x3.T + delta_h2 @ x2.T + delta_h1 @ x1.T",
            "dU = delta_h3 @ h2.T + delta_h2 @ h1.T + delta_h1 @ h0.T",
            "dV = delta_L @ h3.T",
        ],
    ),
    "batch norm": (
        "m = mean(X, axis=0)\nv = var(X, axis=0)\ns = sqrt(v + e)\nU = (X - m)/s\nY = a*U + b\nL = sum(G*Y)",
        scope_of(
            *(symbol("X", "N", "D"), symbol("a", "D"), symbol("b", "D"), symbol("e", domain="positive")),
            symbol("G", "N", "D"),
        ),
        "X a b",
        [
            "dU = G * a",
            "dX = (dU - mean(dU * U, axis=0) * U - mean(dU, axis=0)) / s",
            "da = sum(G * U, axis=0)",
            "db = sum(G, axis=0)",
        ],
    ),
    "attention": (
        "S = Q @ K.T/sqrt(d)\nA = softmax(S, axis=1)\nO = A @ V\nL = sum(G*O)",
        scope_of(symbol("Q", "n", "d"), symbol("K", "m", "d"), symbol("V", "m", "e"), symbol("G", "n", "e")),
        "Q K V",
        [
            *("dA = G @ V.T", "dS = A * (dA - sum(dA * A, axis=1, keepdims=True))"),
            *("dQ = dS @ K / sqrt(d)", "dK = dS.T @ Q / sqrt(d)", "dV = A.T @ G"),
        ],
    ),
    "residual block": (
        "h = x + W @ relu(V @ x)\nL = sum(g*h)",
        scope_of(symbol("x", "D"), symbol("W", "D", "H"), symbol("V", "H", "D"), symbol("g", "D")),
        "x W V",
        [
            *("delta_h = W.T @ g * (V @ x > 0)", "dx = g + V.T @ delta_h"),
            *("dW = g @ relu(V @ x).T", "dV = delta_h @ x.T"),
        ],
    ),
    "LSTM cell": (
        LSTM.strip(),
        scope_of(symbol("x", "D"), symbol("h", "H"), symbol("c0", "H"), symbol("q", "H"), *GATES),
        "Wi Uf c0",
        [
            *("dc = q * o * (1 - tanh(c)**2)", "dWi = dc * g * i * (1 - i) @ x.T"),
            *("dUf = dc * c0 * f * (1 - f) @ h.T", "dc0 = dc * f"),
        ],
    ),
}


@pytest.mark.parametrize("name", TEXTBOOK)
def test_a_derivation_is_printed_as_in_a_textbook(name: str) -> None:
    text, scope, names, wanted = TEXTBOOK[name]
    derivation, lines = printed(text, scope, names)
    assert lines == wanted
    assert not wrong_steps(derivation, name)
