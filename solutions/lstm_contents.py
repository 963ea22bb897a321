"""What is in a cell of an LSTM after some steps, by torch's own cell."""

from __future__ import annotations

import math

import numpy as np

from solutions.arrays import Array, constant


def cell_state(f: Array, i: Array, u: Array) -> float:
    """The cell state after len(f) steps from 0 with given gates f, i and candidates u, by torch.nn.LSTMCell.

    The gates arrive by the biases: logits of f and i, the inverse tanh of u.
    """
    import torch

    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    nothing = torch.zeros((4, 1), dtype=torch.float64)
    state = (constant([[0.0]]), constant([[0.0]]))
    for gates in zip(f, i, u, strict=True):
        keep, write, new = (min(float(gate), 1 - 1e-15) for gate in gates)
        biases = constant([_logit(write), _logit(keep), math.atanh(new), 0.0])
        parameters: dict[str, torch.Tensor] = {
            "weight_ih": nothing,
            "weight_hh": nothing,
            "bias_ih": biases,
            "bias_hh": nothing[:, 0],
        }
        state = torch.func.functional_call(cell, parameters, (constant([[0.0]]), state))
    return float(state[1])


def contributions(f: Array, i: Array, u: Array) -> Array:
    """Size of what each step's content is worth in the end (len(f),): the state with all other candidates at 0."""
    alone = np.diag(np.asarray(u, dtype=np.float64))
    return np.array([abs(cell_state(f, i, row)) for row in alone])


def _logit(gate: float) -> float:
    return math.log(gate / (1 - gate))
