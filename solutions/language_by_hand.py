"""Small language models in drawn numbers, by torch: log-bilinear, with a hidden layer, recurrent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from torch import Tensor


def predicted(R: Array, C: Array, E: Array, old: int, new: int) -> float:
    """First entry of the predicted vector of a log-bilinear model with the matrices C (older word) and E (newer)."""
    return float(_predicted(R, C, E, old, new)[0])


def swapped(R: Array, C: Array, E: Array, old: int, new: int) -> float:
    """The same after the two context words changed places."""
    return predicted(R, C, E, new, old)


def bilinear_probability(R: Array, C: Array, E: Array, Q: Array, b: Array, old: int, new: int, t: int) -> float:
    """Probability of word t."""
    scores = constant(Q) @ _predicted(R, C, E, old, new) + constant(b)
    return float(scores.softmax(0)[int(t)])


def bilinear_slope(R: Array, C: Array, E: Array, Q: Array, b: Array, old: int, new: int, t: int) -> float:
    """First entry of dL/d(predicted vector) for the loss -log p of word t."""
    import torch

    vector = leaf(_predicted(R, C, E, old, new).numpy())
    scores = constant(Q) @ vector + constant(b)
    loss = torch.nn.functional.cross_entropy(scores[None], torch.tensor([int(t)]))
    return float(gradient(loss, vector)[0])


def _predicted(R: Array, C: Array, E: Array, old: int, new: int) -> Tensor:
    import torch

    table = constant(R)
    both = torch.cat([constant(C), constant(E)], dim=1)  # side by side, as one matrix
    return both @ torch.cat([table[int(old)], table[int(new)]])


def hidden(R: Array, F: Array, G: Array, h0: Array, old: int, new: int, kind: str) -> float:
    """First entry of the hidden layer. kind: 'window' (two words) or 'recurrent' (state h0 and the newer word)."""
    return float(_hidden(R, F, G, h0, old, new, kind)[0])


def hidden_probability(
    R: Array, F: Array, G: Array, U: Array, h0: Array, old: int, new: int, t: int, kind: str
) -> float:  # fmt: skip
    """Probability of word t."""
    return float((constant(U) @ _hidden(R, F, G, h0, old, new, kind)).softmax(0)[int(t)])


def hidden_slope(R: Array, F: Array, G: Array, U: Array, h0: Array, old: int, new: int, t: int, kind: str) -> float:
    """Derivative of -log p of word t by the first entry of the sum before the tanh."""
    import torch

    shift = leaf(np.zeros(2))
    before = torch.atanh(_hidden(R, F, G, h0, old, new, kind)) + shift
    scores = constant(U) @ torch.tanh(before)
    loss = torch.nn.functional.cross_entropy(scores[None], torch.tensor([int(t)]))
    return float(gradient(loss, shift)[0])


def _hidden(R: Array, F: Array, G: Array, h0: Array, old: int, new: int, kind: str) -> Tensor:
    import torch

    table = constant(R)
    first = table[int(old)] if kind == "window" else constant(h0)
    both = torch.cat([constant(F), constant(G)], dim=1)
    return torch.tanh(both @ torch.cat([first, table[int(new)]]))
