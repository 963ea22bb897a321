"""Sizes of networks with LSTM layers, by torch's own layers.

d input size, h width, r size of a projected output; layers and sides (1 or 2 directions) of the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch.nn import LSTM


def parameters(d: int, h: int, r: int, layers: int, sides: int, kind: str) -> int:
    """Parameters with one bias vector for each gate. kind: 'stacked', 'both' or 'projected'."""
    layer = _layer(d, h, r, layers, sides, kind)
    return sum(p.numel() for name, p in layer.named_parameters() if "bias_hh" not in name)


def library_parameters(d: int, h: int, r: int, layers: int, sides: int, kind: str) -> int:
    """Parameters as torch has them, with two bias vectors for each gate."""
    return sum(p.numel() for p in _layer(d, h, r, layers, sides, kind).parameters())


def head(d: int, h: int, r: int, layers: int, sides: int, kind: str, v: int) -> int:
    """Parameters of a linear layer with bias from what the last layer gives at one step to v scores."""
    import torch

    output, _ = _layer(d, h, r, layers, sides, kind)(torch.zeros((3, 1, int(d)), device="meta"))
    linear = torch.nn.Linear(output.shape[-1], int(v), device="meta")
    return sum(p.numel() for p in linear.parameters())


def _layer(d: int, h: int, r: int, layers: int, sides: int, kind: str) -> LSTM:
    import torch

    return torch.nn.LSTM(
        int(d),
        int(h),
        int(layers),
        bidirectional=int(sides) == 2,
        proj_size=int(r) if kind == "projected" else 0,
        device="meta",
    )
