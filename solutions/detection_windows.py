"""Counting windows and boxes by listing them, and what a detector costs."""

from __future__ import annotations

from itertools import product


def windows(W: int, H: int, w: int, h: int, s: int) -> int:
    """Places of a window of w by h pixels that lies inside an image of W by H and moves by s along both axes."""
    return sum(1 for x, y in product(range(0, int(W), int(s)), range(0, int(H), int(s))) if x + w <= W and y + h <= H)


def windows_at_all_sizes(kind: str, W0: int, H0: int, w0: int, h0: int, s0: int) -> int:
    """Windows over three sizes. kind: how the second and third are made from the first.

    'same': the window is doubled each time, the stride stays. 'stride': window and stride are doubled.
    'image': the image is halved (odd sizes rounded down). 'tall': the second is turned by a right angle, the third is
    a square with the longer side.
    """
    W, H, w, h, s = (int(value) for value in (W0, H0, w0, h0, s0))
    settings = {
        "same": [(W, H, w, h, s), (W, H, 2 * w, 2 * h, s), (W, H, 4 * w, 4 * h, s)],
        "stride": [(W, H, w, h, s), (W, H, 2 * w, 2 * h, 2 * s), (W, H, 4 * w, 4 * h, 4 * s)],
        "image": [(W, H, w, h, s), (W // 2, H // 2, w, h, s), (W // 4, H // 4, w, h, s)],
        "tall": [(W, H, w, h, s), (W, H, h, w, s), (W, H, max(w, h), max(w, h), s)],
    }[kind]
    return sum(windows(*setting) for setting in settings)


def seconds(kind: str, W0: int, H0: int, w0: int, h0: int, s0: int, ms: float) -> float:
    """Time in seconds for all windows of `windows_at_all_sizes`, ms milliseconds each."""
    return sum(float(ms) for _ in range(windows_at_all_sizes(kind, W0, H0, w0, h0, s0))) / 1000
