"""Gradients at the gates of one unit of an LSTM, by torch's autograd."""

from __future__ import annotations

import math

from solutions.arrays import leaf


def gradient_drawn(
    F: float, A: float, C: float, U: float, S: float, Q: float, P: float, kind: str, asked: str, seen: str,
) -> float:  # fmt: skip
    """dL/d(asked): 'af', 'ai' or 'au'.

    F forget gate, A input gate, C output gate, U candidate, S the old cell state.

    Q arrives at the new cell state (seen: 'cell') or at the output; P besides at the cell state (seen: 'both').
    kind: 'usual', 'coupled' (input gate 1 - F) or 'original' (no forget gate).
    """
    import torch

    af, ai, ao = (leaf(math.log(float(gate) / (1 - float(gate)))) for gate in (F, A, C))
    au = leaf(math.atanh(float(U)))
    f, i, o, u = torch.sigmoid(af), torch.sigmoid(ai), torch.sigmoid(ao), torch.tanh(au)
    if kind == "coupled":
        i = 1 - f
    if kind == "original":
        f = torch.ones_like(f)
    cell = torch.addcmul(f * float(S), i, u)
    loss = float(Q) * (cell if seen == "cell" else o * torch.tanh(cell))
    if seen == "both":
        loss = loss + float(P) * cell
    (found,) = torch.autograd.grad(loss, {"af": af, "ai": ai, "au": au}[asked])
    return float(found)
