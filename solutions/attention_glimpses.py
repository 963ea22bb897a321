"""Glimpses by torch: sampling places from a map of scores, and reading an image through Gaussian windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor


def sampled(a: Array, r: Array) -> tuple[Array, Array]:
    """Places (M, 2) as row and column, and log-probabilities (M,). a (H, W) scores; r (M,) uniform numbers in [0, 1).

    Place k is taken where r lies between the summed probabilities of the places before it (row by row) and those
    with it.
    """
    import torch

    logs = torch.log_softmax(constant(a).flatten(), 0)
    places, found = [], []
    for number in r:
        below, k = 0.0, 0
        while k < len(logs) - 1 and below + float(logs[k].exp()) <= number:
            below += float(logs[k].exp())
            k += 1
        places.append(np.unravel_index(k, a.shape))
        found.append(float(logs[k]))
    return np.array(places, dtype=float), np.array(found)


def uniform_numbers(seed: int) -> list[dict[str, Any]]:
    """Calls with scores a (H, W) and numbers r (M,), none of them near the border between two places."""
    rng = np.random.default_rng(seed)
    calls = []
    for H, W, M in ((2, 3, 5), (3, 2, 6), (1, 4, 3), (4, 4, 8), (3, 1, 4)):
        a = rng.normal(scale=1.5, size=(H, W)).round(1)
        p = np.exp(a).ravel() / np.exp(a).sum()
        bounds, r = np.concatenate([[0], np.cumsum(p)]), rng.integers(0, H * W, size=M)
        calls.append({"a": a, "r": bounds[r] + p[r] * rng.uniform(0.1, 0.9, size=M)})
    return calls


def window(X: Tensor, mu: Tensor, sigma: Tensor, delta: Tensor, n: int) -> Tensor:
    """The glimpse (n, n) of the image X (H, W): rows and columns are read by n Gaussian windows each."""
    import torch

    filters = []
    for size, centre in zip(X.shape, mu, strict=True):
        centres = centre + (torch.arange(int(n), dtype=torch.float64) - (int(n) - 1) / 2) * delta
        squares = (torch.arange(size, dtype=torch.float64) - centres[:, None]) ** 2
        filters.append(torch.softmax(-squares / (2 * sigma**2), 1))
    return torch.einsum("ih,hw,jw->ij", filters[0], X, filters[1])


def gaussian_glimpse(X: Array, mu: Array, sigma: float, delta: float, n: int, G: Array) -> tuple[Array, Array, float]:
    """The glimpse (n, n), dL/dmu (2,) and dL/dsigma where G (n, n) arrives at the glimpse."""
    import torch

    centre, width = leaf(mu), leaf(float(sigma))
    v = window(constant(X), centre, width, constant(float(delta)), int(n))
    dmu, dsigma = torch.autograd.grad(v, (centre, width), constant(G))
    return array(v), array(dmu), float(dsigma)


def windows(seed: int) -> list[dict[str, Any]]:
    """Calls for `gaussian_glimpse`: images of several sizes with the window partly near the border."""
    rng = np.random.default_rng(seed)
    calls = []
    for H, W, n in ((5, 6, 2), (4, 7, 3), (8, 3, 2), (6, 6, 4), (3, 5, 1)):
        calls.append({
            "X": rng.normal(size=(H, W)).round(2),
            "mu": (rng.uniform(0, 1, size=2) * (H - 1, W - 1)).round(2),
            "sigma": float(rng.uniform(0.4, 1.5)),
            "delta": float(rng.uniform(0.5, 2.0)),
            "n": n,
            "G": rng.normal(size=(n, n)).round(2),
        })  # fmt: skip
    return calls


def sampled_losses(seed: int) -> list[dict[str, Any]]:
    """Calls with scores a (N,), sampled glimpses k (M,) and their losses (M,), M at least 2."""
    rng = np.random.default_rng(seed)
    calls = []
    for N, M in ((3, 4), (5, 2), (4, 7), (2, 3)):
        loss = rng.uniform(0.5, 6, size=M).round(2)
        k = np.concatenate([rng.permutation(N)[:2], rng.integers(0, N, size=M - 2)])  # never all the same
        calls.append({"a": rng.normal(size=N).round(2), "k": k, "loss": loss})
    return calls


def policies(seed: int) -> list[dict[str, Any]]:
    """Calls with scores a (N,), losses (N,) and a baseline; losses differ, or a mean could be rounding alone."""
    rng = np.random.default_rng(seed)
    calls = []
    for N in (3, 5, 2, 4):
        loss = (1.2 * rng.permutation(N) + rng.uniform(0.5, 1.3, size=N)).round(2)
        calls.append({"a": rng.normal(size=N).round(2), "loss": loss, "b": float(rng.uniform(-5, -1))})
    return calls
