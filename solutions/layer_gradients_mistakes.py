"""Wrong references for code on gradients of single layers, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def prelu_leak_dropped(X: Array, a: Array, G: Array) -> tuple[Array, Array]:
    """Below zero nothing comes back."""
    return np.asarray(G * (X > 0)), _slope_gradient(X, G)


def prelu_slope_without_input(X: Array, a: Array, G: Array) -> tuple[Array, Array]:
    """The slope's gradient lacks the input."""
    return np.where(X > 0, G, a * G), np.asarray((G * (X <= 0)).sum(axis=0))


def prelu_mean(X: Array, a: Array, G: Array) -> tuple[Array, Array]:
    """The slope's gradient is averaged over the batch."""
    return np.where(X > 0, G, a * G), _slope_gradient(X, G) / len(X)


def prelu_gate_on_gradient(X: Array, a: Array, G: Array) -> tuple[Array, Array]:
    """The sign of the gradient decides instead of the input's."""
    return np.where(G > 0, G, a * G), _slope_gradient(X, G)


def prelu_everywhere(X: Array, a: Array, G: Array) -> tuple[Array, Array]:
    """The slope's gradient counts the inputs above zero as well."""
    return np.where(X > 0, G, a * G), np.asarray((G * X).sum(axis=0))


def max_full_to_each(X: Array, g: Array) -> Array:
    """Every winner of a tie receives the whole gradient."""
    return np.asarray(g[:, None] * (X.max(axis=1, keepdims=True) == X))


def max_of_columns(X: Array, g: Array) -> Array:
    """Winners of the whole matrix instead of those of each row."""
    return np.asarray(g[:, None] * (X.max() == X))


def max_times_value(X: Array, g: Array) -> Array:
    """The gradient is multiplied with the winner's value."""
    return _row_max(X, g) * X


def max_no_upstream(X: Array, g: Array) -> Array:
    """The marks of the winners alone."""
    return _row_max(X, np.ones_like(g))


def max_spread(X: Array, g: Array) -> Array:
    """Every entry of the row receives an equal share."""
    return np.asarray(np.repeat(g[:, None], X.shape[1], axis=1) / X.shape[1])


def tempered_no_inner(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    """The gradient at the scores lacks 1/T."""
    dz, dT = _tempered(z, T, g)
    return dz * T, dT


def tempered_sign(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    """The gradient at T has the wrong sign."""
    dz, dT = _tempered(z, T, g)
    return dz, -dT


def tempered_first_power(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    """1/T is differentiated to 1/T."""
    dz, dT = _tempered(z, T, g)
    return dz, dT * T


def tempered_diagonal(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    """Only the diagonal of the Jacobian."""
    y = _softmax(z / T)
    du = y * (1 - y) * g
    return du / T, np.asarray(-(du * z).sum() / T**2)


def tempered_one_row(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    """The gradient at T of the last row alone."""
    dz, _ = _tempered(z, T, g)
    return dz, np.asarray(-(dz[-1] * z[-1]).sum() / T)


def add_not_summed(A: Array, B: Array, G: Array) -> tuple[Array, Array]:
    """One place of each broadcast axis stands for all."""
    return np.asarray(G[: A.shape[0], : A.shape[1]]), np.asarray(G[: B.shape[0], : B.shape[1]])


def add_mean(A: Array, B: Array, G: Array) -> tuple[Array, Array]:
    """Averages over the broadcast axes."""
    dA, dB = _add(A, B, G)
    return dA * A.size / G.size, dB * B.size / G.size


def add_product_rule(A: Array, B: Array, G: Array) -> tuple[Array, Array]:
    """The rule of a product."""
    return _add(A, B, G * B)[0], _add(A, B, G * A)[1]


def add_rows_alone(A: Array, B: Array, G: Array) -> tuple[Array, Array]:
    """Collects over the first axis, and never over the second."""
    dA, dB = (G.sum(axis=0, keepdims=True) if len(M) < len(G) else G for M in (A, B))
    return np.asarray(dA[:, : A.shape[1]]), np.asarray(dB[:, : B.shape[1]])


def dense_without_bias(X: Array, W: Array, b: Array) -> tuple[Array, Array]:
    """The bias is left out."""
    return _units(X @ W.T)


def dense_mirrored(X: Array, W: Array, b: Array) -> tuple[Array, Array]:
    """The sigmoid of the negative sums."""
    z = X @ W.T + b
    return _units(z)[0], _units(-z)[1]


def dense_chained(X: Array, W: Array, b: Array) -> tuple[Array, Array]:
    """The sigmoid of the ReLU's outputs."""
    r, _ = _units(X @ W.T + b)
    return r, _units(r)[1]


def dense_tanh(X: Array, W: Array, b: Array) -> tuple[Array, Array]:
    """tanh in the place of the sigmoid."""
    z = X @ W.T + b
    return _units(z)[0], np.tanh(z)


def squares_half(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    """Half of loss and gradient."""
    loss, dY = _squares(Y, T, c)
    return loss / 2, dY / 2


def squares_by_examples(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    """Divided by the number of examples."""
    loss, dY = _squares(Y, T, c)
    return loss * c.sum() / len(c), dY * c.sum() / len(c)


def squares_gradient_not_averaged(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    """The gradient of the weighted sum."""
    loss, dY = _squares(Y, T, c)
    return loss, dY * c.sum()


def squares_turned(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    """The gradient with the wrong sign."""
    loss, dY = _squares(Y, T, c)
    return loss, -dY


def squares_all_averaged(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    """Averages over the entries of an example too."""
    loss, dY = _squares(Y, T, c)
    return loss / Y.shape[1], dY / Y.shape[1]


def _units(z: Array) -> tuple[Array, Array]:
    return np.maximum(z, 0), np.asarray((1 + np.tanh(z / 2)) / 2)


def _squares(Y: Array, T: Array, c: Array) -> tuple[Array, Array]:
    weights = (c / c.sum())[:, None]
    return np.asarray((weights * (Y - T) ** 2).sum()), np.asarray(2 * weights * (Y - T))


def _slope_gradient(X: Array, G: Array) -> Array:
    return np.asarray((G * X * (X <= 0)).sum(axis=0))


def _row_max(X: Array, g: Array) -> Array:
    wins = X.max(axis=1, keepdims=True) == X
    return np.asarray(g[:, None] * wins / wins.sum(axis=1, keepdims=True))


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _tempered(z: Array, T: float, g: Array) -> tuple[Array, Array]:
    y = _softmax(z / T)
    dz = np.asarray(y * (g - np.sum(g * y, axis=1, keepdims=True)) / T)
    return dz, np.asarray(-(dz * z).sum() / T)


def _add(A: Array, B: Array, G: Array) -> tuple[Array, Array]:
    dA, dB = (G.sum(axis=tuple(i for i in (0, 1) if M.shape[i] == 1), keepdims=True) for M in (A, B))
    return np.asarray(dA), np.asarray(dB)
