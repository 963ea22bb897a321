"""Shapes in an encoder and a decoder, by running torch's layers on arrays without contents.

n sentences; s source words, t target words; e size of word vectors; u target symbols.
h, d widths of the encoder's and the decoder's states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array

if TYPE_CHECKING:
    from torch import Tensor


def encoder_outputs(n: int, s: int, e: int, h: int, sides: int, batch_first: int) -> Array:
    """Shape of the encoder's outputs."""
    import torch

    at_one_step = torch.cat(_last_states(n, e, h, sides), dim=-1)
    return _shape(torch.stack([at_one_step] * int(s), dim=_step_axis(batch_first)))


def bridge_weights(n: int, e: int, h: int, d: int, sides: int) -> int:
    """Weights of the linear layer from the encoder's last states to the decoder's start."""
    import torch

    joined = torch.cat(_last_states(n, e, h, sides), dim=-1)
    return torch.nn.Linear(joined.shape[-1], int(d), bias=False, device="meta").weight.numel()


def decoder_scores(n: int, t: int, e: int, d: int, u: int, batch_first: int) -> Array:
    """Shape of the decoder's scores for t words and an end symbol: a start symbol and the words are its inputs."""
    import torch

    (state,) = _last_states(n, e, d, 1)
    scores = torch.nn.Linear(int(d), int(u), device="meta")(state)
    inputs = ["start", *range(int(t))]
    return _shape(torch.stack([scores for _ in inputs], dim=_step_axis(batch_first)))


def _last_states(n: int, e: int, h: int, sides: int) -> list[Tensor]:
    """A hidden state (n, h) of each direction, from torch's cell."""
    import torch

    words = torch.zeros((int(n), int(e)), device="meta")
    return [torch.nn.LSTMCell(int(e), int(h), device="meta")(words)[0] for _ in range(int(sides))]


def _step_axis(batch_first: int) -> int:
    return 1 if int(batch_first) else 0


def _shape(tensor: Tensor) -> Array:
    return np.array(tensor.shape, dtype=np.float64)
