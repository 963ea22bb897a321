"""How large the gradient of the last state is at each step before it, by back-propagation through drawn networks."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.curve_points import series
from solutions.drawings import Plot

HIDDEN, SEED = 64, 0


def recurrent(radii: tuple[float, ...] = (0.8, 1.0, 1.2), steps: int = 50, cell: str = "linear") -> Plot:
    """Norms by how far back they are, where the recurrent matrix has these spectral radii. cell: linear or tanh."""
    back = np.arange(steps + 1)
    shown = tuple(series(f"radius {r:g}", back, recurrent_norms(r, steps, cell)) for r in radii)
    return Plot(f"Gradients in a {cell} recurrent network", "steps back", "norm of the gradient", shown, log=True)


def recurrent_tanh() -> Plot:
    """The same with tanh, whose slopes below 1 shrink the gradient further."""
    return recurrent(cell="tanh")


def recurrent_norms(radius: float, steps: int, cell: str) -> Array:
    """Norms of the gradient at the last state, one step before it, and so on, (steps + 1,); 1 at the last."""
    source = np.random.default_rng(SEED)
    weights = source.standard_normal((HIDDEN, HIDDEN))
    weights *= radius / np.abs(np.linalg.eigvals(weights)).max()
    states = [0.1 * source.standard_normal(HIDDEN)]
    for _ in range(steps):
        total = weights @ states[-1] + 0.1 * source.standard_normal(HIDDEN)
        states.append(np.tanh(total) if cell == "tanh" else total)
    gradient = np.ones(HIDDEN) / np.sqrt(HIDDEN)
    norms = [1.0]
    for state in states[:0:-1]:
        gradient = weights.T @ (gradient * (1 - state**2) if cell == "tanh" else gradient)
        norms.append(float(np.linalg.norm(gradient)))
    return np.array(norms)


def lstm(biases: tuple[float, ...] = (-1.0, 1.0, 3.0), steps: int = 30) -> Plot:
    """Norms of the gradient at the cell states of an LSTM, by the bias of its forget gates."""
    back = np.arange(steps + 1)
    shown = tuple(series(f"bias {b:g}".replace("-", "−"), back, lstm_norms(b, steps)) for b in biases)
    return Plot("Gradients in an LSTM, by the bias of the forget gate", "steps back", "norm of the gradient", shown,
                log=True)  # fmt: skip


def lstm_norms(bias: float, steps: int) -> Array:
    """Norms of the gradient of the last cell state's mean direction at each cell state before it, (steps + 1,)."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(SEED)
        cell = torch.nn.LSTMCell(HIDDEN, HIDDEN)
        inputs = torch.randn(steps, 1, HIDDEN)
    with torch.no_grad():
        cell.bias_ih[HIDDEN : 2 * HIDDEN] = bias  # gates: input, forget, cell, output
        cell.bias_hh[HIDDEN : 2 * HIDDEN] = 0
    hidden = torch.zeros(1, HIDDEN)
    states = [torch.zeros(1, HIDDEN, requires_grad=True)]
    for x in inputs:
        hidden, state = cell(x, (hidden, states[-1]))
        states.append(state)
    gradients = torch.autograd.grad(states[-1].sum() / HIDDEN**0.5, states)
    return np.array([float(g.norm()) for g in reversed(gradients)])
