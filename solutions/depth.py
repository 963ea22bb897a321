"""Depth: gradients through long chains, residual blocks, and what training errors of deep networks say."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def steepest_slope(f: str) -> float:
    """The largest slope of an activation, by autograd on a grid from -20 to 20 that holds 0; f as in `_curves`."""
    grid = leaf(np.arange(-20_000, 20_001) / 1000)
    return float(np.abs(gradient(_curves()[f](grid).sum(), grid)).max())


def chain_gradient(f: str, rho: float, q: float, K: float, N: float, G: float) -> float:
    """|dL/dx_0| of a chain of K + N scalar layers, |dL/dx| at its end being G.

    Weights are rho in the first K layers and q in the others. Biases put each layer where the slope of f is largest:
    at 0, or at 1 for those with a kink there.
    """
    at = 1.0 if f in ("relu", "leaky") else 0.0
    x = start = leaf([at])
    for weight in [rho] * round(K) + [q] * round(N):
        z = weight * x
        x = _curves()[f](z - z.item() + at)
    return float(np.abs(gradient(x, start, [G]))[0])


def chain_gradient_drawn(f: str, r: float, s: float, k: int, n: int, top: float) -> float:
    """`chain_gradient` for drawn numbers: k layers with the weight r, then n with s; top arrives at the end."""
    return chain_gradient(f, float(r), float(s), k, n, float(top))


def _curves() -> dict[str, Callable[[Tensor], Tensor]]:
    import torch

    return {
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "leaky": lambda z: torch.where(z > 0, z, z / 10),
        "wide": lambda z: torch.tanh(z / 2),
        "scaled": lambda z: 2 * torch.sigmoid(z) - 1,
        "steep": lambda z: torch.tanh(2 * z),
        "arctan": torch.atan,
        "soft": lambda z: z / (1 + z.abs()),
        "steep-sigmoid": lambda z: torch.sigmoid(3 * z),
    }


def blocks_gradient(a: float, b: float, c: float, d: float, net: str) -> float:
    """dy/dx of a chain of scalar residual blocks whose branches have the slopes a, b, c and d, by autograd.

    net: 'plain' adds each branch to its input; 'halved' halves the branches; 'damped' halves the shortcuts;
    'middle' has no shortcut in the second block; 'long' has one more shortcut around all four blocks.
    """
    x = leaf([0.0])
    y = x
    for i, slope in enumerate((a, b, c, d)):
        branch = slope * y.sin()  # slope 1 at 0, and stays at 0
        shortcut = {"damped": y / 2, "middle": y * (i != 1)}.get(net, y)
        y = shortcut + (branch / 2 if net == "halved" else branch)
    return float(gradient(y + x if net == "long" else y, x, [1.0])[0])


def blocks_gradient_drawn(u: float, v: float, w: float, h: float, net: str) -> float:
    """`blocks_gradient` for drawn slopes."""
    return blocks_gradient(float(u), float(v), float(w), float(h), net)


def paths_drawn(n: int, m: int) -> int:
    """Paths through n residual blocks that take exactly m branches, listed one by one."""
    return len(list(combinations(range(int(n)), int(m))))


def ordered_block_gradient(x: Array, J: Array, g: Array, order: str) -> Array:
    """dL/dx (D,) of a residual block with a linear branch J (D, D); g (D,) arrives at its output.

    order: 'after' y = relu(x + J x), 'before' y = x + J relu(x), 'branch' y = x + relu(J x),
    'shortcut' y = relu(x) + J x.
    """
    import torch

    values, matrix = leaf(x), constant(J)
    forms: dict[str, Callable[[], Tensor]] = {
        "after": lambda: torch.relu(values + matrix @ values),
        "before": lambda: values + matrix @ torch.relu(values),
        "branch": lambda: values + torch.relu(matrix @ values),
        "shortcut": lambda: torch.relu(values) + matrix @ values,
    }
    return gradient(forms[order](), values, g)


def block_parameters(kind: str, c: int, f: int, m: int) -> int:
    """Weights of a residual block from c to f channels, counted in torch modules without biases.

    kind: 'basic' has two 3 x 3 convolutions; 'bottleneck' goes 1 x 1 to m channels, 3 x 3, 1 x 1 to f. The shortcut is
    a 1 x 1 convolution, except in 'padded', which is basic with channels of zeros for those that the input lacks.
    """
    return sum(p.numel() for layer in _layers(kind, int(c), int(f), int(m)) for p in layer.parameters())


def _layers(kind: str, c: int, f: int, m: int) -> list[Any]:
    from torch import nn

    def conv(a: int, b: int, k: int) -> nn.Conv2d:
        return nn.Conv2d(a, b, k, bias=False, device="meta")

    if kind == "bottleneck":
        return [conv(c, m, 1), conv(m, m, 3), conv(m, f, 1), conv(c, f, 1)]
    return [conv(c, f, 3), conv(f, f, 3), *([] if kind == "padded" else [conv(c, f, 1)])]


def ordered_block_output(order: str, u: float, v: float, p: float, q: float, r: float, s: float) -> float:
    """The sum of the two outputs of the block of `ordered_block_gradient` with x = (u, v) and J = ((p, q), (r, s)).

    Such a block doubles with its input, so that its output is its Jacobian times x: the Jacobian is autograd's.
    """
    x = np.array([float(u), float(v)])
    J = np.array([[float(p), float(q)], [float(r), float(s)]])
    return float(ordered_block_gradient(x, J, np.ones(2), order) @ x)


def block_shape(kind: str, c: int, f: int, n: int, s: int, batch: int) -> Array:
    """Shape (batch, f, rows, columns) of a block's output for an n x n image; the stride s comes once.

    Read off the shortcut; where that is no convolution, off the branch.
    """
    import torch
    from torch import nn

    x = torch.empty((int(batch), int(c), int(n), int(n)), device="meta")
    k, p = (1, 0) if kind != "padded" else (3, 1)
    shortcut = nn.Conv2d(int(c), int(f), k, stride=int(s), padding=p, device="meta")
    return np.array(shortcut(x).shape)


def diagnosis(train0: float, train1: float, test0: float, test1: float) -> str:
    """What the errors of a deeper network (1) against another one (0) say: degradation, overfitting or better."""
    if train1 > train0:
        return "degradation"
    return "overfitting" if test1 > test0 else "better"


def declared_diagnosis(cause: str) -> str:
    """The cause that the errors were drawn for."""
    return cause


def remedy(train0: float, train1: float, test0: float, test1: float) -> str:
    """Name of what to try next, by the error that went up."""
    table = {"degradation": "shortcuts", "overfitting": "regularise", "better": "keep"}
    return table[diagnosis(train0, train1, test0, test1)]


def declared_remedy(up: int, wide: int) -> str:
    """The same by the directions that were drawn: up for the training error, wide for the test error."""
    return "shortcuts" if up > 0 else "regularise" if wide > 0 else "keep"


def attainable_error(train0: float, train1: float, more: int) -> float:
    """The training error, in percent, that the deeper network surely can reach.

    Found on scores of 1000 examples: those of the shallow network pass through `more` layers relu(I a + 0) without
    change, as they are outputs of a ReLU; the better of both networks counts.
    """
    import torch

    rank, layer = torch.arange(1000), torch.nn.Linear(2, 2, dtype=torch.float64)
    wrong = (rank < round(float(train0) * 10)).double()
    scores = torch.stack([1 - wrong, wrong], dim=1)  # (1000, 2), the right class is 0
    with torch.no_grad():
        layer.weight.copy_(torch.eye(2))
        layer.bias.zero_()
        for _ in range(int(more)):
            scores = torch.relu(layer(scores))
    copied = float((scores.argmax(dim=1) == 1).double().mean()) * 100
    return min(copied, float(train1))
