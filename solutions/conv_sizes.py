"""Sizes of convolutional layers, read off PyTorch's own layers or found by trying every placement.

n input width, k kernel width, s stride, r dilation, p zeros on each side, o output padding; all square.
The `meta` device gives shapes without numbers.
"""

from __future__ import annotations

from collections.abc import Iterable


def conv_width(n: int, k: int, s: int = 1, r: int = 1, left: int = 0, right: int = 0) -> int:
    """Width of the output of one convolution with `left` and `right` zeros beside the input."""
    import torch

    x = torch.nn.functional.pad(torch.empty((1, 1, int(n)), device="meta"), (int(left), int(right)))
    w = torch.empty((1, 1, int(k)), device="meta")
    return int(torch.nn.functional.conv1d(x, w, stride=int(s), dilation=int(r)).shape[-1])


def placements(n: int, k: int, s: int = 1, r: int = 1, left: int = 0, right: int = 0) -> int:
    """The same by counting: the starts at which the whole dilated kernel lies inside the padded input."""
    taps = [int(r) * i for i in range(int(k))]
    inside = range(-int(left), int(n) + int(right))
    return sum(start + taps[-1] in inside for start in inside[:: int(s)])


def formula_width(N: float, k: float, s: float, p: float, q: float, r: float, wide: str) -> int:
    """Width by a convolution whose zeros and dilation are told by the setting `wide`, a text of two words.

    First word: 'both' (p on each side), 'left' (p on the left), 'uneven' (p on the left, q on the right).
    Second word: 'plain' (no dilation) or 'dilated' (dilation r).
    """
    zeros, taps = wide.split()
    left, right = {"both": (p, p), "left": (p, 0), "uneven": (p, q)}[zeros]
    return conv_width(int(N), int(k), int(s), int(r) if taps == "dilated" else 1, int(left), int(right))


def drawn_width(n0: int, k0: int, s0: int, p0: int, q0: int, r0: int, wide: str) -> int:
    """`formula_width` at the drawn numbers, by counting placements."""
    zeros, taps = wide.split()
    left, right = {"both": (p0, p0), "left": (p0, 0), "uneven": (p0, q0)}[zeros]
    return placements(n0, k0, s0, r0 if taps == "dilated" else 1, left, right)


def widths(n: int, layers: Iterable[tuple[int, int, int, int]]) -> list[int]:
    """Widths after each of the layers (k, s, p, r), starting from n; 0 from where nothing fits."""
    found = []
    width = int(n)
    for k, s, p, r in layers:
        width = placements(width, k, s, r, p, p) if width > 0 else 0
        found.append(width)
    return found


def same_width(n: int, s: int) -> int:
    """Width of "same" padding under a stride: the starts 0, s, 2s, ... that are pixels of the input."""
    return len(range(0, int(n), int(s)))


def same_zeros(n: int, k: int, s: int, r: int) -> int:
    """Fewest zeros, both sides together, with which a convolution has the width of "same" padding, by trying."""
    wanted = same_width(n, s)
    for total in range(int(r) * int(k) + 1):
        if total + n > r * (k - 1) and conv_width(n, k, s, r, right=total) >= wanted:
            return total
    raise ValueError("no number of zeros is enough")


def same_right(n: int, k: int, s: int, r: int) -> int:
    """Zeros on the right: where they cannot be halved, the right side has one more."""
    total = same_zeros(n, k, s, r)
    return next(right for right in range(total + 1) if right - (total - right) in (0, 1))


def same_formula(N: float, k: float, r: float, s: float, dilated: str) -> int:
    """`same_zeros` for a formula's case; dilated: 'yes' where the kernel has the dilation r."""
    return same_zeros(int(N), int(k), int(s), int(r) if dilated == "yes" else 1)


def valid_width(N: float, k: float, m: float, L: float, tower: str) -> int:
    """Width after a tower of valid layers, found layer by layer.

    tower: 'plain' (L layers with k taps), 'doubling' (dilations 1, 2, 4, ...), 'dilated' (dilation 2 in every layer),
    'pairs' (L pairs of layers with k and m taps), 'pooled' (L layers, then windows of 2 with stride 2, then one layer).
    """
    k, m, count = int(k), int(m), int(L)
    towers = {
        "plain": [(k, 1, 0, 1)] * count,
        "doubling": [(k, 1, 0, 2**i) for i in range(count)],
        "dilated": [(k, 1, 0, 2)] * count,
        "pairs": [(k, 1, 0, 1), (m, 1, 0, 1)] * count,
        "pooled": [(k, 1, 0, 1)] * count + [(2, 2, 0, 1), (k, 1, 0, 1)],
    }
    return widths(int(N), towers[tower])[-1]


def drawn_valid_width(n0: int, k0: int, m0: int, l0: int, tower: str) -> int:
    """`valid_width` at the drawn numbers."""
    return valid_width(n0, k0, m0, l0, tower)


def most_valid_layers(n0: int, k0: int, m0: int, tower: str) -> int:
    """The largest number of layers (pairs for 'pairs') after which something is left."""
    count = 0
    while valid_width(n0, k0, m0, count + 1, tower) > 0:
        count += 1
    return count


def strided_same_width(n: int, s0: int) -> int:
    """`same_width` at the drawn numbers."""
    return same_width(n, s0)


def strided_same_right(n: int, k0: int, s0: int, rr: int) -> int:
    """`same_right` at the drawn numbers."""
    return same_right(n, k0, s0, rr)


def setting_by_convolution(
    n: int,
    wanted: int,
    ka: int,
    pa: int,
    sa: int,
    ra: int,
    kb: int,
    pb: int,
    sb: int,
    rb: int,
    kc: int,
    pc: int,
    sc: int,
    rc: int,
    kd: int,
    pd: int,
    sd: int,
    rd: int,
) -> str:
    """Name of the one setting (kernel, padding, stride, dilation) that makes maps of width `wanted`, by convolving."""
    settings = ((ka, pa, sa, ra), (kb, pb, sb, rb), (kc, pc, sc, rc), (kd, pd, sd, rd))
    return _only([conv_width(n, k, s, r, p, p) == wanted for k, p, s, r in settings])


def setting_by_placements(
    n: int,
    wanted: int,
    ka: int,
    pa: int,
    sa: int,
    ra: int,
    kb: int,
    pb: int,
    sb: int,
    rb: int,
    kc: int,
    pc: int,
    sc: int,
    rc: int,
    kd: int,
    pd: int,
    sd: int,
    rd: int,
) -> str:
    """The same by counting where the kernel fits."""
    settings = ((ka, pa, sa, ra), (kb, pb, sb, rb), (kc, pc, sc, rc), (kd, pd, sd, rd))
    return _only([placements(n, k, s, r, p, p) == wanted for k, p, s, r in settings])


def _only(fits: list[bool]) -> str:
    """Name of the one place that is true."""
    (found,) = (i for i, fit in enumerate(fits) if fit)
    return ("first", "second", "third", "fourth")[found]


def padding_that_keeps(k1: int, r1: int) -> int:
    """The zeros on each side with which a layer with stride 1 keeps its width, by trying."""
    return next(p for p in range(r1 * k1) if conv_width(80, k1, 1, r1, p, p) == 80)


def longer_side(k0: int, r0: int) -> int:
    """Zeros on the side with one more, where a layer with stride 1 keeps its width, by trying."""
    return next(q for q in range(1, r0 * k0) if conv_width(80, k0, 1, r0, q - 1, q) == 80)
