"""Sequential Jacobians by torch: how an output of a recurrent network depends on the inputs of all steps.

h_t = tanh(W h_{t-1} + U x_t) from h = 0, y_t = B h_t. W (H, H), U (H, D), B (K, H), x (T, D); steps counted from 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def sequential_jacobian(W: Array, U: Array, B: Array, x: Array, t: int, k: int) -> tuple[Array, Array]:
    """J (T, D): row s is dy_t[k]/dx_s. share (T,): the norms of its rows, divided by their sum."""
    import torch

    given, h, outputs = leaf(x), constant(np.zeros(len(W))), []
    for row in given:
        h = torch.tanh(constant(W) @ h + constant(U) @ row)
        outputs.append(constant(B) @ h)
    J = torch.autograd.grad(outputs[int(t)][int(k)], given)[0]
    norms = torch.linalg.vector_norm(J, dim=1)
    return array(J), array(norms / norms.sum())


def sequences(seed: int) -> list[dict[str, Array | int]]:
    """Calls with sequences of several lengths; t in the middle or at the end."""
    rng = np.random.default_rng(seed)
    calls: list[dict[str, Array | int]] = []
    for T, H, D, K, t in ((5, 3, 2, 2, 3), (4, 2, 3, 3, 3), (6, 4, 1, 2, 2), (2, 2, 2, 1, 0)):
        calls.append({
            "W": rng.normal(scale=0.8, size=(H, H)).round(2),
            "U": rng.normal(size=(H, D)).round(2),
            "B": rng.normal(size=(K, H)).round(2),
            "x": rng.normal(size=(T, D)).round(2),
            "t": t,
            "k": int(rng.integers(0, K)),
        })  # fmt: skip
    return calls


def block(
    W: Array,
    U: Array,
    B: Array,
    C: Array,
    p: Array,
    q: Array,
    r: Array,
    a: float,
    cell: str,
    lag: int,
    way: str,
    e: Array,
) -> Array:
    """The Jacobian (K, D) of y_t by x_{t-lag}, or its transpose times e (K,) for way 'back'.

    Slopes p, q, r (H,) in the steps t, t - 1, t - 2. cell: as in `_run`.
    """  # fmt: skip
    import torch

    slopes = [constant(v) for v in (r, q, p)]
    x = torch.zeros((3, U.shape[1]), dtype=torch.float64, requires_grad=True)
    y = _run(constant(W), constant(U), constant(B), constant(C), x, slopes, float(a), cell)
    rows = [torch.autograd.grad(value, x, retain_graph=True)[0][2 - int(lag)] for value in y]
    J = torch.stack(rows)
    return array(constant(e) @ J if way == "back" else J)


def drawn(w: float, u: float, b: float, c: float, v: float, d: Array, cell: str, s: int) -> float:
    """dy_4/dx_s of a network with one unit: recurrent weight w, input weight u, output weight b, direct weight c,

    share v, slopes d (4,) in the steps 1 to 4."""
    import torch

    x = torch.zeros((4, 1), dtype=torch.float64, requires_grad=True)
    W, U, B, C = (constant([[float(value)]]) for value in (w, u, b, c))
    slopes = [constant([value]) for value in d]
    y = _run(W, U, B, C, x, slopes, float(v), cell)
    found = torch.autograd.grad(y.sum(), x, allow_unused=True)[0]
    return float(found[int(s) - 1, 0])


def strongest(w: float, u: float, b: float, c: float, v: float, d: Array, cell: str) -> int:
    """The step, counted from 1, to whose input y_4 is most sensitive."""
    sizes = [abs(drawn(w, u, b, c, v, d, cell, s)) for s in range(1, 5)]
    return 1 + int(np.argmax(sizes))


def without_influence(w: float, u: float, b: float, c: float, v: float, cell: str, T: int) -> int:
    """How many of the inputs 1 to T leave y_4 unmoved, by autograd with slopes that are not zero."""
    import torch

    x = torch.zeros((int(T), 1), dtype=torch.float64, requires_grad=True)
    W, U, B, C = (constant([[float(value)]]) for value in (w, u, b, c))
    y = _run(W, U, B, C, x[:4], [constant([0.37])] * 4, float(v), cell)
    return int((torch.autograd.grad(y.sum(), x)[0] == 0).sum())


def _run(W: Tensor, U: Tensor, B: Tensor, C: Tensor, x: Tensor, slopes: list[Tensor], a: float, cell: str) -> Tensor:
    """The last output. cell 'plain'; 'leaky' a h + (1 - a) f(...); 'direct' with C x_t added to the output;

    'late': the output sees the state before."""
    h, before = W.new_zeros(len(W)), W.new_zeros(len(W))
    for row, slope in zip(x, slopes, strict=True):
        new = slope * (W @ h + U @ row)
        before, h = h, a * h + (1 - a) * new if cell == "leaky" else new
    y: Tensor = B @ (before if cell == "late" else h)
    return y + C @ x[-1] if cell == "direct" else y
