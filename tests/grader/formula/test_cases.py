"""Cases keep the domains exactly, differ in sizes, and are the same everywhere."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from formula_scope import scope_of, symbol

from grader.formula import Domain, Scope, Symbol, sample_cases

DOMAINS = scope_of(
    symbol("p", "N", "K", domain="simplex"),
    symbol("o", "N", "K", domain="one_hot"),
    symbol("S", "K", "K", domain="symmetric"),
    symbol("P", "K", "K", domain="positive_definite"),
    symbol("Q", "K", "K", domain="orthogonal"),
    symbol("u", "K", domain="unit"),
    symbol("d", "K", domain="binary"),
    symbol("a", domain="positive"),
    Symbol("m", (), Domain("integer", 2, 4)),
    Symbol("v", (), Domain("interval", -1, 3)),
)


def test_constraints_hold_exactly() -> None:
    for case in sample_cases(DOMAINS, seed="domains"):
        e = case.exact
        assert (e["p"].sum(-1) == 1).all()
        assert (e["p"] > 0).all()
        assert (e["o"].sum(-1) == 1).all()
        assert set(e["o"].reshape(-1)) <= {0, 1}
        for k in range(case.points):
            assert (e["S"][k] == e["S"][k].T).all()
            assert (e["Q"][k] @ e["Q"][k].T == np.eye(case.dims["K"], dtype=int)).all()
            assert np.linalg.eigvalsh(case.values["P"][k]).min() > 0
        assert ((e["u"] > 0) & (e["u"] < 1)).all()
        assert (e["a"] > 0).all()
        assert all(m.denominator == 1 and 2 <= m <= 4 for m in e["m"])
        assert all(-1 < v < 3 for v in e["v"])


def test_sizes_are_pairwise_different_and_change_between_cases() -> None:
    scope = scope_of(symbol("X", "N", "D", "K"))
    cases = sample_cases(scope, seed="sizes")
    assert all(len(set(case.dims.values())) == 3 for case in cases)
    assert len({tuple(case.dims.items()) for case in cases}) > 1


def test_drawn_sizes_are_kept() -> None:
    scope = Scope({"x": Symbol("x", ("n",))}, {"n": Fraction(7)})
    assert all(case.values["x"].shape[1:] == (7,) for case in sample_cases(scope, seed="fixed"))


def test_real_values_have_both_signs_and_several_scales() -> None:
    values = np.concatenate([c.values["c"] for c in sample_cases(scope_of(symbol("c")), seed="scales")])
    assert (values > 0).any() and (values < 0).any()
    assert np.abs(values).max() > 10 * np.abs(values).min()


def test_the_same_seed_gives_the_same_values_on_every_platform() -> None:
    first = sample_cases(scope_of(symbol("c")), seed="golden")[0].exact["c"]
    assert list(first[:2]) == [Fraction(46663, 32768), Fraction(-10783, 32768)]
