"""Wrong references for code on LSTMs, sequence losses and clipping, each one slip away from the right one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solutions import worked_recurrent as right
from solutions.arrays import Array

Six = tuple[Array, Array, Array, Array, Array, Array]


def lstm_bracket(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """The forget gate multiplies the new content as well."""
    i, f, u, o = right.gates(x, h, W, U, b)
    cell = f * (s + i * u)
    return o * np.tanh(cell), cell


def lstm_gates_swapped(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Exchanges input gate and forget gate."""
    order = [1, 0, 2, 3]
    return right.lstm_step(x, h, s, W[order], U[order], b[order])


def lstm_old_cell(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Makes the hidden state from the cell state before."""
    i, f, u, o = right.gates(x, h, W, U, b)
    return o * np.tanh(s), f * s + i * u


def lstm_no_tanh(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Leaves out the tanh of the cell state."""
    i, f, u, o = right.gates(x, h, W, U, b)
    cell = f * s + i * u
    return o * cell, cell


def lstm_sigmoid_candidate(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Takes a sigmoid for the candidate."""
    i, f, _, o = right.gates(x, h, W, U, b)
    u = 1 / (1 + np.exp(-(W[2] @ x + U[2] @ h + b[2])))
    cell = f * s + i * u
    return o * np.tanh(cell), cell


@dataclass(frozen=True)
class _Slips:
    """What `_backward` leaves out."""

    through_hidden: bool = True
    gate_slopes: bool = True
    candidate_slope: bool = True
    forget: bool = True


def lstm_backward_cell_alone(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array) -> Six:
    """The cell state receives only what arrives at it directly."""
    return _backward(x, h, s, W, U, b, gh, gs, _Slips(through_hidden=False))


def lstm_backward_no_gate_slope(
    x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array
) -> Six:
    """Leaves out sigma' of the gates."""
    return _backward(x, h, s, W, U, b, gh, gs, _Slips(gate_slopes=False))


def lstm_backward_no_candidate_slope(
    x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array
) -> Six:
    """Leaves out 1 - u^2."""
    return _backward(x, h, s, W, U, b, gh, gs, _Slips(candidate_slope=False))


def lstm_backward_gate_ignored(x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array) -> Six:
    """Hands the cell state's gradient on without the forget gate."""
    return _backward(x, h, s, W, U, b, gh, gs, _Slips(forget=False))


def _backward(
    x: Array, h: Array, s: Array, W: Array, U: Array, b: Array, gh: Array, gs: Array, slips: _Slips
) -> Six:  # fmt: skip
    i, f, u, o = right.gates(x, h, W, U, b)
    cell = f * s + i * u
    dcell = gs + (gh * o * (1 - np.tanh(cell) ** 2) if slips.through_hidden else 0)
    slopes = [gate * (1 - gate) if slips.gate_slopes else 1.0 for gate in (i, f, o)]
    inner = 1 - u**2 if slips.candidate_slope else 1.0
    dz = np.stack([dcell * u * slopes[0], dcell * s * slopes[1], dcell * i * inner, gh * np.tanh(cell) * slopes[2]])
    dx, dh = np.einsum("khd,kh->d", W, dz), np.einsum("khj,kh->j", U, dz)
    return dx, dh, dcell * (f if slips.forget else 1), dz[:, :, None] * x, dz[:, :, None] * h, dz


def losses_probabilities(W: Array, U: Array, V: Array, x: Array, h0: Array, targets: Array) -> Array:
    """Returns the probabilities themselves."""
    return np.exp(-right.sequence_losses(W, U, V, x, h0, targets))


def losses_summed(W: Array, U: Array, V: Array, x: Array, h0: Array, targets: Array) -> Array:
    """Adds the losses up as it goes."""
    return np.cumsum(right.sequence_losses(W, U, V, x, h0, targets))


def losses_shifted(W: Array, U: Array, V: Array, x: Array, h0: Array, targets: Array) -> Array:
    """Judges the state before the step."""
    losses, h = [], h0
    for row, target in zip(x, targets, strict=True):
        z = V @ h - (V @ h).max()
        losses.append(np.log(np.exp(z).sum()) - z[target])
        h = np.tanh(W @ h + U @ row)
    return np.array(losses)


def losses_base_two(W: Array, U: Array, V: Array, x: Array, h0: Array, targets: Array) -> Array:
    """Measures in bits."""
    return np.asarray(right.sequence_losses(W, U, V, x, h0, targets) / np.log(2))


def clip_entries(A: Array, b: Array, c: float) -> tuple[Array, Array]:
    """Cuts each entry at c."""
    return np.clip(A, -c, c), np.clip(b, -c, c)


def clip_always(A: Array, b: Array, c: float) -> tuple[Array, Array]:
    """Brings short gradients up to c as well."""
    norm = np.sqrt((A**2).sum() + (b**2).sum())
    return A * c / norm, b * c / norm


def clip_apart(A: Array, b: Array, c: float) -> tuple[Array, Array]:
    """Clips each gradient by its own norm."""
    return A * min(1.0, c / float(np.linalg.norm(A))), b * min(1.0, c / float(np.linalg.norm(b)))


def clip_squared(A: Array, b: Array, c: float) -> tuple[Array, Array]:
    """Compares with the squared norm."""
    factor = min(1.0, c / float((A**2).sum() + (b**2).sum()))
    return A * factor, b * factor
