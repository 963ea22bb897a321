"""Sizes after transposed convolutions and after pooling, read off PyTorch's own layers.

n input width, k kernel width, s stride, r dilation, p padding on each side, o output padding.
"""

from __future__ import annotations

from solutions.conv_sizes import conv_width


def transposed_width(n: int, k: int, s: int, p: int, r: int, o: int) -> int:
    """Width of the output of one transposed convolution; o: output padding."""
    import torch

    x, w = torch.empty((1, 1, int(n)), device="meta"), torch.empty((1, 1, int(k)), device="meta")
    y = torch.nn.functional.conv_transpose1d(x, w, None, int(s), int(p), int(o), 1, int(r))
    return int(y.shape[-1])


def transposed_formula(N: float, k: float, s: float, p: float, r: float, o: float, kind: str) -> int:
    """`transposed_width` in a setting.

    kind: 'bare', 'cut' (with p), 'dilated' (p and r), 'extra' (p and o) or 'twice' (two bare layers).
    """
    n, k, s, p = int(N), int(k), int(s), int(p)
    settings = {"bare": (0, 1, 0), "cut": (p, 1, 0), "dilated": (p, int(r), 0), "extra": (p, 1, int(o))}
    cut, dilation, extra = settings.get(kind, (0, 1, 0))
    width = transposed_width(n, k, s, cut, dilation, extra)
    return transposed_width(width, k, s, 0, 1, 0) if kind == "twice" else width


def transposed_drawn(n0: int, k0: int, s0: int, p0: int, r0: int, o0: int, kind: str) -> int:
    """`transposed_formula` at the drawn numbers, by spreading ones and looking how far they reach."""
    cut = 0 if kind in ("bare", "twice") else int(p0)
    gap = int(r0) if kind == "dilated" else 1

    def spread(width: int) -> int:
        reached = {i * int(s0) + j * gap for i in range(width) for j in range(int(k0))}
        return max(reached) + 1 - 2 * cut + (int(o0) if kind == "extra" else 0)

    return spread(spread(int(n0))) if kind == "twice" else spread(int(n0))


def output_padding(n1: int, k1: int, s1: int, p1: int) -> int:
    """The output padding with which the transposed layer gives back n1 places to the output of a convolution."""
    small = conv_width(n1, k1, s1, 1, p1, p1)
    (found,) = (o for o in range(int(s1)) if transposed_width(small, k1, s1, p1, 1, o) == int(n1))
    return found


def pooled_width(n: int, k: int, s: int, p: int, *, up: bool) -> int:
    """Width after max-pooling."""
    import torch

    x = torch.zeros((1, 1, int(n)))
    return int(torch.nn.functional.max_pool1d(x, int(k), int(s), int(p), ceil_mode=up).shape[-1])


def pooled_formula(N: float, k: float, s: float, up: str) -> int:
    """`pooled_width` without padding, for a formula's case."""
    return pooled_width(int(N), int(k), int(s), 0, up=up == "yes")


def pooled_drawn(n: int, k0: int, s0: int, p0: int, up: str) -> int:
    """`pooled_width` at the drawn numbers."""
    return pooled_width(n, k0, s0, p0, up=up == "yes")
