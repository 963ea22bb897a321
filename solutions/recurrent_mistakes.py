"""Wrong references for code on recurrent networks, each one slip away from the right one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array

Gradients = tuple[Array, Array]
Slope = Callable[[Array], Array]  # of tanh, from the state


def bptt_not_transposed(W: Array, U: Array, x: Array, h0: Array, g: Array) -> Gradients:
    """Carries W delta back, not W.T delta."""
    return _bptt(W.T, _states(W, U, x, h0), x, g)


def bptt_one_step(W: Array, U: Array, x: Array, h0: Array, g: Array) -> Gradients:
    """Sends nothing back in time: only the direct term of each step."""
    return _bptt(np.zeros_like(W), _states(W, U, x, h0), x, g)


def bptt_last_only(W: Array, U: Array, x: Array, h0: Array, g: Array) -> Gradients:
    """Starts from the last state's gradient and forgets those of the earlier states."""
    last = np.zeros_like(g)
    last[-1] = g[-1]
    return _bptt(W, _states(W, U, x, h0), x, last)


def bptt_no_slope(W: Array, U: Array, x: Array, h0: Array, g: Array) -> Gradients:
    """Leaves out 1 - h^2."""
    return _bptt(W, _states(W, U, x, h0), x, g, slope=np.ones_like)


def bptt_tanh_twice(W: Array, U: Array, x: Array, h0: Array, g: Array) -> Gradients:
    """Takes tanh of a state that is a tanh already."""
    return _bptt(W, _states(W, U, x, h0), x, g, slope=lambda h: 1 - np.tanh(h) ** 2)


def bptt_shifted(W: Array, U: Array, x: Array, h0: Array, g: Array) -> Gradients:
    """Pairs delta_t with h_t, not with h_{t-1}."""
    states = _states(W, U, x, h0)
    deltas = _deltas(W, states, g, _tanh_slope)
    return np.asarray(deltas.T @ states[1:]), np.asarray(deltas.T @ x)


def _states(W: Array, U: Array, x: Array, h0: Array) -> Array:
    states = [h0]
    for row in x:
        states.append(np.tanh(W @ states[-1] + U @ row))
    return np.array(states)  # (T + 1, H)


def _tanh_slope(h: Array) -> Array:
    return np.asarray(1 - h**2)


def _bptt(W: Array, states: Array, x: Array, g: Array, slope: Slope = _tanh_slope) -> Gradients:
    deltas = _deltas(W, states, g, slope)
    return np.asarray(deltas.T @ states[:-1]), np.asarray(deltas.T @ x)


def _deltas(W: Array, states: Array, g: Array, slope: Slope) -> Array:
    deltas: list[Array] = []
    carried = np.zeros(len(W))
    for h, direct in zip(states[:0:-1], g[::-1], strict=True):
        delta = slope(h) * (direct + carried)
        carried = W.T @ delta
        deltas.append(delta)
    return np.array(deltas[::-1])  # (T, H)
