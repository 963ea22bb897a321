"""Wrong references for code on recurrent networks, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.worked_rnn import rnn_gradients, state_jacobians, truncated_bptt

Five = tuple[Array, Array, Array, Array, Array]


def gradients_mean(W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array) -> Five:
    """Averages over the steps."""
    dW, dU, db, dB, dc = rnn_gradients(W, U, b, B, c, x, h0, Y)
    n = len(x)
    return dW / n, dU / n, db / n, dB / n, dc / n


def gradients_shifted(W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array) -> Five:
    """Pairs the recurrent gradient with the new state."""
    _, dU, db, dB, dc = rnn_gradients(W, U, b, B, c, x, h0, Y)
    return _pieces(W, U, b, B, c, x, h0, Y, paired="new")[0], dU, db, dB, dc


def gradients_readout_before(W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array) -> Five:
    """Pairs the readout's gradient with the state before."""
    dW, dU, db, _, dc = rnn_gradients(W, U, b, B, c, x, h0, Y)
    return dW, dU, db, _pieces(W, U, b, B, c, x, h0, Y)[3], dc


def gradients_not_carried(W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array) -> Five:
    """Sends nothing back from step to step."""
    found = _pieces(W, U, b, B, c, x, h0, Y, carry=np.zeros_like(W))
    return found[0], found[1], found[2], *rnn_gradients(W, U, b, B, c, x, h0, Y)[3:]


def gradients_untransposed(W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array) -> Five:
    """Carries W delta."""
    found = _pieces(W, U, b, B, c, x, h0, Y, carry=W)
    return found[0], found[1], found[2], *rnn_gradients(W, U, b, B, c, x, h0, Y)[3:]


def gradients_last_bias(W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array) -> Five:
    """Keeps of the biases' gradients those of the last step alone."""
    dW, dU, _, dB, _ = rnn_gradients(W, U, b, B, c, x, h0, Y)
    found = _pieces(W, U, b, B, c, x, h0, Y)
    return dW, dU, found[4], dB, found[5]


def _pieces(
    W: Array, U: Array, b: Array, B: Array, c: Array, x: Array, h0: Array, Y: Array,
    *, paired: str = "old", carry: Array | None = None,
) -> tuple[Array, Array, Array, Array, Array, Array]:  # fmt: skip
    """dW, dU, db with the slips named; dB with the states before; the last step's parts of db and of dc."""
    h = [h0]
    for row in x:
        h.append(np.tanh(W @ h[-1] + U @ row + b))
    states = np.array(h)
    z = states[1:] @ B.T + c
    p = np.exp(z - z.max(axis=1, keepdims=True))
    dz = p / p.sum(axis=1, keepdims=True) - Y
    back, carried = W.T if carry is None else carry, np.zeros_like(h0)
    deltas = np.zeros((len(x), len(h0)))
    for t in range(len(x) - 1, -1, -1):
        deltas[t] = (1 - states[t + 1] ** 2) * (B.T @ dz[t] + carried)
        carried = back @ deltas[t]
    partner = states[1:] if paired == "new" else states[:-1]
    return deltas.T @ partner, deltas.T @ x, deltas.sum(axis=0), dz.T @ states[:-1], deltas[-1], dz[-1]


def jacobians_order(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """Puts W to the left of the slopes."""
    return _products(W, U, b, x, h0, order="weights-left"), state_jacobians(W, U, b, x, h0, g)[1]


def jacobians_time(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """Multiplies the steps in the order of time, the first one on the left."""
    return _products(W, U, b, x, h0, order="time"), state_jacobians(W, U, b, x, h0, g)[1]


def jacobians_transposed(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """Gives dh_T/dh_k with one row for each entry of h_k."""
    J, shares = state_jacobians(W, U, b, x, h0, g)
    return J.transpose(0, 2, 1).copy(), shares


def jacobians_total_shares(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array) -> tuple[Array, Array]:
    """The norms of the gradients at the states, which are no parts of dL/dW."""
    J, _ = state_jacobians(W, U, b, x, h0, g)
    return J, np.linalg.norm(np.einsum("kij,i->kj", J, g), axis=1)


def _products(W: Array, U: Array, b: Array, x: Array, h0: Array, *, order: str) -> Array:
    h, steps = h0, []
    for row in x:
        h = np.tanh(W @ h + U @ row + b)
        slope = 1 - h**2
        steps.append(W * slope if order == "weights-left" else slope[:, None] * W)
    J = np.zeros((len(x), len(h0), len(h0)))
    product = np.eye(len(h0))
    for k in range(len(x) - 1, -1, -1):
        product = steps[k] @ product if order == "time" else product @ steps[k]
        J[k] = product
    return J


def truncated_not(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array, tau: int) -> tuple[Array, Array]:
    """Goes back to the start."""
    return truncated_bptt(W, U, b, x, h0, g, len(x))


def truncated_one_more(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array, tau: int) -> tuple[Array, Array]:
    """Does not count the state's own step."""
    return truncated_bptt(W, U, b, x, h0, g, tau + 1)


def truncated_late_losses(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array, tau: int) -> tuple[Array, Array]:
    """Uses the last tau steps' losses alone."""
    late = g.copy()
    late[: max(0, len(x) - int(tau))] = 0
    return truncated_bptt(W, U, b, x, h0, late, tau)


def truncated_zero_state(W: Array, U: Array, b: Array, x: Array, h0: Array, g: Array, tau: int) -> tuple[Array, Array]:
    """Also forgets the values: restarts from a state of zeros, tau steps before."""
    dW, db = np.zeros_like(W), np.zeros_like(b)
    for t in range(len(x)):
        first = max(0, t + 1 - int(tau))
        part = np.zeros((t + 1 - first, len(h0)))
        part[-1] = g[t]
        start = h0 if first == 0 else np.zeros_like(h0)
        found = truncated_bptt(W, U, b, x[first : t + 1], start, part, int(tau))
        dW, db = dW + found[0], db + found[1]
    return dW, db
