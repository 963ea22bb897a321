"""Where kernels lie and which inputs they touch, found from the support of gradients.

k taps, stride s, dilation r, p zeros on each side.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def touched(n: int, layers: tuple[tuple[int, int, int, int], ...], at: int) -> Array:
    """Positions of the inputs, of n, that output `at` of the stacked layers (k, s, p, r) depends on."""
    import torch

    x = leaf(np.zeros((1, 1, int(n))))
    y = x
    for k, s, p, r in layers:
        y = torch.nn.functional.conv1d(y, constant(np.ones((1, 1, int(k)))), None, int(s), int(p), int(r))
    upstream = np.zeros(tuple(y.shape))
    upstream[0, 0, int(at)] = 1
    return np.nonzero(gradient(y, x, upstream)[0, 0])[0].astype(np.float64)


def dilated_by_support(k: float, r: float, what: str) -> float:
    """What a dilated kernel covers, by its support: see the table.

    what: 'covered' places, 'gaps' (places without a tap), 'zeros' of the square kernel with its gaps written out,
    'padding' that keeps a size, both sides together, columns 'lost', or the field of a 'pair' of layers.
    """
    k, r = int(k), int(r)
    n = 4 * r * k
    seen = touched(n, ((k, 1, 0, r),), 0)
    covered = int(seen[-1] - seen[0]) + 1
    pair = touched(n, ((k, 1, 0, r), (k, 1, 0, r)), 0)
    return {
        "covered": float(covered),
        "gaps": float(covered - len(seen)),
        "zeros": float(covered**2 - len(seen) ** 2),
        "padding": float(covered - 1),
        "lost": float(covered - 1),
        "pair": float(pair[-1] - pair[0] + 1),
    }[what]


def dilated_drawn(k0: int, r0: int, what: str) -> float:
    """`dilated_by_support` at the drawn numbers."""
    return dilated_by_support(k0, r0, what)


def dilation_that_covers(kb: int, reach: int) -> int:
    """The dilation with which kb taps cover `reach` places, by trying."""
    (found,) = (r for r in range(1, 20) if dilated_by_support(kb, r, "covered") == reach)
    return found


def window_end(k: float, s: float, p: float, r: float, j: float, setting: str) -> int:
    """The input, counted from 0 and from the left end of an unpadded signal, that a tap of output j meets.

    setting: two words. 'first' or 'last' tap; 'plain', 'padded', 'dilated' or 'both' (padding and dilation).
    """
    end, kind = setting.split()
    pad = int(p) if kind in ("padded", "both") else 0
    gap = int(r) if kind in ("dilated", "both") else 1
    n = (int(j) + 1) * int(s) + gap * int(k) + 1
    # ones on every input and on the zeros: a signal that is longer by the padding, and then shifted back
    seen = touched(n + 2 * pad, ((int(k), int(s), 0, gap),), int(j)) - pad
    return int(seen[0] if end == "first" else seen[-1])


def window_drawn(k0: int, s0: int, p0: int, r0: int, j0: int, setting: str) -> int:
    """`window_end` at the drawn numbers."""
    return window_end(k0, s0, p0, r0, j0, setting)


def readers(k0: int, s0: int, P0: int, R0: int, t0: int) -> int:
    """How many outputs of a convolution over a long signal depend on input t0; P0 zeros, dilation R0."""
    import torch

    x = np.zeros((1, 1, 100))
    x[0, 0, int(t0)] = 1
    w = constant(np.ones((1, 1, int(k0))))
    y = torch.nn.functional.conv1d(constant(x), w, None, int(s0), int(P0), int(R0))
    return int((y != 0).sum())
