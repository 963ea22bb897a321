"""One unit of an LSTM by torch's own cell: what calculations by hand are compared with.

w, r, b (4,) belong to input gate, forget gate, candidate, output gate.
x, h, s are the input, the output before and the cell state before.
"""

from __future__ import annotations

from solutions.arrays import Array, constant


def cell_by_hand(w: Array, r: Array, b: Array, x: float, h: float, s: float, kind: str) -> float:
    """The new cell state. kind: 'standard', 'original' (no forget gate) or 'coupled' (input gate 1 - forget gate)."""
    return _step(w, r, b, x, h, s, kind)[1]


def output_by_hand(w: Array, r: Array, b: Array, x: float, h: float, s: float, kind: str) -> float:
    """The new output, as for `cell_by_hand`."""
    return _step(w, r, b, x, h, s, kind)[0]


def _step(w: Array, r: Array, b: Array, x: float, h: float, s: float, kind: str) -> tuple[float, float]:
    """Output and cell state by torch.nn.LSTMCell.

    A forget gate with a bias of 1000 is 1; an input gate with the negated weights of the forget gate is 1 minus it.
    """
    import torch

    rows = [constant(v) for v in (w, r, b)]
    if kind == "original":
        rows[2] = rows[2] + constant([0, 1000, 0, 0])
    if kind == "coupled":
        rows = [torch.cat([-v[1:2], v[1:]]) for v in rows]
    cell = torch.nn.LSTMCell(1, 1, dtype=torch.float64)
    parameters: dict[str, torch.Tensor] = {
        "weight_ih": rows[0][:, None],
        "weight_hh": rows[1][:, None],
        "bias_ih": rows[2],
        "bias_hh": torch.zeros(4, dtype=torch.float64),
    }
    state = (constant([[float(h)]]), constant([[float(s)]]))
    hidden, new = torch.func.functional_call(cell, parameters, (constant([[float(x)]]), state))
    return float(hidden), float(new)
