"""Wrong answers to the code questions of `conv_checks`, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_conv_checks as right
from solutions.arrays import Array


def same_padding_unstrided(n: int, k: int, s: int, r: int) -> tuple[int, int]:
    """Takes the padding of stride 1."""
    total = r * (k - 1)
    return total // 2, total - total // 2


def same_padding_undilated(n: int, k: int, s: int, r: int) -> tuple[int, int]:
    """Forgets the dilation."""
    return right.same_padding(n, k, s, 1)


def same_padding_swapped(n: int, k: int, s: int, r: int) -> tuple[int, int]:
    """Puts the odd zero on the left."""
    a, b = right.same_padding(n, k, s, r)
    return b, a


def same_padding_negative(n: int, k: int, s: int, r: int) -> tuple[int, int]:
    """Lets the total become negative."""
    total = (-(-n // s) - 1) * s + r * (k - 1) + 1 - n
    return total // 2, total - total // 2


def sizes_rounded_up(n: int, k: Array, s: Array, p: Array, r: Array) -> Array:
    """Rounds up."""
    found = []
    for i in range(len(k)):
        n = -(-(n + 2 * p[i] - r[i] * (k[i] - 1) - 1) // s[i]) + 1
        found.append(float(n))
    return np.array(found)


def sizes_undilated(n: int, k: Array, s: Array, p: Array, r: Array) -> Array:
    """Forgets the dilation."""
    return right.layer_sizes(n, k, s, p, np.ones_like(r))


def sizes_padding_once(n: int, k: Array, s: Array, p: Array, r: Array) -> Array:
    """Counts the padding on one side only."""
    return right.layer_sizes(n, k, s, p / 2, r)


def sizes_from_start(n: int, k: Array, s: Array, p: Array, r: Array) -> Array:
    """Applies every layer to the first length."""
    return np.concatenate([right.layer_sizes(n, k[i:][:1], s[i:], p[i:], r[i:]) for i in range(len(k))])


def fields_strides_ignored(k: Array, s: Array, r: Array) -> tuple[Array, Array]:
    """Adds the kernels up as if every stride were 1."""
    return right.receptive_fields(k, np.ones_like(s), r)[0], right.receptive_fields(k, s, r)[1]


def fields_own_stride(k: Array, s: Array, r: Array) -> tuple[Array, Array]:
    """Multiplies with the layer's own stride too."""
    distances = np.cumprod(s).astype(float)
    return 1 + np.cumsum(r * (k - 1) * distances), distances


def fields_undilated(k: Array, s: Array, r: Array) -> tuple[Array, Array]:
    """Forgets the dilations."""
    return right.receptive_fields(k, s, np.ones_like(r))


def fields_summed_strides(k: Array, s: Array, r: Array) -> tuple[Array, Array]:
    """Adds strides where they have to be multiplied."""
    distances = np.cumsum(s).astype(float)
    before = np.concatenate([[1.0], distances[:-1]])
    return 1 + np.cumsum(r * (k - 1) * before), distances


def dilate_one_too_many(w: Array, r: int) -> Array:
    """Puts r zeros into each gap."""
    return right.dilate_kernel(w, r + 1)


def dilate_with_tail(w: Array, r: int) -> Array:
    """Puts zeros behind the last tap as well."""
    large = np.zeros((r * w.shape[0], r * w.shape[1]))
    large[::r, ::r] = w
    return large


def dilate_repeated(w: Array, r: int) -> Array:
    """Repeats the taps in the gaps."""
    rows, columns = r * (w.shape[0] - 1) + 1, r * (w.shape[1] - 1) + 1
    return np.repeat(np.repeat(w, r, axis=0), r, axis=1)[:rows, :columns]


def columns_channels_last(x: Array, k: int, s: int, p: int) -> Array:
    """Lets the channel vary fastest within a column."""
    found = right.windows_as_columns(x, k, s, p)
    return found.reshape(len(x), k * k, -1).transpose(1, 0, 2).reshape(found.shape)


def columns_as_rows(x: Array, k: int, s: int, p: int) -> Array:
    """Makes a row of each window."""
    return right.windows_as_columns(x, k, s, p).T


def columns_other_order(x: Array, k: int, s: int, p: int) -> Array:
    """Goes down the image first."""
    turned = right.windows_as_columns(x.transpose(0, 2, 1), k, s, p)
    return turned.reshape(len(x), k, k, -1).transpose(0, 2, 1, 3).reshape(turned.shape)


def columns_unstrided(x: Array, k: int, s: int, p: int) -> Array:
    """Takes the first windows instead of every s-th."""
    count = right.windows_as_columns(x, k, s, p).shape[1]
    return right.windows_as_columns(x, k, 1, p)[:, :count]


def matrix_flipped(w: Array, n: int, s: int, p: int) -> Array:
    """Flips the kernel."""
    return right.convolution_matrix(w[::-1], n, s, p)


def matrix_unpadded(w: Array, n: int, s: int, p: int) -> Array:
    """Moves the rows by the padding the wrong way: their first entry stays inside."""
    A = np.zeros_like(right.convolution_matrix(w, n, s, p))
    for i in range(len(A)):
        A[i, i * s : i * s + len(w)] = w[: max(0, n - i * s)]
    return A


def matrix_wrapped(w: Array, n: int, s: int, p: int) -> Array:
    """Lets a kernel that reaches over an end come in again at the other."""
    A = np.zeros_like(right.convolution_matrix(w, n, s, p))
    for i in range(len(A)):
        for t, weight in enumerate(w):
            A[i, (i * s + t - p) % n] += weight
    return A


def matrix_unstrided(w: Array, n: int, s: int, p: int) -> Array:
    """Keeps the first rows instead of every s-th."""
    return right.convolution_matrix(w, n, 1, p)[: len(right.convolution_matrix(w, n, s, p))]


Four = tuple[float, Array, Array, Array]


def head_summed(x: Array, W: Array, b: Array, y: Array) -> Four:
    """Sums over the examples."""
    loss, dx, dW, db = right.pooled_head(x, W, b, y)
    return loss * len(x), dx * len(x), dW * len(x), db * len(x)


def head_not_divided(x: Array, W: Array, b: Array, y: Array) -> Four:
    """Forgets that the mean shares the gradient out."""
    loss, dx, dW, db = right.pooled_head(x, W, b, y)
    return loss, dx * (x.shape[2] * x.shape[3]), dW, db


def head_sum_pooled(x: Array, W: Array, b: Array, y: Array) -> Four:
    """Sums over the positions instead of taking their mean."""
    size = x.shape[2] * x.shape[3]
    loss, dx, dW, db = right.pooled_head(x * size, W, b, y)
    return loss, dx * size, dW, db


def head_label_added(x: Array, W: Array, b: Array, y: Array) -> Four:
    """Turns the sign of the gradients round."""
    loss, dx, dW, db = right.pooled_head(x, W, b, y)
    return loss, -dx, -dW, -db


def gap_shifted_same(x: Array, w: Array, s: int, d: int) -> tuple[Array, float]:
    """Compares with the output moved by d, whatever the stride."""
    y, moved = right.shift_gap(x, w, s, d)[0], right.shift_gap(np.roll(x, d), w, s, d)[0]
    return y, float(np.abs(np.roll(y, d) - moved).max())


def gap_zero_padded(x: Array, w: Array, s: int, d: int) -> tuple[Array, float]:
    """Puts zeros behind the signal instead of its beginning."""
    y = right.convolution_matrix(w, len(x) + len(w) - 1, s, 0) @ np.concatenate([x, np.zeros(len(w) - 1)])
    return y, right.shift_gap(x, w, s, d)[1]


def gap_not_shifted(x: Array, w: Array, s: int, d: int) -> tuple[Array, float]:
    """Asks for invariance: compares with the output as it is."""
    y, moved = right.shift_gap(x, w, s, d)[0], right.shift_gap(np.roll(x, d), w, s, d)[0]
    return y, float(np.abs(y - moved).max())
