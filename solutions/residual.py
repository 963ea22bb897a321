"""Residual blocks: gradients, paths, sizes, and notes on them with a slip."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf
from solutions.wrong_lines import only

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


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


NOTES = ("jacobian", "back", "two", "branch")


def wrong_note(jacobian: str, back: str, two: str, branch: str) -> str:
    """Name of the one note that disagrees with autograd on blocks with linear branches J and K.

    Formulas in J, K (D, D), g (D,) and x (D,): the Jacobian of one block, its input gradient for upstream g, that of
    the block with J followed by the one with K, and dL/dJ of the block with J alone.
    """
    from grader.formula import Scope, Symbol, evaluate, read
    from grader.formula.cases import sample_cases

    shapes = {"J": ("D", "D"), "K": ("D", "D"), "g": ("D",), "x": ("D",)}
    scope = Scope({name: Symbol(name, shape) for name, shape in shapes.items()})
    case = next(iter(sample_cases(scope, seed="residual notes")))
    J, K, g, x = (case.values[name][0] for name in shapes)
    wrong = []
    for name, text in zip(NOTES, (jacobian, back, two, branch), strict=True):
        printed = evaluate(read(text, scope), case)[0]
        truth = note(x, J, K, g, name)
        if printed.shape != truth.shape or not np.allclose(printed, truth, rtol=1e-9, atol=1e-12):
            wrong.append(name)
    return only(wrong)


def declared_note(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def note(x: Array, J: Array, K: Array, g: Array, wrong: str) -> Array:
    """What the note of that name should say, by autograd."""
    values, first, second = leaf(x), leaf(J), constant(K)

    def block(v: Tensor) -> Tensor:
        return v + first @ v

    if wrong == "jacobian":
        return np.stack([gradient(block(values), values, row) for row in np.eye(len(x))])
    if wrong == "two":
        inner = block(values)
        return gradient(inner + second @ inner, values, g)
    return gradient(block(values), values if wrong == "back" else first, g)


def note_drawn(wrong: str, j: float, k: float, u: float, v: float) -> float:
    """`note` for drawn numbers, D = 1."""
    J, K = np.array([[float(j)]]), np.array([[float(k)]])
    return float(note(np.array([float(u)]), J, K, np.array([float(v)]), wrong).reshape(-1)[0])
