"""Vectors of words: cosines, one-hot vectors and the gradient of a lookup.

E (V, D): one word vector a row. w (T,): the words of a text. g (T, D): gradient at their vectors.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def cosine_slope(u: Array, v: Array, kind: str, tau: float) -> float:
    """First entry of the derivative by u of a loss on the cosine s of u and v.

    kind: 'plain' s, 'distance' 1 - s, 'square' (1 - s)**2/2, 'logistic' softplus(-s/tau), 'unit' |u/|u| - v/|v||^2.
    """
    import torch

    start = leaf(u)
    s = torch.nn.functional.cosine_similarity(start, constant(v), dim=0)
    losses = {
        "plain": s,
        "distance": 1 - s,
        "square": (1 - s) ** 2 / 2,
        "logistic": torch.nn.functional.softplus(-s / float(tau)),
        "unit": 2 - 2 * s,
    }
    return float(gradient(losses[kind], start)[0])


def drawn_slope(us: Array, vs: Array, kind: str, heat: float) -> float:
    """`cosine_slope` at the drawn vectors and temperature."""
    return cosine_slope(us, vs, kind, heat)


def lookup_entry(w: Array, g: Array, i: int, kind: str) -> float:
    """Entry [i, 0] of dL/dE (4, 2) by autograd through `embedding`. kind: 'rows', or the pooling 'mean' or 'sum'."""
    return float(_lookup_gradient(w, g, kind)[int(i), 0])


def lookup_step(w: Array, g: Array, i: int, kind: str, old: float, rate: float) -> float:
    """That entry after a step of torch's gradient descent, where it was `old`."""
    import torch

    start = leaf(float(old))
    start.grad = constant(lookup_entry(w, g, i, kind))
    torch.optim.SGD([start], lr=float(rate)).step()
    return float(start.detach())


def _lookup_gradient(w: Array, g: Array, kind: str) -> Array:
    import torch

    rows = leaf(np.zeros((4, 2)))
    found = torch.nn.functional.embedding(torch.tensor([int(k) for k in w]), rows)
    upstream = constant(g)
    if kind == "rows":
        return gradient((upstream * found).sum(), rows)
    pooled = found.mean(0) if kind == "mean" else found.sum(0)
    return gradient(upstream[0] @ pooled, rows)


def selected(layout: str, v: int, d: int, t: int) -> tuple[int, ...]:
    """Shape of the looked-up vectors. layout: 'rows' one word a row, 'columns' one word a column."""
    table = np.zeros((int(v), int(d)))[np.zeros(int(t), dtype=int)]
    return table.shape if layout == "rows" else table.T.shape


def lookup(O: Array, P: Array, E: Array, F: Array, layout: str, hot: str) -> Array:  # noqa: E741
    """Vectors of the words of a text, by a sum over the vocabulary word by word.

    O (T, V) or P (V, T) as `hot` says; layout 'rows': E (V, D) gives (T, D); 'columns': F (D, V) gives (D, T).
    """
    weights = O if hot == "O" else P.T
    vectors = E if layout == "rows" else F.T
    result = sum(np.multiply.outer(weights[:, k], vectors[k]) for k in range(len(vectors)))
    found: Array = np.asarray(result)
    return found if layout == "rows" else found.T


def products(v: int, d: int, t: int) -> int:
    """Multiplications of a full product of one-hot matrix and table, counted entry by entry of the result."""
    return sum(int(v) for _ in range(int(t)) for _ in range(int(d)))


def zeros(v: int, t: int) -> int:
    """Zeros in the one-hot vectors of t words, one vector at a time."""
    hot = np.zeros(int(v))
    hot[0] = 1
    return int(t) * int(np.count_nonzero(hot == 0))
