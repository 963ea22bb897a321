"""Wrong references for code on soft attention, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array
from solutions.worked_attention import additive_attention, attend, contexts

Three = tuple[Array, Array, Array]
Six = tuple[Array, Array, Array, Array, Array, Array]


def attend_diagonal(X: Array, q: Array, u: Array) -> Three:
    """Goes back through the diagonal of the softmax's Jacobian alone."""
    p = _softmax(X @ q / np.sqrt(X.shape[1]))
    da = p * (1 - p) * (X @ u) / np.sqrt(X.shape[1])
    return p @ X, np.outer(p, u) + np.outer(da, q), da @ X


def attend_values_only(X: Array, q: Array, u: Array) -> Three:
    """Leaves out what reaches X as keys."""
    v, _, dq = attend(X, q, u)
    return v, np.outer(_softmax(X @ q / np.sqrt(X.shape[1])), u), dq


def attend_unscaled(X: Array, q: Array, u: Array) -> Three:
    """Forgets the root of D."""
    D = X.shape[1]
    v, _, dq = attend(X, q * np.sqrt(D), u)
    p = _softmax(X @ q)
    da = p * (X @ u - p @ X @ u)
    return v, np.outer(p, u) + np.outer(da, q), dq * np.sqrt(D)


def attend_back_unscaled(X: Array, q: Array, u: Array) -> Three:
    """Scales on the way forward alone."""
    v, dX, dq = attend(X, q, u)
    direct = np.outer(_softmax(X @ q / np.sqrt(X.shape[1])), u)
    return v, direct + (dX - direct) * np.sqrt(X.shape[1]), dq * np.sqrt(X.shape[1])


def contexts_zeroed(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """Sets the weights beyond the sentence to 0 after the softmax, without normalising again."""
    A = _softmax(np.einsum("btd,bsd->bts", Q, H) / np.sqrt(H.shape[2]))
    A = A * (np.arange(H.shape[1]) < length[:, None])[:, None, :]
    return A, A @ H


def contexts_unmasked(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """Attends to the padding as well."""
    return contexts(Q, H, np.full(len(H), H.shape[1]))


def contexts_zero_scores(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """Gives the padding the score 0."""
    scores = np.einsum("btd,bsd->bts", Q, H) / np.sqrt(H.shape[2])
    A = _softmax(scores * (np.arange(H.shape[1]) < length[:, None])[:, None, :])
    return A, A @ H


def contexts_over_targets(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """Normalises over the steps of the decoder."""
    scores = np.einsum("btd,bsd->bts", Q, H) / np.sqrt(H.shape[2])
    A = _softmax(scores.transpose(0, 2, 1)).transpose(0, 2, 1)
    A = A * (np.arange(H.shape[1]) < length[:, None])[:, None, :]
    return A, A @ H


def contexts_unscaled(Q: Array, H: Array, length: Array) -> tuple[Array, Array]:
    """Forgets the root of D."""
    return contexts(Q * np.sqrt(H.shape[2]), H, length)


def additive_no_slope(H: Array, d: Array, W: Array, U: Array, v: Array, g: Array) -> Six:
    """Goes back through the tanh without its slope."""
    return _additive(H, d, W, U, v, g, slope=False)


def additive_direct_only(H: Array, d: Array, W: Array, U: Array, v: Array, g: Array) -> Six:
    """Leaves out what reaches H through the scores."""
    c, _, dd, dW, dU, dv = additive_attention(H, d, W, U, v, g)
    return c, np.outer(_softmax(np.tanh(H @ U.T + W @ d) @ v), g), dd, dW, dU, dv


def additive_diagonal(H: Array, d: Array, W: Array, U: Array, v: Array, g: Array) -> Six:
    """Goes back through the diagonal of the softmax's Jacobian alone."""
    return _additive(H, d, W, U, v, g, diagonal=True)


def additive_mean(H: Array, d: Array, W: Array, U: Array, v: Array, g: Array) -> Six:
    """Averages the gradient of the decoder state over the positions."""
    c, dH, dd, dW, dU, dv = additive_attention(H, d, W, U, v, g)
    return c, dH, dd / len(H), dW / len(H), dU, dv


def _additive(
    H: Array, d: Array, W: Array, U: Array, v: Array, g: Array, slope: bool = True, diagonal: bool = False
) -> Six:
    t = np.tanh(H @ U.T + W @ d)
    p = _softmax(t @ v)
    r = H @ g
    de = p * (1 - p) * r if diagonal else p * (r - p @ r)
    dz = np.outer(de, v) * ((1 - t**2) if slope else 1.0)
    total = dz.sum(axis=0)
    return p @ H, np.outer(p, g) + dz @ U, W.T @ total, np.outer(total, d), dz.T @ H, de @ t


def _softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    result: Array = e / e.sum(axis=-1, keepdims=True)
    return result
