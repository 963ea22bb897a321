"""References on recurrent networks against finite differences, torch.nn and eigenvalues."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from solutions import recurrent

RNG = np.random.default_rng(4)
W, U, B = RNG.normal(size=(3, 3)), RNG.normal(size=(3, 2)), RNG.normal(size=3)
H, G = RNG.normal(size=3), RNG.normal(size=3)
INPUTS, DIRECT = RNG.normal(size=(4, 2)), RNG.normal(size=(4, 3))


def loss(w: np.ndarray, u: np.ndarray, x: np.ndarray, direct: np.ndarray) -> float:
    """The sum of direct[t] @ h[t]: its gradient at each state is direct[t]."""
    h, total = H, 0.0
    for row, g in zip(x, direct, strict=True):
        h = np.tanh(w @ h + u @ row)
        total += float(g @ h)
    return total


def slopes(which: str, x: np.ndarray, direct: np.ndarray) -> np.ndarray:
    at = {"W": W, "U": U}
    result = np.zeros_like(at[which])
    for place in np.ndindex(result.shape):
        step = np.zeros_like(result)
        step[place] = 1e-6
        up, down = ({**at, which: at[which] + sign * step} for sign in (1, -1))
        result[place] = (loss(up["W"], up["U"], x, direct) - loss(down["W"], down["U"], x, direct)) / 2e-6
    return result


def test_bptt_is_the_slope_of_the_loss() -> None:
    dW, dU = recurrent.bptt(W, U, INPUTS, H, DIRECT)
    np.testing.assert_allclose(dW, slopes("W", INPUTS, DIRECT), atol=1e-7)
    np.testing.assert_allclose(dU, slopes("U", INPUTS, DIRECT), atol=1e-7)


def test_the_states_are_those_of_torchs_cell() -> None:
    cell = torch.nn.RNNCell(2, 3, bias=False, dtype=torch.float64)
    with torch.no_grad():
        cell.weight_hh.copy_(torch.tensor(W))
        cell.weight_ih.copy_(torch.tensor(U))
    state = torch.tensor(H)
    for row in INPUTS:
        state = cell(torch.tensor(row), state)
    (state @ torch.tensor(G)).backward()  # type: ignore[no-untyped-call]
    last = np.zeros((4, 3))
    last[-1] = G
    assert cell.weight_hh.grad is not None
    np.testing.assert_allclose(recurrent.bptt(W, U, INPUTS, H, last)[0], cell.weight_hh.grad.numpy())


def test_two_steps_are_bptt_with_a_loss_on_the_last_state() -> None:
    found = recurrent.two_step_weight_gradient(W, U, INPUTS[0], INPUTS[1], H, G, "tanh")
    expected = slopes("W", INPUTS[:2], np.array([np.zeros(3), G]))
    np.testing.assert_allclose(found, expected, atol=1e-7)


@pytest.mark.parametrize("f", ["tanh", "sigmoid", "relu", "softplus"])
def test_step_gradient_by_hand(f: str) -> None:
    z = W @ H + U @ INPUTS[0] + B
    s = 1 / (1 + np.exp(-z))
    slope = {"tanh": 1 - np.tanh(z) ** 2, "sigmoid": s * (1 - s), "relu": z > 0, "softplus": s}[f]
    np.testing.assert_allclose(recurrent.step_gradient(W, U, B, INPUTS[0], H, G, f), W.T @ (G * slope))


def test_lstm_parameters_with_one_bias_a_gate() -> None:
    assert recurrent.lstm_parameters(d=5, h=7) == 4 * (7 * 5 + 7 * 7 + 7)


@pytest.mark.parametrize(
    ("p", "q", "c", "fate"), [(0.5, 0.9, 5, "vanishes"), (0.5, 1.1, 2, "explodes"), (0.0, 0.0, 2, "vanishes")]
)
def test_the_radius_decides_not_the_norm(p: float, q: float, c: float, fate: str) -> None:
    assert np.linalg.norm([[p, c], [0, q]], 2) > 1
    assert recurrent.fate_by_powers(p, q, c) == recurrent.fate_by_radius(p, q, c) == fate
