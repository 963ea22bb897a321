"""Wrong references for code on layers of convolutional networks, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_convolution as right
from solutions.arrays import Array

Three = tuple[Array, Array, Array]


def conv_flipped(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """Flips the kernel, as a convolution in the mathematical sense does."""
    return right.conv2d(x, w[:, :, ::-1, ::-1], b, s, p, r)


def conv_no_bias(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """Leaves the bias out."""
    return right.conv2d(x, w, 0 * b, s, p, r)


def conv_no_stride(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """Moves by one pixel at a time, and keeps as many as there should be."""
    shape = right.conv2d(x, w, b, s, p, r).shape
    return right.conv2d(x, w, b, 1, p, r)[:, :, : shape[2], : shape[3]]


def conv_bias_per_tap(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """Adds the bias once for every input channel."""
    return right.conv2d(x, w, b * x.shape[1], s, p, r)


def conv_edge_padding(x: Array, w: Array, b: Array, s: int, p: int, r: int) -> Array:
    """Repeats the border where zeros belong."""
    return right.conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge"), w, b, s, 0, r)


def conv_backward_flipped(x: Array, w: Array, g: Array, s: int, p: int, r: int) -> Three:
    """Sends the gradient back through the flipped kernel."""
    dx, _, _ = right.conv2d_backward(x, w[:, :, ::-1, ::-1], g, s, p, r)
    _, dw, db = right.conv2d_backward(x, w, g, s, p, r)
    return dx, dw, db


def conv_backward_bias_mean(x: Array, w: Array, g: Array, s: int, p: int, r: int) -> Three:
    """Takes the mean over the positions for the bias."""
    dx, dw, db = right.conv2d_backward(x, w, g, s, p, r)
    return dx, dw, db / (g.shape[2] * g.shape[3])


def conv_backward_one_example(x: Array, w: Array, g: Array, s: int, p: int, r: int) -> Three:
    """Forgets to add up the examples of the batch for the weights."""
    dx, _, _ = right.conv2d_backward(x, w, g, s, p, r)
    _, dw, db = right.conv2d_backward(x[-1:], w, g[-1:], s, p, r)
    return dx, dw, db


def conv_backward_overwritten(x: Array, w: Array, g: Array, s: int, p: int, r: int) -> Three:
    """Where windows overlap, the last one wins instead of being added."""
    padded = np.zeros((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
    reach = r * (w.shape[2] - 1) + 1
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            place = np.s_[:, :, i * s : i * s + reach : r, j * s : j * s + reach : r]
            padded[place] = np.einsum("nf,fckl->nckl", g[:, :, i, j], w)
    _, dw, db = right.conv2d_backward(x, w, g, s, p, r)
    return padded[:, :, p : p + x.shape[2], p : p + x.shape[3]], dw, db


def norm_unbiased(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Divides by N - 1 in the variance."""
    return np.asarray(gamma * (X - X.mean(0)) / np.sqrt(X.var(0, ddof=1) + epsilon) + beta)


def norm_no_root(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Divides by the variance."""
    return np.asarray(gamma * (X - X.mean(0)) / (X.var(0) + epsilon) + beta)


def norm_rows(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Normalises each example over its features, as layer normalisation does."""
    mean, variance = X.mean(1, keepdims=True), X.var(1, keepdims=True)
    return np.asarray(gamma * (X - mean) / np.sqrt(variance + epsilon) + beta)


def norm_epsilon_outside(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Adds epsilon to the standard deviation."""
    return np.asarray(gamma * (X - X.mean(0)) / (np.sqrt(X.var(0)) + epsilon) + beta)


def norm_bare(X: Array, gamma: Array, beta: Array, epsilon: float) -> Array:
    """Stops before gain and shift."""
    return right.batch_norm(X, np.ones_like(gamma), np.zeros_like(beta), epsilon)


def norm_backward_fixed(X: Array, gamma: Array, epsilon: float, G: Array) -> Three:
    """Holds mean and variance fixed."""
    _, dgamma, dbeta = right.batch_norm_backward(X, gamma, epsilon, G)
    return np.asarray(gamma * G / np.sqrt(X.var(0) + epsilon)), dgamma, dbeta


def norm_backward_no_variance(X: Array, gamma: Array, epsilon: float, G: Array) -> Three:
    """Leaves out the way through the variance."""
    _, dgamma, dbeta = right.batch_norm_backward(X, gamma, epsilon, G)
    return np.asarray(gamma / np.sqrt(X.var(0) + epsilon) * (G - G.mean(0))), dgamma, dbeta


def norm_backward_sums(X: Array, gamma: Array, epsilon: float, G: Array) -> Three:
    """Subtracts sums where means belong."""
    root = np.sqrt(X.var(0) + epsilon)
    normalised = (X - X.mean(0)) / root
    dX = gamma / root * (G - G.sum(0) - normalised * (G * normalised).sum(0))
    _, dgamma, dbeta = right.batch_norm_backward(X, gamma, epsilon, G)
    return np.asarray(dX), dgamma, dbeta


def norm_backward_means(X: Array, gamma: Array, epsilon: float, G: Array) -> Three:
    """Averages the gradients of gain and shift over the batch."""
    dX, dgamma, dbeta = right.batch_norm_backward(X, gamma, epsilon, G)
    return dX, dgamma / len(X), dbeta / len(X)
