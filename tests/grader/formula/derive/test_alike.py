"""What is derived from a program is kept for others that differ in drawn numbers alone, each of which has its own."""

from __future__ import annotations

from fractions import Fraction

import pytest
from formula_scope import scope_of, symbol

from grader.formula import Program, read_program
from grader.formula.derive import Derivation, Step, gradients, shortened, textbook
from grader.formula.derive.alike import alike
from grader.formula.derive.simplify import Simplifier

LINES = "z = n*tanh(W @ x)\nL = sum(z**2)"


def program(n: int, *, domain: str = "real", lines: str = LINES) -> Program:
    constants = {"n": Fraction(n)}
    return read_program(lines, scope_of(symbol("W", "K", "D"), symbol("x", "D", domain=domain), constants=constants))


def derived(of: Program) -> Derivation:
    return gradients(of, of="L", with_respect_to=["W", "x"])


def numbers(derivation: Derivation) -> set[object]:
    """What `n` is in the formulas."""
    formulas = [step.formula for step in (*derivation.steps, *derivation.inner)] + [derivation.closed("x")]
    assert all(formula.scope.definitions.keys() >= {"z", "L"} for formula in formulas)
    return {formula.scope.constants["n"] for formula in formulas} | {derivation.scope.constants["n"]}


def test_the_same_formulas_over_other_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [of(derived(program(2))) for of in (lambda one: one, textbook, shortened)]
    for one in made:
        one.closed("x")
    monkeypatch.setattr(Simplifier, "__call__", None)  # nothing is derived again
    again = [of(derived(program(7))) for of in (lambda one: one, textbook, shortened)]
    assert made[0].closed("x").tree is again[0].closed("x").tree
    for one, other in zip(made, again, strict=True):
        assert [about(step) for step in one.steps] == [about(step) for step in other.steps]
        assert (numbers(other), other.program.scope.constants["n"]) == ({7}, 7)
        assert list(other.scope.definitions) == list(one.scope.definitions)
    assert numbers(made[0]) == {2}


def about(step: Step) -> tuple[object, ...]:
    return step.name, step.of, step.formula.tree, step.rules, list(step.formula.scope.definitions)


def test_programs_that_are_derived_otherwise_are_not_alike() -> None:
    one = alike(program(2))
    assert one == alike(program(7))
    others = [program(2, lines=LINES.replace("z**2", "z**3")), program(2, domain="simplex"), program(2, lines="L = n")]
    assert one not in [alike(other) for other in others]
