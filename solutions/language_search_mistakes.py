"""Wrong references for code on translation and trees, each one slip away from the right one."""

from __future__ import annotations

import numpy as np

from solutions import worked_language_search as right
from solutions.arrays import Array

Loss = tuple[float, Array]


def loss_padding(scores: Array, targets: Array, pad: int) -> Loss:
    """Counts the padding."""
    return right.padded_loss(scores, targets, -1)


def loss_all_places(scores: Array, targets: Array, pad: int) -> Loss:
    """Divides by all places."""
    loss, slope = right.padded_loss(scores, targets, pad)
    share = (targets != pad).mean()
    return float(loss * share), slope * share


def loss_per_sentence(scores: Array, targets: Array, pad: int) -> Loss:
    """Means of the sentences, averaged."""
    parts = [right.padded_loss(scores[i : i + 1], targets[i : i + 1], pad) for i in range(len(scores))]
    return float(np.mean([p[0] for p in parts])), np.concatenate([p[1] for p in parts]) / len(scores)


def loss_summed(scores: Array, targets: Array, pad: int) -> Loss:
    """The sum instead of the mean."""
    loss, slope = right.padded_loss(scores, targets, pad)
    count = int((targets != pad).sum())
    return loss * count, slope * count


def loss_sign(scores: Array, targets: Array, pad: int) -> Loss:
    """Gradient with the wrong sign."""
    loss, slope = right.padded_loss(scores, targets, pad)
    return loss, -slope


def translate_forward(
    source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int
) -> Array:  # fmt: skip
    """Reads the source from the front."""
    return right.translate(source[::-1], E, W, U, F, P, Q, B, most)


def translate_blind(
    source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int
) -> Array:  # fmt: skip
    """Feeds the start symbol at every step."""
    return right.translate(source, E, W, U, np.repeat(F[:1], len(F), axis=0), P, Q, B, most)


def translate_no_source(
    source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int
) -> Array:  # fmt: skip
    """Starts the decoder from zero."""
    return right.translate(source[:0], E, W, U, F, P, Q, B, most)


def translate_encoder_weights(
    source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int
) -> Array:  # fmt: skip
    """Decodes with the encoder's matrices."""
    return right.translate(source, E, W, U, F, W, U, B, most)


def translate_endless(
    source: Array, E: Array, W: Array, U: Array, F: Array, P: Array, Q: Array, B: Array, most: int
) -> Array:  # fmt: skip
    """Goes on after the end symbol."""
    h = np.zeros(W.shape[0])
    for word in source[::-1].astype(int):
        h = np.tanh(W @ h + U @ E[word])
    result, before = np.ones(int(most)), 0
    for step in range(int(most)):
        h = np.tanh(P @ h + Q @ F[before])
        before = int((B @ h).argmax())
        result[step] = before
    return result


def beam_greedy(A: Array, width: int, most: int) -> tuple[Array, float]:
    """A beam of two whatever the width is."""
    return right.beam_search(A, 2, most)


def beam_wider(A: Array, width: int, most: int) -> tuple[Array, float]:
    """Keeps everything."""
    return right.beam_search(A, len(A) ** int(most), most)


def beam_first_end(A: Array, width: int, most: int) -> tuple[Array, float]:
    """Stops in the first round in which a sentence ends."""
    for rounds in range(1, int(most) + 1):
        sentence, log = right.beam_search(A, width, rounds)
        if np.isfinite(log):
            break
    return np.concatenate([sentence, np.ones(int(most) - len(sentence))]), log


def beam_narrower(A: Array, width: int, most: int) -> tuple[Array, float]:
    """Gives up a place of the beam for good with each sentence that ends."""
    beam: list[tuple[float, list[int]]] = [(0.0, [0])]
    done: list[tuple[float, list[int]]] = []
    for _ in range(int(most)):
        longer = [(log + np.log(A[s[-1], k]), [*s, k]) for log, s in beam for k in range(len(A))]
        kept = sorted(longer, reverse=True)[: int(width) - len(done)]
        beam = [item for item in kept if item[1][-1] != 1]
        done += [item for item in kept if item[1][-1] == 1]
    log, best = max(done)
    return np.array([*best[1:], *[1] * (int(most) + 1 - len(best))], dtype=float), float(log)


def beam_probability(A: Array, width: int, most: int) -> tuple[Array, float]:
    """The probability itself."""
    sentence, log = right.beam_search(A, width, most)
    return sentence, float(np.exp(log))


def beam_mean(A: Array, width: int, most: int) -> tuple[Array, float]:
    """The log-probability per symbol."""
    sentence, log = right.beam_search(A, width, most)
    return sentence, log / (1 + int((sentence != 1).sum()))


def compose_chain(words: Array, pairs: Array, R: Array, W: Array, b: Array) -> Array:
    """A chain from the left, whatever the tree is."""
    T = len(words)
    chain = [[0, 1], *([T + k, k + 2] for k in range(T - 2))]
    return right.compose(words, np.array(chain), R, W, b)


def compose_swapped(words: Array, pairs: Array, R: Array, W: Array, b: Array) -> Array:
    """Left and right part swapped."""
    return right.compose(words, pairs[:, ::-1], R, W, b)


def compose_no_bias(words: Array, pairs: Array, R: Array, W: Array, b: Array) -> Array:
    """Leaves the bias out."""
    return right.compose(words, pairs, R, W, 0 * b)


def compose_linear(words: Array, pairs: Array, R: Array, W: Array, b: Array) -> Array:
    """Leaves the tanh out."""
    D, nodes = R.shape[1], list(R[words.astype(int)])
    for left, other in pairs.astype(int):
        nodes.append(W[:, :D] @ nodes[left] + W[:, D:] @ nodes[other] + b)
    return np.array(nodes[len(words) :])
