"""Every operator and function gives the same values in NumPy, torch and mpmath, and those are the right ones."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from formula_scope import SCOPE, formulas
from hypothesis import given, settings

from grader.formula import evaluate, evaluate_torch, functions, read, sample_cases
from grader.formula.arrays import ENTRYWISE, SPECIAL
from grader.formula.entries import REDUCTIONS
from grader.formula.entries import SPECIAL as ENTRY_SPECIAL
from grader.formula.positions import Environment
from grader.formula.precise import Undefined, lifted, precise_value

F = torch.nn.functional
CASES = sample_cases(SCOPE, seed="back ends")

# the right values by another road: torch's own functions and plain loops, on one point
ORACLES = {
    "softmax(X)": lambda s: torch.softmax(s["X"], -1),
    "softmax(X, 0)": lambda s: torch.softmax(s["X"], 0),
    "log_softmax(X, axis=0)": lambda s: F.log_softmax(s["X"], 0),
    "logsumexp(z)": lambda s: torch.logsumexp(s["z"], 0),
    "sigmoid(z)": lambda s: torch.sigmoid(s["z"]),
    "softplus(z)": lambda s: torch.logaddexp(s["z"], 0 * s["z"]),
    "gelu(z)": lambda s: F.gelu(s["z"]),
    "relu(z)": lambda s: F.relu(s["z"]),
    "leaky_relu(z)": lambda s: F.leaky_relu(s["z"]),
    "leaky_relu(z, 0.2)": lambda s: F.leaky_relu(s["z"], 0.2),
    "erf(z)": lambda s: torch.erf(s["z"]),
    "var(X, axis=1)": lambda s: s["X"].var(1, correction=0),
    "var(X)": lambda s: s["X"].var(correction=0),
    "std(z)": lambda s: s["z"].std(correction=0),
    "norm(X)": lambda s: torch.linalg.matrix_norm(s["X"]),
    "norm(X, axis=0)": lambda s: torch.linalg.vector_norm(s["X"], dim=0),
    "mean(X, axis=0, keepdims=True)": lambda s: s["X"].mean(0, keepdim=True),
    "max(X, axis=1)": lambda s: s["X"].max(1).values,
    "min(X)": lambda s: s["X"].min(),
    "prod(z)": lambda s: s["z"].prod(),
    "W @ x + b": lambda s: F.linear(s["x"], s["W"], s["b"]),
    "X @ W.T + b": lambda s: F.linear(s["X"], s["W"], s["b"]),
    "x.T @ A @ w": lambda s: torch.einsum("i,ij,j->", s["x"], s["A"], s["w"]),
    "x.T @ A": lambda s: s["x"] @ s["A"],
    "g @ x.T": lambda s: torch.outer(s["g"], s["x"]),
    "A^3": lambda s: torch.linalg.matrix_power(s["A"], 3),
    "inv(P)": lambda s: torch.linalg.inv(s["P"]),
    "P^-1": lambda s: torch.linalg.inv(s["P"]),
    "det(A)": lambda s: torch.linalg.det(s["A"]),
    "trace(A)": lambda s: torch.trace(s["A"]),
    "diag(z)": lambda s: torch.diag(s["z"]),
    "diag(A)": lambda s: torch.diag(s["A"]),
    "one_hot(1, K)": lambda s: F.one_hot(torch.tensor(1), len(s["z"])).double(),
    "eye(D) + ones(D, D) + zeros(D)": lambda s: torch.eye(len(s["x"]), dtype=torch.float64) + 1,
    "where(z > 0, z, -2z)": lambda s: torch.where(s["z"] > 0, s["z"], -2 * s["z"]),
    "clip(z, -1, 0.5)": lambda s: s["z"].clamp(-1, 0.5),
    "max(z, b, 0)": lambda s: torch.stack([s["z"], s["b"], 0 * s["b"]]).max(0).values,
    "log(p, 2)": lambda s: torch.log2(s["p"]),
    "log1p(p) + expm1(c)": lambda s: torch.log1p(s["p"]) + torch.expm1(s["c"]),
    "cot(p) + sec(p) + csc(p)": lambda s: 1 / s["p"].tan() + 1 / s["p"].cos() + 1 / s["p"].sin(),
    "arcsinh(c) + arctan(c) + tanh(c)": lambda s: s["c"].asinh() + s["c"].atan() + s["c"].tanh(),
    "Sum(t_i * z[i], i)": lambda s: s["t"] @ s["z"],
    "Sum(z_i, (i, 2, K))": lambda s: s["z"][1:].sum(),
    "Sum(z[i], (i, 1, K - 1))": lambda s: s["z"][1:].sum(),
    "Product(z_i, i)": lambda s: s["z"].prod(),
    "h_0": lambda s: s["h"][0],
    "x_1": lambda s: s["x"][0],
    "x[1]": lambda s: s["x"][1],
    "X[:, 0]": lambda s: s["X"][:, 0],
    "x[:, None] * w[None, :]": lambda s: torch.outer(s["x"], s["w"]),
    "q[1] * x": lambda s: 2 * s["x"],
    "log2(p) + log10(p)": lambda s: s["p"].log2() + s["p"].log10(),
    "cbrt(c)**3 + square(c)": lambda s: s["c"] + s["c"] ** 2,
    "sech(c) + csch(p) + coth(p)": lambda s: 1 / s["c"].cosh() + 1 / s["p"].sinh() + 1 / s["p"].tanh(),
    "logaddexp(c/99, p/99)": lambda s: torch.logaddexp(s["c"] / 99, s["p"] / 99),
    "solve(P, x)": lambda s: torch.linalg.solve(s["P"], s["x"]),
    "c//p + ⌈c⌉ + ⌊c⌋": lambda s: (s["c"] / s["p"]).floor() + s["c"].ceil() + s["c"].floor(),
    "⟨x, w⟩ + x·w": lambda s: 2 * s["x"] @ s["w"],
    "∑ᵢ tᵢ zᵢ + sum_i t_i*z_i + Σ_i t_i": lambda s: 2 * s["t"] @ s["z"] + 1,
    "Σ_{i=1}^K t_i z_i + Π_{i = 2}^{K} z_i": lambda s: s["t"] @ s["z"] + s["z"][1:].prod(),
    "||x||² + ½‖w‖²": lambda s: s["x"] @ s["x"] + s["w"] @ s["w"] / 2,
    "X² + X^{2}": lambda s: 2 * s["X"] ** 2,
    "tanh²(A)": lambda s: s["A"].tanh() ** 2,
    r"\sigma^2(A) + \tanh^2 A": lambda s: s["A"].sigmoid() ** 2 + s["A"].tanh() ** 2,
    "tanh²(c) + πp²": lambda s: s["c"].tanh() ** 2 + np.pi * s["p"] ** 2,
    "x·xxᵀw": lambda s: (s["x"] @ s["x"]) * (s["x"] @ s["w"]),
    "kron(A, P)": lambda s: torch.kron(s["A"], s["P"]),
    "vec(X)": lambda s: s["X"].T.reshape(-1),
    "(P ⊗ A) vec(A)": lambda s: (s["A"] @ s["A"] @ s["P"].T).T.reshape(-1),
    "n * pi + e": lambda s: torch.tensor(3 * np.pi + np.e, dtype=torch.float64),
    "sum(sign(z)) + floor(c) + ceil(c)": lambda s: s["z"].sign().sum() + s["c"].floor() + s["c"].ceil(),
    "(x > w) + (x >= w) + (x < w) + (x <= w) + (x == x) + (x != w)": lambda s: torch.full_like(s["x"], 4.0),
}


@pytest.mark.parametrize("text", ORACLES)
def test_values_are_those_of_torch(text: str) -> None:
    formula = read(text, SCOPE)
    for case in CASES:
        values = evaluate(formula, case)
        for point in range(case.points):
            wanted = ORACLES[text]({k: torch.tensor(v) for k, v in case.point(point).items()})
            np.testing.assert_allclose(values[point], wanted.numpy(), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("text", ORACLES)
def test_torch_and_mpmath_agree_with_numpy(text: str) -> None:
    formula = read(text, SCOPE)
    for case in CASES:
        plain = evaluate(formula, case)
        tensors = {k: torch.tensor(v) for k, v in case.values.items()}
        torched = evaluate_torch(formula, tensors, case.dims).numpy()
        np.testing.assert_allclose(np.broadcast_to(torched, plain.shape), plain, rtol=1e-12, atol=1e-13)
        precise = precise_value(formula.tree, Environment(SCOPE, case.dims, lifted(case, 0)))
        np.testing.assert_allclose(precise.astype(float), plain[0], rtol=1e-9, atol=1e-12)


@settings(max_examples=150, deadline=None)
@given(formulas())
def test_random_formulas_have_the_same_values_in_float64_and_at_50_digits(text: str) -> None:
    formula, case = read(text, SCOPE), CASES[0]
    plain = evaluate(formula, case)[0]
    try:
        precise = precise_value(formula.tree, Environment(SCOPE, case.dims, lifted(case, 0))).astype(float)
    except Undefined:
        assert not np.isfinite(plain).all() or np.abs(plain).max() > 1e15
        return
    if np.isfinite(plain).all() and np.abs(plain).max() < 1e12:  # beyond, something divided by a rounding error
        # loose: float64 may lose digits to cancellation, which is why doubts are settled at 50
        np.testing.assert_allclose(plain, precise, rtol=1e-5, atol=1e-7 * (1 + np.abs(precise).max()))


def test_values_have_the_declared_shape() -> None:
    for text in ORACLES:
        formula = read(text, SCOPE)
        for case in CASES:
            sizes = Environment(SCOPE, case.dims, case.values).sizes(formula.shape)
            assert evaluate(formula, case).shape == (case.points, *sizes), text


def test_free_indices_become_axes_in_their_order() -> None:
    formula, case = read("z_i * (1 - b_j)", SCOPE), CASES[0]
    assert formula.free == ("i", "j")
    point = case.point(2)
    np.testing.assert_allclose(evaluate(formula, case)[2], np.outer(point["z"], 1 - point["b"]))


def test_every_function_of_the_language_has_a_value_in_both_walks() -> None:
    rewritten = {"Sum", "Product", "Piecewise", "Matrix", "transpose", "indicator", "dot", "delta"}
    from grader.formula.arrays import _SAME_NAME

    for name, function in functions.FUNCTIONS.items():
        if name in rewritten or function.kind == "rewritten":
            continue
        assert name in ENTRYWISE or name in SPECIAL or name in _SAME_NAME, name
        if function.kind != "entrywise":
            assert name in ENTRY_SPECIAL or name in REDUCTIONS, name


def test_an_index_outside_its_range_is_undefined() -> None:
    assert np.isnan(evaluate(read("z[11]", SCOPE), CASES[0])).all()
