"""Code questions about sizes, windows and heads of convolutional networks: right answers by PyTorch, and inputs.

Signals have n entries; k taps, stride s, dilation r, p zeros on each side.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def same_padding(n: int, k: int, s: int, r: int) -> tuple[Array, Array]:
    """Zeros on the left and on the right for ceil(n/s) outputs: the fewest that do, found by trying."""
    from solutions.conv_sizes import same_right, same_zeros

    right = same_right(n, k, s, r)
    return np.array(float(same_zeros(n, k, s, r) - right)), np.array(float(right))


def same_padding_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `same_padding`: odd and even totals, dilations, and strides so large that nothing is added."""
    draw = np.random.default_rng([seed, 21])
    calls = [{"n": 10, "k": 1, "s": 6, "r": 1}, {"n": 6, "k": 1, "s": 4, "r": 1}]
    calls += [{"n": 7, "k": 2, "s": 5, "r": 1}, {"n": 9, "k": 1, "s": 2, "r": 1}, {"n": 10, "k": 4, "s": 1, "r": 1}]
    for s, r in ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 3), (4, 2)):
        calls.append({"n": int(draw.integers(8, 40)), "k": int(draw.integers(2, 7)), "s": s, "r": r})
    return calls


def layer_sizes(n: int, k: Array, s: Array, p: Array, r: Array) -> Array:
    """Lengths (L,) after each of L convolutions, read off a chain of torch layers."""
    import torch

    y, found = torch.empty((1, 1, int(n)), device="meta"), []
    for k_i, s_i, p_i, r_i in zip(k, s, p, r, strict=True):
        w = torch.empty((1, 1, int(k_i)), device="meta")
        y = torch.nn.functional.conv1d(y, w, None, int(s_i), int(p_i), int(r_i))
        found.append(float(y.shape[-1]))
    return np.array(found)


def layer_sizes_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `layer_sizes`: one to five layers that always leave something."""
    draw = np.random.default_rng([seed, 22])
    calls = []
    for layers in (1, 2, 3, 4, 5, 3):
        arrays = {
            "k": draw.integers(1, 6, size=layers),
            "s": draw.integers(1, 3, size=layers),
            "p": draw.integers(0, 3, size=layers),
            "r": draw.integers(1, 4, size=layers),
        }
        calls.append({"n": int(draw.integers(480, 700)), **arrays})
    return calls


def receptive_fields(k: Array, s: Array, r: Array) -> tuple[Array, Array]:
    """Width of the receptive field (L,) after each layer, and the distance (L,) in inputs of neighbouring outputs.

    Both are seen: the extent of the input gradient of one output, and how far it moves for the next output.
    """
    from solutions.conv_windows import touched

    layers = [(int(a), int(b), 0, int(c)) for a, b, c in zip(k, s, r, strict=True)]
    fields, steps = [], []
    for count in range(1, len(layers) + 1):
        stack = tuple(layers[:count])
        here, there = touched(1500, stack, 0), touched(1500, stack, 1)
        fields.append(here[-1] - here[0] + 1)
        steps.append(there[0] - here[0])
    return np.array(fields), np.array(steps)


def receptive_field_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `receptive_fields`: one to five layers."""
    draw = np.random.default_rng([seed, 23])
    return [
        {
            "k": draw.integers(1, 6, size=layers),
            "s": draw.integers(1, 4, size=layers),
            "r": draw.integers(1, 4, size=layers),
        }
        for layers in (1, 2, 3, 4, 5)
    ]


def dilate_kernel(w: Array, r: int) -> Array:
    """w (R, Q) with r - 1 zeros between neighbours: a transposed convolution with a single one spreads it."""
    import torch

    one = constant([[[[1.0]]]])
    return array(torch.nn.functional.conv_transpose2d(constant(w)[None, None], one, stride=int(r))[0, 0])


def windows_as_columns(x: Array, k: int, s: int, p: int) -> Array:
    """The k x k windows of an image (C, H, W), each as a column: (C*k*k, P)."""
    import torch

    return array(torch.nn.functional.unfold(constant(x)[None], int(k), stride=int(s), padding=int(p))[0])


def windows_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `windows_as_columns`, at sizes that all differ."""
    draw = np.random.default_rng([seed, 24])
    settings = ((1, 3, 4, 2, 1, 0), (2, 4, 5, 3, 1, 1), (3, 5, 6, 2, 2, 0), (2, 6, 5, 3, 2, 1), (1, 4, 3, 1, 1, 0))
    return [{"x": draw.normal(size=(c, h, w)), "k": k, "s": s, "p": p} for c, h, w, k, s, p in settings]


def convolution_matrix(w: Array, n: int, s: int, p: int) -> Array:
    """The matrix (M, n) of a convolution without flip: its columns are what unit vectors are turned into."""
    import torch

    rows = constant(np.eye(int(n)))[:, None]  # (n, 1, n)
    return array(torch.nn.functional.conv1d(rows, constant(w)[None, None], None, int(s), int(p))[:, 0].T)


def matrix_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `convolution_matrix`."""
    draw = np.random.default_rng([seed, 25])
    settings = ((2, 5, 1, 0), (3, 7, 1, 1), (3, 6, 2, 0), (4, 8, 2, 2), (2, 7, 3, 1), (1, 4, 1, 0))
    return [{"w": draw.normal(size=k), "n": n, "s": s, "p": p} for k, n, s, p in settings]


def pooled_head(x: Array, W: Array, b: Array, y: Array) -> tuple[Array, Array, Array, Array]:
    """Mean cross-entropy of a linear head on globally averaged maps x (N, C, H, V), and its gradients.

    y (N,): classes from 0. Returned: the loss, dL/dx, dL/dW (K, C), dL/db (K,).
    """
    import torch

    leaves = leaf(x), leaf(W), leaf(b)
    maps, weights, bias = leaves
    features = torch.nn.functional.adaptive_avg_pool2d(maps, 1)[:, :, 0, 0]  # (N, C)
    scores = torch.nn.functional.linear(features, weights, bias)
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor(np.asarray(y, dtype=np.int64)))
    dx, dW, db = torch.autograd.grad(loss, leaves)
    return array(loss), array(dx), array(dW), array(db)


def pooled_head_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `pooled_head`; the last has scores in the thousands."""
    draw = np.random.default_rng([seed, 26])
    calls = []
    for i, (n, c, h, v, classes) in enumerate(((3, 2, 2, 3, 4), (4, 3, 3, 2, 2), (1, 4, 1, 5, 3), (5, 2, 4, 4, 6))):
        size = 2000.0 if i == 3 else 1.0
        arrays = {"x": (n, c, h, v), "W": (classes, c), "b": (classes,)}
        call: dict[str, Any] = {name: draw.normal(size=shape) for name, shape in arrays.items()}
        call["W"] = call["W"] * size
        calls.append({**call, "y": draw.integers(0, classes, size=n)})
    return calls


def shift_gap(x: Array, w: Array, s: int, d: int) -> tuple[Array, Array]:
    """Output (M,) of a circular convolution with stride s, and how far it is from equivariance under a shift by d.

    The gap is the least, over all shifts of the output, of the largest difference to the output of the shifted input.
    """
    import torch

    def layer(signal: Any) -> Any:
        padded = torch.nn.functional.pad(signal[None, None], (0, len(w) - 1), mode="circular")
        return torch.nn.functional.conv1d(padded, constant(w)[None, None], None, int(s))[0, 0]

    y, moved = layer(constant(x)), layer(torch.roll(constant(x), int(d)))
    gaps = [(torch.roll(y, shift) - moved).abs().max() for shift in range(len(y))]
    return array(y), array(torch.stack(gaps).min())


def shift_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `shift_gap`: shifts that are multiples of the stride and shifts that are not."""
    draw = np.random.default_rng([seed, 27])
    settings = ((6, 3, 1, 2), (8, 3, 2, 4), (8, 2, 2, 3), (9, 4, 3, 1), (12, 3, 3, 6), (12, 5, 4, 2))
    return [{"x": draw.normal(size=n), "w": draw.normal(size=k), "s": s, "d": d} for n, k, s, d in settings]
