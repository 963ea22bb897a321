"""Wrong references for code on language models, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_language_models as right
from solutions.arrays import Array

Model = tuple[Array, float]
Slopes = tuple[float, Array, Array]


def bigram_joint(train: Array, test: Array, V: int, k: float) -> Model:
    """Shares of pairs instead of conditional probabilities."""
    P = np.full((int(V), int(V)), float(k))
    np.add.at(P, (train[:-1].astype(int), train[1:].astype(int)), 1)
    P /= P.sum()
    return P, _perplexity(P, test)


def bigram_columns(train: Array, test: Array, V: int, k: float) -> Model:
    """Normalises the columns."""
    P = np.full((int(V), int(V)), float(k))
    np.add.at(P, (train[:-1].astype(int), train[1:].astype(int)), 1)
    P /= P.sum(axis=0)
    return P, _perplexity(P, test)


def bigram_denominator(train: Array, test: Array, V: int, k: float) -> Model:
    """Adds k once to the denominator, so that rows do not sum to 1."""
    P = np.full((int(V), int(V)), float(k))
    np.add.at(P, (train[:-1].astype(int), train[1:].astype(int)), 1)
    P /= P.sum(axis=1, keepdims=True) - (int(V) - 1) * k
    return P, _perplexity(P, test)


def bigram_add_one(train: Array, test: Array, V: int, k: float) -> Model:
    """Adds one whatever k is."""
    return right.bigram_model(train, test, V, 1.0 if k != 1 else 2.0)


def bigram_total(train: Array, test: Array, V: int, k: float) -> Model:
    """The mean runs over all words of the test text, the first one included."""
    P, perplexity = right.bigram_model(train, test, V, k)
    return P, float(perplexity ** ((len(test) - 1) / len(test)))


def bigram_mean_inverse(train: Array, test: Array, V: int, k: float) -> Model:
    """Averages 1/p."""
    P, _ = right.bigram_model(train, test, V, k)
    return P, float(np.mean(1 / P[test[:-1].astype(int), test[1:].astype(int)]))


def _perplexity(P: Array, test: Array) -> float:
    return float(np.exp(-np.mean(np.log(P[test[:-1].astype(int), test[1:].astype(int)]))))


def bilinear_one_matrix(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """The first matrix for all places."""
    return right.log_bilinear(words, R, np.repeat(C[:1], len(C), axis=0), Q, b)


def bilinear_reversed(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """The window the other way round."""
    return right.log_bilinear(words[:, ::-1], R, C, Q, b)


def bilinear_tanh(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """A hidden non-linearity."""
    parts = [R[words[:, m].astype(int)] @ C[m].T for m in range(words.shape[1])]
    s = np.tanh(sum(parts)) @ Q.T + b
    s -= s.max(axis=1, keepdims=True)
    result: Array = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return result


def bilinear_transposed(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """Multiplies with the transposed matrices."""
    return right.log_bilinear(words, R, C.transpose(0, 2, 1), Q, b)


def bilinear_no_bias(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """Leaves the bias of the words out."""
    return right.log_bilinear(words, R, C, Q, 0 * b)


def bilinear_scores(words: Array, R: Array, C: Array, Q: Array, b: Array) -> Array:
    """Scores without the softmax."""
    parts = [R[words[:, m].astype(int)] @ C[m].T for m in range(words.shape[1])]
    result: Array = sum(parts) @ Q.T + b
    return result


def neural_summed(words: Array, y: Array, R: Array, H: Array, d: Array, U: Array, b: Array) -> Slopes:
    """Sums the losses of the windows."""
    loss, dR, dH = right.neural_gradients(words, y, R, H, d, U, b)
    return len(y) * loss, len(y) * dR, len(y) * dH


def neural_last_place(words: Array, y: Array, R: Array, H: Array, d: Array, U: Array, b: Array) -> Slopes:
    """Keeps the gradient of the last place of a repeated word."""
    N, M = words.shape
    loss, _, dH = right.neural_gradients(words, y, R, H, d, U, b)
    many = np.arange(N * M).reshape(N, M)
    _, each, _ = right.neural_gradients(many, y, R[words.astype(int)].reshape(N * M, -1), H, d, U, b)
    dR = np.zeros(R.shape)
    dR[words.astype(int).ravel()] = each
    return loss, dR, dH


def neural_no_slope(words: Array, y: Array, R: Array, H: Array, d: Array, U: Array, b: Array) -> Slopes:
    """Leaves the derivative of tanh out."""
    N, M = words.shape
    loss, _, _ = right.neural_gradients(words, y, R, H, d, U, b)
    X = R[words.astype(int)].reshape(N, -1)
    s = np.tanh(X @ H.T + d) @ U.T + b
    p = np.exp(s - s.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(N), y.astype(int)] -= 1
    da = (p / N) @ U
    dR = np.zeros(R.shape)
    np.add.at(dR, words.astype(int), (da @ H).reshape(N, M, -1))
    return loss, dR, da.T @ X


def neural_reversed(words: Array, y: Array, R: Array, H: Array, d: Array, U: Array, b: Array) -> Slopes:
    """The window the other way round."""
    return right.neural_gradients(words[:, ::-1], y, R, H, d, U, b)


def recurrent_carried(words: Array, R: Array, W: Array, U: Array, B: Array) -> Array:
    """Carries the state over into the next document."""
    losses, h, before = [], np.zeros(len(W)), 0
    for word in words.astype(int):
        h = np.tanh(W @ h + U @ R[before])
        s = B @ h
        losses.append(np.log(np.exp(s - s.max()).sum()) + s.max() - s[word])
        before = word
    return np.array(losses)


def recurrent_seen(words: Array, R: Array, W: Array, U: Array, B: Array) -> Array:
    """Reads the word itself before it predicts it."""
    shifted, h = [], np.zeros(len(W))
    for word in words.astype(int):
        h = np.tanh(W @ h + U @ R[word])
        s = B @ h
        shifted.append(np.log(np.exp(s - s.max()).sum()) + s.max() - s[word])
        h = np.zeros(len(W)) if word == 0 else h
    return np.array(shifted)


def recurrent_no_first(words: Array, R: Array, W: Array, U: Array, B: Array) -> Array:
    """Starts without the start symbol: predicts the first word from the zero state."""
    losses = right.document_losses(words, R, W, U, B)
    first = np.concatenate([[True], words[:-1] == 0])
    return np.where(first, np.log(len(B)), losses)


def recurrent_positive(words: Array, R: Array, W: Array, U: Array, B: Array) -> Array:
    """Log-probabilities instead of losses."""
    return -right.document_losses(words, R, W, U, B)
