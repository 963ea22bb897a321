"""Symbolic gradients are those of torch's autograd, for every operator and function of the language."""

from __future__ import annotations

import pytest
from derivations import wrong_steps
from formula_scope import SCOPE, scope_of, symbol

from grader.formula import read_program
from grader.formula.derive import Underivable, gradients, textbook
from grader.formula.derive.entrywise import ONE_ARGUMENT
from grader.formula.derive.rules import RULES
from grader.formula.tree import Apply, operands

INSIDE = {
    "arcsin": "x/9",
    "arccos": "x/9",
    "arctanh": "x/9",
    "arccosh": "2 + x**2",
    "log": "x**2 + 1",
    "sqrt": "x**2 + 1",
}
INSIDE |= {"log1p": "x**2"}

PROGRAMS = [
    *(f"L = sum(w*{name}({INSIDE.get(name, 'x')}))" for name in sorted(set(ONE_ARGUMENT) - {"neg"})),
    "L = sum(x/w)",
    "L = sum(p**x)",
    "L = sum((x**2 + 1)**w)",
    "L = sum(log(x**2 + 2, w**2 + 2))",
    "L = c**3 + 1/c",
    *(
        "L = sum(maximum(x, w, c))",
        "L = sum(minimum(x, 2*w))",
        "L = sum(w*clip(x, -0.5, c))",
        "L = sum(leaky_relu(x, c))",
    ),
    *(
        "L = sum(where(x > w, x**2, w))",
        "L = sum((x > 0)*x*floor(w) + sign(c)*x)",
        "L = sum(x) + 3",
        "L = sum(abs(x - w))",
    ),
    "L = max(x)",
    "L = min(x*w)",
    "L = prod(x)",
    "L = norm(x)",
    "L = var(x)",
    "L = std(x)",
    "L = mean(x*w)",
    "L = logsumexp(c*x)",
    "L = sum(w*softmax(x))",
    "L = sum(w*log_softmax(x))",
    "L = norm(X)",
    "L = mean(X)*c",
    *(
        "L = sum(y*sum(X, axis=1))",
        "L = sum(w*mean(X, axis=0))",
        "L = sum(y*max(X, axis=1))",
        "L = sum(w*prod(X, axis=0))",
    ),
    *(
        "L = sum(y*norm(X, axis=1))",
        "L = sum(w*var(X, axis=0))",
        "L = sum(y*std(X, axis=1))",
        "L = sum(w*min(X, axis=0))",
    ),
    "L = sum(y*logsumexp(X, axis=1))",
    "L = sum(X*softmax(X, axis=0))",
    "L = sum(X*X*log_softmax(X, axis=1))",
    "L = sum((X/sum(X**2, axis=1, keepdims=True))**2)",
    "L = sum((X - mean(X, axis=0))**3)",
    "L = sum(X*w + c)",
    *(
        "L = sum((X @ w - y)**2)/2",
        "L = y @ X @ w",
        "L = sum(A @ A.T @ x)",
        "L = sum((W @ X.T)**2)",
        "L = sum((x @ W.T)**2)",
    ),
    *(
        "L = sum(outer(x, w)**2)",
        "L = trace(A @ A)",
        "L = det(P)",
        "L = sum(inv(P) @ x)",
        "L = sum(A^3)",
        "L = log(det(P))",
    ),
    "L = sum(diag(x) @ w * w)",
    "L = sum(diag(A)*x)",
    "L = sum((A + c*eye(D))**2)",
    "L = x @ inv(A + 9*eye(D)) @ w",
    "L = sum([c, p, c*p]*[p, c, 2])",
    "L = x[0]*w[1]",
    *(
        "L = sum(exp(x)*log(softmax(w)))/sum(exp(x))",
        "L = sum(X*sum(X, axis=1, keepdims=True)/sum(X, axis=1, keepdims=True)**3)",
        "L = sum(x**2/sum(x**2))*c + sum(x**2*sum(x**2))",
    ),
    "L = sum(X[0]*w)",
    "L = sum(X[:, 1]*y)",
    "L = X[1, 0]**2*c",
    *(
        "L = Sum(x_i**2*i, (i, 1, 2))",
        "L = Sum(z_i*t_i, i)",
        "L = Sum(Sum(W[i, j]*z[i], i), (j, 0, 1))",
        "L = Sum(c**k, (k, 0, 3))",
    ),
    *(
        "L = Product(z_i, i)",
        "L = sum(x[:, None]*w[None, :])",
        "L = sum(one_hot(1, D)*x)",
        "L = sum(ones(D)*x) + sum(zeros(D))",
    ),
    "u = W @ x + b\nv = softmax(u)\nL = -sum(t*log(v))",
    "u = sigmoid(W @ x + b)\nL = sum((u - t)**2)/2 + c*sum(W**2)",
    "u = tanh(A @ x)\nv = u + A @ u\nq = u*v\nL = norm(q) + x @ u",
    "m = mean(X, axis=0)\ns = var(X, axis=0)\nH = (X - m)/sqrt(s + p)\nL = sum(H**3*w)",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_gradient_is_that_of_autograd(text: str) -> None:
    program = read_program(text, SCOPE)
    names = [n for n in SCOPE.symbols if n in program["L"].text() or n in text]
    derivation = gradients(program, of="L", with_respect_to=[*names, *(line.name for line in program.lines[:-1])])
    assert not wrong_steps(derivation, text)
    assert not wrong_steps(textbook(derivation), text)


def test_the_programs_reach_every_rule() -> None:
    reached: set[str] = set()
    waiting = [line.formula.tree for text in PROGRAMS for line in read_program(text, SCOPE).lines]
    while waiting:
        node = waiting.pop()
        waiting.extend(operands(node))
        if isinstance(node, Apply):
            reached.add(node.op)
    assert (set(RULES) | set(ONE_ARGUMENT)) - reached == set()


def test_a_name_that_the_target_does_not_see_has_the_gradient_zero() -> None:
    derivation = gradients(read_program("L = sum(x**2)", SCOPE), of="L", with_respect_to=["w", "c"])
    assert [step.formula.text() for step in derivation.steps] == ["zeros(D)", "0"]


def test_what_cannot_be_asked_is_refused() -> None:
    program = read_program("u = A @ x\nL = sum(u)", SCOPE)
    with pytest.raises(KeyError):
        gradients(program, of="L", with_respect_to=["q"])
    with pytest.raises(KeyError):
        gradients(program, of="Q", with_respect_to=["x"])
    with pytest.raises(ValueError, match="must be a scalar"):
        gradients(program, of="u", with_respect_to=["x"])
    with pytest.raises(Underivable, match="kron"):
        gradients(read_program("L = sum(kron(A, A))", SCOPE), of="L", with_respect_to=["A"])


def test_the_name_of_a_gradient_avoids_names_that_are_there() -> None:
    scope = scope_of(symbol("x", "D"), symbol("dx", "D"))
    derivation = gradients(read_program("L = sum(x*dx)", scope), of="L", with_respect_to=["x"])
    assert derivation["x"].name == "dx_"
