"""Parameters, multiply-adds and receptive fields, counted on real PyTorch modules.

C input channels, F filters, k kernel width, N input width, M output width. Multiply-adds are counted by hooks: for each
output a module sums the weights that it reads; biases are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array

if TYPE_CHECKING:
    from torch.nn import Module


def parameters(module: Module) -> int:
    """Entries of all parameters of a module."""
    return sum(p.numel() for p in module.parameters())


def multiply_adds(module: Module, shape: tuple[int, ...]) -> int:
    """Multiply-adds of one pass through convolutions and linear layers, for an input of that shape."""
    import torch

    total = 0

    def count(layer: Any, _inputs: Any, output: Any) -> None:
        nonlocal total
        if isinstance(layer, torch.nn.Conv2d | torch.nn.Linear):
            total += output[0].numel() * layer.weight[0].numel()

    hooks = [layer.register_forward_hook(count) for layer in module.modules()]
    module(torch.empty((1, *shape), device="meta"))
    for hook in hooks:
        hook.remove()
    return total


def block(C: float, F: float, k: float, g: float, kind: str, *, bias: bool = False) -> Module:
    """A block from C to F channels that keeps the size of the map.

    kind: 'plain', 'separable' (depthwise k x k, then 1 x 1), 'bottleneck' (1 x 1 to g channels, k x k among them,
    1 x 1 to F) or 'split' (k x 1 to F channels, then 1 x k).
    """
    import torch

    C, F, k, g = int(C), int(F), int(k), int(g)

    def layer(a: int, b: int, size: tuple[int, int], groups: int = 1) -> Module:
        (rows, columns), nn = size, torch.nn
        pad = nn.ZeroPad2d(((columns - 1) // 2, columns // 2, (rows - 1) // 2, rows // 2))
        return nn.Sequential(pad, nn.Conv2d(a, b, size, groups=groups, bias=bias, device="meta"))

    kinds = {
        "plain": lambda: [layer(C, F, (k, k))],
        "separable": lambda: [layer(C, C, (k, k), C), layer(C, F, (1, 1))],
        "bottleneck": lambda: [layer(C, g, (1, 1)), layer(g, g, (k, k)), layer(g, F, (1, 1))],
        "split": lambda: [layer(C, F, (k, 1)), layer(F, F, (1, k))],
    }
    return torch.nn.Sequential(*kinds[kind]())


def block_parameters(C: float, F: float, k: float, g: float, kind: str) -> int:
    """Parameters of a block with biases."""
    return parameters(block(C, F, k, g, kind, bias=True))


def block_cost(C: float, F: float, k: float, g: float, M: float, kind: str) -> int:
    """Multiply-adds of a block on maps of M x M."""
    return multiply_adds(block(C, F, k, g, kind), (int(C), int(M), int(M)))


def drawn_parameters(C0: int, F0: int, k0: int, g0: int, kind: str) -> int:
    """`block_parameters` at the drawn numbers."""
    return block_parameters(C0, F0, k0, g0, kind)


def drawn_cost(C0: int, F0: int, k0: int, g0: int, M0: int, kind: str) -> int:
    """`block_cost` at the drawn numbers."""
    return block_cost(C0, F0, k0, g0, M0, kind)


def costs(C: int, F: int, k: int, N: int, s: int) -> Array:
    """Multiply-adds of four layers on C maps of N x N: plain, strided by s, separable, and 1 x 1, all to F channels."""
    import torch

    C, F, k, N, s = int(C), int(F), int(k), int(N), int(s)
    strided = torch.nn.Conv2d(C, F, k, s, k // 2, device="meta")
    layers = [block(C, F, k, 1, "plain"), strided, block(C, F, k, 1, "separable"), block(C, F, 1, 1, "plain")]
    return np.array([multiply_adds(layer, (C, N, N)) for layer in layers], dtype=np.float64)


def weights(N: float, k: float, s: float, sharing: str) -> int:
    """Weights from N inputs to the outputs of a 1-d layer without padding: 'dense', 'local' or 'shared'.

    Dense and shared are torch layers; a local one has an own weight at every place where the matrix is not 0.
    """
    import torch

    n, k, s = int(N), int(k), int(s)
    eye = torch.eye(n, dtype=torch.float64)[:, None]
    matrix = torch.nn.functional.conv1d(eye, torch.ones((1, 1, k), dtype=torch.float64), stride=s)[:, 0]
    if sharing == "dense":
        return parameters(torch.nn.Linear(n, matrix.shape[1], bias=False, device="meta"))
    if sharing == "local":
        return int((matrix != 0).sum())
    return parameters(torch.nn.Conv1d(1, 1, k, s, bias=False, device="meta"))


def drawn_weights(n0: int, k0: int, s0: int, sharing: str) -> int:
    """`weights` at the drawn numbers."""
    return weights(n0, k0, s0, sharing)


def matrix_zeros(n0: int, k0: int, s0: int) -> int:
    """Zeros in the matrix of a 1-d convolution: all its entries less those of a local layer."""
    return weights(n0, k0, s0, "dense") - weights(n0, k0, s0, "local")


def _chain(n: int, c: int, k: int, f1: int, f2: int, classes: int, kind: str) -> Module:
    """A small classifier of c x n x n images; both convolutions have k x k kernels and no padding.

    kind: 'pool' (max-pooling 2 after each convolution), 'stride' (both convolutions with stride 2), 'same' (padded
    convolutions, pooling after each) or 'global' (pooling after the first, global pooling after the second).
    """
    import torch

    nn = torch.nn
    s, pad = (2 if kind == "stride" else 1), (k // 2 if kind == "same" else 0)
    first, second = nn.Conv2d(c, f1, k, s, pad, device="meta"), nn.Conv2d(f1, f2, k, s, pad, device="meta")
    pools: dict[str, tuple[Module, Module]] = {
        "pool": (nn.MaxPool2d(2), nn.MaxPool2d(2)),
        "same": (nn.MaxPool2d(2), nn.MaxPool2d(2)),
        "stride": (nn.Identity(), nn.Identity()),
        "global": (nn.MaxPool2d(2), nn.AdaptiveAvgPool2d(1)),
    }
    a, b = pools[kind]
    features = nn.Sequential(first, nn.ReLU(), a, second, nn.ReLU(), b, nn.Flatten())
    flat = int(features(torch.empty((1, c, n, n), device="meta")).shape[1])
    return nn.Sequential(features, nn.Linear(flat, classes, device="meta"))


def chain_flat(n: int, c: int, k: int, f1: int, f2: int, classes: int, kind: str) -> int:
    """Numbers that reach the linear layer of the classifier."""
    layers = list(_chain(n, c, k, f1, f2, classes, kind).modules())
    return int(layers[-1].weight.shape[1])  # type: ignore[index]


def chain_parameters(n: int, c: int, k: int, f1: int, f2: int, classes: int, kind: str) -> int:
    """Parameters of the classifier."""
    return parameters(_chain(n, c, k, f1, f2, classes, kind))


def chain_cost(n: int, c: int, k: int, f1: int, f2: int, classes: int, kind: str) -> int:
    """Multiply-adds of the classifier for one image."""
    return multiply_adds(_chain(n, c, k, f1, f2, classes, kind), (c, n, n))


def bank_shape(C: int, F: int, h: int, v: int, groups: int) -> Array:
    """Shape of the weights of a convolution with h x v kernels; groups: 0 for one group a channel."""
    return np.array(_bank(C, F, h, v, groups).weight.shape, dtype=np.float64)


def bank_parameters(C: int, F: int, h: int, v: int, groups: int) -> int:
    """Parameters of the same layer."""
    return parameters(_bank(C, F, h, v, groups))


def bank_output(C: int, F: int, h: int, v: int, groups: int, batch: int, n: int) -> Array:
    """Shape of its output for a batch of n x n images."""
    import torch

    out = _bank(C, F, h, v, groups)(torch.empty((batch, C, n, n), device="meta"))
    return np.array(out.shape, dtype=np.float64)


def _bank(C: int, F: int, h: int, v: int, groups: int) -> Any:
    import torch

    return torch.nn.Conv2d(C, F, (h, v), groups=groups or C, device="meta")
