"""Receptive fields and costs of towers of layers, seen in gradients and counted on modules.

k taps, L layers; n small kernels with C channels each, of the family q: 3 and 5 are square, 7 means 3 x 1 and 1 x 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solutions.conv_counts import multiply_adds, parameters
from solutions.conv_windows import touched

if TYPE_CHECKING:
    from torch.nn import Module


def tower_field(k: float, L: float, tower: str) -> int:
    """Inputs from the first to the last that one output of a tower depends on, by its gradient.

    tower: 'plain', 'doubling' (dilations 1, 2, 4, ...), 'strided' (stride 2), 'pooled' (with pooling 2 after each
    convolution) or 'entry' (stride 2 first, then L layers with 3 taps).
    """
    k, count = int(k), int(L)
    towers: dict[str, list[tuple[int, int, int, int]]] = {
        "plain": [(k, 1, 0, 1)] * count,
        "doubling": [(k, 1, 0, 2**i) for i in range(count)],
        "strided": [(k, 2, 0, 1)] * count,
        "pooled": [(k, 1, 0, 1), (2, 2, 0, 1)] * count,
        "entry": [(k, 2, 0, 1)] + [(3, 1, 0, 1)] * count,
    }
    seen = touched(_long_enough(k, count), tuple(towers[tower]), 0)
    return int(seen[-1] - seen[0]) + 1


def tower_drawn(k0: int, l0: int, tower: str) -> int:
    """`tower_field` at the drawn numbers."""
    return tower_field(k0, l0, tower)


def tower_needed(k0: int, wish: int, tower: str) -> int:
    """The smallest number of layers with which a tower sees `wish` inputs, by trying."""
    return next(count for count in range(1, 200) if tower_field(k0, count, tower) >= wish)


def stack_field(n: float, q: int) -> int:
    """Width of what one output of a stack sees along one axis."""
    return tower_field(5 if q == 5 else 3, int(n), "plain")


def stack_weights(n: float, C: float, q: int) -> int:
    """Weights of a stack."""
    return parameters(_stack(int(n), int(C), q))


def stack_ratio(n0: int, q: int) -> float:
    """Weights of one kernel that sees as much as a stack of n0, over those of the stack; 2 channels."""
    import torch

    large = torch.nn.Conv2d(2, 2, stack_field(n0, q), bias=False, device="meta")
    return parameters(large) / stack_weights(n0, 2, q)


def stack_cost(n0: int, C0: int, M0: int, q: int) -> int:
    """Multiply-adds of a stack on maps of M0 x M0 that keep their size."""
    return multiply_adds(_stack(n0, C0, q), (C0, M0, M0))


def _stack(n: int, C: int, q: int) -> Module:
    import torch

    sizes = [(3, 1), (1, 3)] if q == 7 else [(q, q)]
    return torch.nn.Sequential(
        *(torch.nn.Conv2d(C, C, size, padding="same", bias=False, device="meta") for size in sizes * n)
    )


def _long_enough(k: int, count: int) -> int:
    """Inputs for which even doubling dilations or strides leave an output."""
    return min(k << (count + 2), 4 * k * (count + 1) + 2500)


def stage_ratio(a: float, b: float, ask: str) -> float:
    """The asked count ('parameters', 'cost' or 'activations') of the second stage over that of the first."""
    return _stage(2 * int(a), 12, 3, ask) / _stage(2, 12 * int(b), 3, ask)


def stage_count(C0: int, M0: int, k0: int, a0: int, b0: int, ask: str) -> int:
    """The asked count of the second stage at the drawn numbers."""
    return _stage(C0 * a0, M0 // b0, k0, ask)


def channels_for_same_cost(b0: int) -> int:
    """The factor of the channels with which maps that are smaller by b0 cost the same, by trying."""
    wanted = _stage(2, 4 * b0, 3, "cost")
    return next(a for a in range(1, 60) if _stage(2 * a, 4, 3, "cost") == wanted)


def _stage(channels: int, width: int, k: int, ask: str) -> int:
    import torch

    layer = torch.nn.Conv2d(channels, channels, k, padding=k // 2, bias=False, device="meta")
    if ask == "parameters":
        return parameters(layer)
    if ask == "cost":
        return multiply_adds(layer, (channels, width, width))
    return int(layer(torch.empty((1, channels, width, width), device="meta")).numel())
