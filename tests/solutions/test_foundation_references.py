"""References on networks against formulas by hand and counting."""

from __future__ import annotations

import numpy as np
import pytest

from solutions import curvature, foundations

RNG = np.random.default_rng(2)


@pytest.mark.parametrize("f", ["sigmoid", "tanh", "relu", "softplus"])
def test_hidden_gradient_is_the_chain_rule_by_hand(f: str) -> None:
    x, t = RNG.normal(size=3), RNG.dirichlet(np.ones(2))
    W1, b1, W2, b2 = RNG.normal(size=(4, 3)), RNG.normal(size=4), RNG.normal(size=(2, 4)), RNG.normal(size=2)
    z = W1 @ x + b1
    s = 1 / (1 + np.exp(-z))
    value, slope = {
        "sigmoid": (s, s * (1 - s)),
        "tanh": (np.tanh(z), 1 - np.tanh(z) ** 2),
        "relu": (np.maximum(z, 0), (z > 0).astype(float)),
        "softplus": (np.log1p(np.exp(z)), s),
    }[f]
    scores = np.exp(W2 @ value + b2)
    expected = slope * (W2.T @ (scores / scores.sum() - t))
    np.testing.assert_allclose(foundations.hidden_gradient(x, W1, b1, W2, b2, t, f), expected)


@pytest.mark.parametrize("node", ["shifted", "growing", "gated"])
def test_a_value_used_twice_has_the_slope_of_the_whole(node: str) -> None:
    x, w, g = RNG.normal(size=(3, 4))
    whole = {
        "shifted": lambda v: v * (w + v),
        "growing": lambda v: v * np.exp(w * v),
        "gated": lambda v: v / (1 + np.exp(-w * v)),
    }[node]
    expected = g * (whole(x + 1e-6) - whole(x - 1e-6)) / 2e-6
    np.testing.assert_allclose(foundations.twice_used(x, w, g, node), expected, atol=1e-8)


@pytest.mark.parametrize(("n", "percent"), [(1, 10), (59, 5), (20, 1)])
def test_the_chance_to_hit_is_one_minus_the_chance_to_miss_always(n: int, percent: int) -> None:
    assert foundations.chance_to_hit(n, percent) == pytest.approx(1 - (1 - percent / 100) ** n)


@pytest.mark.parametrize(("g1", "g2"), [(1, 2), (-3, 4), (2, -1)])
def test_adams_second_step_by_its_definition(g1: float, g2: float) -> None:
    m = 0.9 * 0.1 * g1 + 0.1 * g2
    s = 0.999 * 0.001 * g1**2 + 0.001 * g2**2
    expected = -0.1 * (m / (1 - 0.9**2)) / np.sqrt(s / (1 - 0.999**2))
    assert curvature.adam_second_step(g1, g2, 0.1) == pytest.approx(expected, rel=1e-9)
