"""One entry of a gradient as an indexed sum: in a textbook's form, and equal to autograd's."""

from __future__ import annotations

import numpy as np
import pytest
from derivations import torch_gradients, with_lines, wrong_steps
from formula_scope import scope_of, symbol

from grader.formula import Formula, read, read_program
from grader.formula.cases import sample_cases
from grader.formula.derive import entry, gradients
from grader.formula.reading import evaluate

SCOPE = scope_of(
    *(symbol("x", "N", first=0), symbol("w", "m", first=0), symbol("g", "N", first=0), symbol("t", "N", first=0)),
    *(symbol("A", "N", "m", first=0), symbol("c", first=0)),
    indices={"j": "m", "n": "N"},
)

CONVOLUTIONS = [
    ("L = Sum(g[i]*Sum(w[k]*x[i+k], (k, 0, m-1)), (i, 0, N-m))", "w", "Sum(g[i]*x[i+j], (i, 0, N-m))"),
    ("L = Sum(g[i]*Sum(w[m-1-k]*x[i+k], (k, 0, m-1)), (i, 0, N-m))", "w", ""),
    (
        "L = Sum((Sum(w[k]*x[i+k], (k, 0, m-1)) - t[i])**2, (i, 0, N-m))/2",
        "w",
        "Sum((Sum(w[k]*x[i+k], (k, 0, m-1)) - t[i])*x[i+j], (i, 0, N-m))",
    ),
    ("L = Sum(g[i]*Sum(w[k]*x[i+k], (k, 0, m-1)), (i, 0, N-m))", "x", ""),
    ("L = Sum(g[i]*Sum(tanh(w[k])*x[i+k]**2, (k, 0, m-1)), (i, 0, N-m))", "w", ""),
    ("L = sum(g*x**2) + c*sum(x)", "x", "g[n]*2*x[n] + c"),
]
NESTED = [
    "L = Sum(g_i*Sum(x_i*w_i, (i, 0, 1)), (i, 0, 1))",
    "L = Sum(Sum(A[i, j]*w[j], j)**2, i)",
    "L = Sum(x_i*Product(w_i + 2, (i, 0, 1)), (i, 0, 1))",
    "L = Sum(x_i*Sum(g_i*Sum(t_i**2, (i, 0, 1)), (i, 0, 1)), (i, 0, 1))",
]


@pytest.mark.parametrize(("text", "name", "printed"), CONVOLUTIONS)
def test_an_entry_is_that_of_autograd(text: str, name: str, printed: str) -> None:
    program = read_program(text, SCOPE)
    found = entry(gradients(program, of="L", with_respect_to=[name]).closed(name), "j" if name == "w" else "n")
    if printed:
        assert found.text() == read(printed, SCOPE).text()
    longer = [c for c in sample_cases(SCOPE, seed=text, settings=8, points=2) if c.dims["N"] >= c.dims["m"]]
    assert len(longer) >= 2
    for case in longer:
        wanted = torch_gradients(program, "L", [name], case)[name]
        assert evaluate(found, with_lines(program, case)) == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("text", NESTED)
def test_sums_in_one_another_may_use_one_index(text: str) -> None:
    program = read_program(text, SCOPE)
    names = [name for name in SCOPE.symbols if name in program["L"].text()]
    assert not wrong_steps(gradients(program, of="L", with_respect_to=names), text)


def test_a_matrix_has_an_index_for_each_axis() -> None:
    gradient = gradients(read_program("L = x @ A @ w", SCOPE), of="L", with_respect_to=["A"]).closed("A")
    assert entry(gradient, "n", "j").text() == "x[n] * w[j]"
    with pytest.raises(ValueError, match="came 1 indices, expected 2"):
        entry(gradient, "n")
    with pytest.raises(KeyError):
        entry(gradient, "n", "q")


def test_a_row_has_no_entries_of_its_own() -> None:
    row = read("w.T", SCOPE)
    assert row.tree.row
    with pytest.raises(ValueError, match="is a row"):
        entry(row, "j")


def test_a_sum_over_a_part_keeps_its_condition() -> None:
    """Sum over half of what j can be: only entries within have a gradient."""
    program = read_program("L = Sum(g[k]*w[k], (k, 0, 0))", SCOPE)
    found: Formula = entry(gradients(program, of="L", with_respect_to=["w"]).closed("w"), "j")
    for case in sample_cases(SCOPE, seed="part", settings=2, points=2):
        value = evaluate(found, case)
        assert np.array_equal(value[:, 0], case.values["g"][:, 0])
        assert not value[:, 1:].any()
