"""Wrong references for code on convolutional networks, each one slip away from the right one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array


def pool_spread(x: Array, g: Array, k: int, s: int) -> Array:
    """Spreads each gradient evenly, as average pooling does."""
    return _pool(x, g, k, s, lambda window, upstream: np.full(window.shape, upstream / window.size))


def pool_to_all(x: Array, g: Array, k: int, s: int) -> Array:
    """Hands the whole gradient to every entry of the window."""
    return _pool(x, g, k, s, lambda window, upstream: np.full(window.shape, upstream))


def pool_times_value(x: Array, g: Array, k: int, s: int) -> Array:
    """Multiplies by the maximum itself."""
    return _pool(x, g, k, s, lambda window, upstream: (window == window.max()) * upstream * window.max())


def pool_mask_only(x: Array, g: Array, k: int, s: int) -> Array:
    """Marks the winners and leaves the upstream gradient out."""
    return _pool(x, np.ones_like(g), k, s, lambda window, upstream: (window == window.max()) * upstream)


def pool_overwrites(x: Array, g: Array, k: int, s: int) -> Array:
    """Assigns where windows overlap, so that the last one wins."""
    dx = np.zeros_like(x)
    for i, j in np.ndindex(*g.shape):
        window = x[i * s : i * s + k, j * s : j * s + k]
        u, v = np.unravel_index(np.argmax(window), window.shape)
        dx[i * s + u, j * s + v] = g[i, j]
    return dx


def _pool(x: Array, g: Array, k: int, s: int, share: Callable[[Array, float], Array]) -> Array:
    dx = np.zeros_like(x)
    for (i, j), upstream in np.ndenumerate(g):
        rows, columns = slice(i * s, i * s + k), slice(j * s, j * s + k)
        dx[rows, columns] += share(x[rows, columns], float(upstream))
    return dx
