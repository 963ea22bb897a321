"""Dense layers that become convolutions, by PyTorch: layouts, sizes of score maps, and the reference of the code."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def flat_place(order: str, c: float, i: float, j: float, C: float, N: float, M: float) -> int:
    """Index in the flattened maps (C, N, M) of channel c, row i, column j. order: axes from the outermost one."""
    sizes, place = {"c": int(C), "i": int(N), "j": int(M)}, {"c": int(c), "i": int(i), "j": int(j)}
    marked = np.zeros([sizes[axis] for axis in order])
    marked[tuple(place[axis] for axis in order)] = 1
    return int(np.argmax(marked.reshape(-1)))


def dense_parameters(k0: int, c0: int, n0: int) -> int:
    """Parameters of a dense layer by torch: c0 maps of n0 by n0 in, k0 scores out."""
    import torch

    return sum(p.numel() for p in torch.nn.Linear(int(c0) * int(n0) ** 2, int(k0)).parameters())


def larger_map(k0: int, n0: int, s1: int, s2: int, s3: int, H0: int, W0: int) -> Array:
    """Shape (k0, rows, columns) of the scores of an image of H0 by W0: three poolings, then kernels of n0 by n0."""
    import torch
    from torch.nn import functional

    maps = torch.zeros(1, 1, int(H0), int(W0))
    for s in (s1, s2, s3):
        maps = functional.avg_pool2d(maps, int(s))
    return np.array(functional.conv2d(maps, torch.zeros(int(k0), 1, int(n0), int(n0))).shape[1:])


def window_step(s1: int, s2: int, s3: int, W0: int) -> int:
    """Pixels from one window to the next: the first column of an image of width W0 that the second place sees first."""
    import torch
    from torch.nn import functional

    def reach(column: int) -> int:
        pixel = torch.zeros(1, 1, 1, int(W0))
        pixel[..., column] = 1
        for s in (s1, s2, s3):
            pixel = functional.max_pool2d(pixel, (1, int(s)))
        return int(pixel[0, 0, 0].argmax())

    return next(column for column in range(int(W0)) if reach(column) == 1)


def dense_scores(A: Array, b: Array, x: Array, N: int) -> Array:
    """Scores (K, R - N + 1, Q - N + 1) of the dense layer A (K, C*N*N), b (K,) at every place of x (C, R, Q)."""
    import torch

    side = int(N)
    kernels = constant(A).reshape(len(A), len(x), side, side)
    return array(torch.nn.functional.conv2d(constant(x)[None], kernels, constant(b))[0])


def dense_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `dense_scores`: the old size, where one place is left, and larger maps."""
    draw = np.random.default_rng([seed, 74])
    calls = []
    for K, C, N, R, Q in ((3, 2, 3, 3, 3), (2, 3, 2, 4, 5), (4, 2, 3, 6, 4), (2, 1, 4, 5, 7)):
        sizes = {"A": (K, C * N * N), "b": (K,), "x": (C, R, Q)}
        calls.append({**{name: draw.normal(size=size) for name, size in sizes.items()}, "N": N})
    return calls
