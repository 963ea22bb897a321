"""Wrong references for code on LSTM sequences, clipped steps and teacher forcing, each one slip away."""

from __future__ import annotations

import numpy as np

from solutions import worked_lstm as right
from solutions.arrays import Array


def last_padded(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Runs over the padding as well."""
    return right.lstm_last(x, np.full(len(x), x.shape[1]), W, U, b)


def last_too_early(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Stops one step before the end of each sequence."""
    return right.lstm_last(x, np.asarray(lengths) - 1, W, U, b)


def last_cell_running(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Holds the hidden state at the end of a sequence, but not the cell state."""
    h = np.zeros((len(x), W.shape[1]))
    s = np.zeros_like(h)
    for t in range(x.shape[1]):
        i, f, u, o = right.gates(x[:, t], h, W, U, b)
        s = f * s + i * u
        h = np.where((t < np.asarray(lengths))[:, None], o * np.tanh(s), h)
    return h, s


def last_zeroed(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Sets the states to 0 where a sequence has ended."""
    h, s = right.lstm_last(x, lengths, W, U, b)
    full = (np.asarray(lengths) == x.shape[1])[:, None]
    return h * full, s * full


def last_swapped(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Takes the gates in another order: input gate and forget gate exchanged."""
    order = [1, 0, 2, 3]
    return right.lstm_last(x, lengths, W[order], U[order], b[order])


def step_each_clipped(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """Clips each microbatch's gradient on its own before the mean is taken."""
    norms = np.sqrt((gW**2).sum(axis=(1, 2)) + (gb**2).sum(axis=1))
    factors = np.minimum(1.0, c / norms)
    if not np.isfinite(norms).all():
        return W.copy(), b.copy()
    return W - eta * np.einsum("m,mhd->hd", factors, gW) / len(gW), b - eta * factors @ gb / len(gb)


def step_summed(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """Adds the microbatches' gradients up instead of averaging."""
    return right.clipped_step(W, b, gW * len(gW), gb * len(gb), c, eta)


def step_apart(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """Clips the gradients of W and b by norms of their own."""
    new_W, _ = right.clipped_step(W, b, gW, np.zeros_like(gb), c, eta)
    if np.array_equal(new_W, W):
        return W.copy(), b.copy()
    return new_W, right.clipped_step(W, b, np.zeros_like(gW), gb, c, eta)[1]


def step_clipped_after_rate(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """Clips the step, the learning rate included, instead of the gradient."""
    return right.clipped_step(W, b, gW * eta, gb * eta, c, 1.0)


def step_unguarded(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """Goes on where the gradient is not finite."""
    new_W, new_b = right.clipped_step(W, b, gW, gb, c, eta)
    if np.isfinite(gW).all():
        return new_W, new_b
    return np.full_like(W, np.nan), new_b


def decoder_unshifted(h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array) -> Array:
    """Gives each step the very word that it is to predict."""
    return _decoder(h0, E, W, U, V, targets, shifted=False)


def decoder_padding_counted(h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array) -> Array:
    """Goes on over the padding behind the end symbol."""
    return _decoder(h0, E, W, U, V, targets, stops=False)


def decoder_no_end(h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array) -> Array:
    """Leaves the end symbol's own probability out."""
    return _decoder(h0, E, W, U, V, targets, counts_end=False)


def decoder_own_words(h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array) -> Array:
    """Feeds back the likeliest word, not the true one."""
    return _decoder(h0, E, W, U, V, targets, forced=False)


def _decoder(
    h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array,
    *, shifted: bool = True, stops: bool = True, counts_end: bool = True, forced: bool = True,
) -> Array:  # fmt: skip
    result = np.zeros(len(h0))
    for n, sentence in enumerate(np.asarray(targets, dtype=int)):
        h, symbol = h0[n], 0
        for wanted in sentence:
            h = np.tanh(W @ h + U @ E[symbol if shifted else wanted])
            z = V @ h - (V @ h).max()
            if wanted != 1 or counts_end:
                result[n] += z[wanted] - np.log(np.exp(z).sum())
            symbol = wanted if forced else int(z.argmax())
            if wanted == 1 and stops:
                break
    return result
