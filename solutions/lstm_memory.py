"""How long a cell of an LSTM remembers, by running it and by solving numerically."""

from __future__ import annotations

import math


def share_left(b: float, n: int, told: str) -> float:
    """Share of the content left after n steps. told: how the forget gate is set up, in the question's words."""
    return _share(_pre_activation(float(b), told), int(n))


def time_constant(b: float, told: str) -> float:
    """Steps in which the content falls by a factor e, read off the fall over 1000 steps of a log-scale."""
    logs = 0.0
    for _ in range(1000):
        logs += math.log(_share(_pre_activation(float(b), told), 1))
    return 1000 / -logs


def bias_for(r: float, m: int) -> float:
    """The bias that leaves the share r after m steps, by bisection."""
    low, high = -20.0, 40.0
    for _ in range(200):
        middle = (low + high) / 2
        if _share(middle, int(m)) < float(r):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _pre_activation(b: float, told: str) -> float:
    """What the sigmoid of the forget gate gets, read from the words of the question."""
    if "two biases" in told:
        return b + b
    if "−0.5" in told:
        return b - 0.5
    return b + 1 if "weight of 1" in told else b


def _share(z: float, steps: int) -> float:
    """What `steps` steps of a cell leave of the content 1."""
    state, gate = 1.0, (1 + math.tanh(z / 2)) / 2
    for _ in range(steps):
        state = gate * state
    return state
