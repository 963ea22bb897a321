"""Batch normalisation in test mode folded into the linear map beside it, by PyTorch.

w (D,) and b: the linear map; gamma, beta: gain and shift; mu, v: running statistics; p stands under the root.
order: 'after' normalises the map's output, 'before' each of its inputs, 'doubled' twice the map's output.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, gradient, leaf


def folded_weight(order: str, w: Array, b: float, gamma: float, beta: float, mu: float, v: float, p: float) -> Array:
    """The weights (D,) of the whole: its gradient at an input, which is the same everywhere."""
    x = leaf(np.ones(len(w)))
    return gradient(_whole(order, x, w, b, (gamma, beta, mu, v, p)), x)


def folded_bias(order: str, w: Array, b: float, gamma: float, beta: float, mu: float, v: float, p: float) -> float:
    """The bias of the whole: its output for an input of zeros."""
    return float(_whole(order, constant(np.zeros(len(w))), w, b, (gamma, beta, mu, v, p)))


def folded_bias_drawn(order: str, w0: float, wb: float, gain: float, shift: float, mean0: float, var0: float) -> float:
    """The same for drawn numbers, D = 1; var0 holds the constant under the root."""
    numbers = tuple(float(value) for value in (gain, shift, mean0, var0, 0.0))
    return folded_bias(order, np.array([float(w0)]), float(wb), *numbers)


def _whole(order: str, x: Any, w: Array, b: float, numbers: tuple[float, ...]) -> Any:
    import torch

    gamma, beta, mu, v, p = numbers

    def normalised(column: Any) -> Any:
        kept = constant([mu]), constant([v])
        return torch.nn.functional.batch_norm(
            column, *kept, constant([gamma]), constant([beta]), training=False, eps=float(p)
        )

    if order == "before":
        return normalised(x[:, None])[:, 0] @ constant(w) + float(b)
    y = (x @ constant(w) + float(b)) * (2 if order == "doubled" else 1)
    return normalised(y[None, None])[0, 0]


def fold(
    W: Array, b: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float
) -> tuple[Array, Array]:
    """Kernel (F, C, K, K) and bias (F,) of the convolution that W, b and a test-time batch norm make, by torch."""
    import torch

    fused = torch.nn.utils.fusion.fuse_conv_bn_weights
    kernel, offset, mu, v, gain, shift = (constant(values) for values in (W, b, mean, variance, gamma, beta))
    weight, bias = fused(kernel, offset, mu, v, float(epsilon), gain, shift)
    return array(weight), array(bias)


def fold_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `fold`: variances of very different sizes, and an epsilon that counts."""
    draw = np.random.default_rng([seed, 11])
    calls = []
    for f, c, k in ((3, 2, 3), (4, 1, 1), (2, 5, 2), (1, 3, 3)):
        arrays = {"W": draw.normal(size=(f, c, k, k))}
        arrays |= {name: draw.normal(size=f) for name in ("b", "gamma", "beta", "mean")}
        arrays["variance"] = draw.uniform(0.1, 1, size=f) * 4.0 ** np.arange(f)
        calls.append({**arrays, "epsilon": float(draw.uniform(0.01, 0.3))})
    return calls
