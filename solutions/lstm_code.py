"""LSTM sequences, clipped steps and teacher forcing by PyTorch: what code questions are compared with, and inputs.

The LSTM's parameters W (4, H, D), U (4, H, H) and b (4, H) belong to input gate, forget gate, candidate, output gate.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def lstm_last(x: Array, lengths: Array, W: Array, U: Array, b: Array) -> tuple[Array, Array]:
    """Hidden and cell state (N, H) of each sequence at its own end, by a packed torch.nn.LSTM.

    x (N, T, D) padded sequences; lengths (N,) from 1 to T.
    """
    import torch

    width, inputs = W.shape[1], W.shape[2]
    layer = torch.nn.LSTM(inputs, width, batch_first=True, dtype=torch.float64)
    parameters = {
        "weight_ih_l0": constant(W).reshape(4 * width, inputs),
        "weight_hh_l0": constant(U).reshape(4 * width, width),
        "bias_ih_l0": constant(b).reshape(4 * width),
        "bias_hh_l0": torch.zeros(4 * width, dtype=torch.float64),
    }
    steps = torch.tensor([int(length) for length in lengths])
    packed = torch.nn.utils.rnn.pack_padded_sequence(constant(x), steps, batch_first=True, enforce_sorted=False)
    _, (hidden, cell) = torch.func.functional_call(layer, parameters, (packed,))
    return array(hidden[0]), array(cell[0])


def last_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `lstm_last`: sequences of different lengths, of one length, of one step."""
    draw, calls = np.random.default_rng([seed, 3]), []
    for lengths, t, d, h in (([2, 4, 3], 4, 2, 3), ([1, 5], 5, 3, 2), ([3, 3], 3, 1, 4), ([2, 1, 6, 4], 6, 2, 2)):
        shapes = {"x": (len(lengths), t, d), "W": (4, h, d), "U": (4, h, h), "b": (4, h)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        calls.append({**arrays, "lengths": np.array(lengths)})
    return calls


def clipped_step(W: Array, b: Array, gW: Array, gb: Array, c: float, eta: float) -> tuple[Array, Array]:
    """W and b after one step of torch's SGD with the mean of M gradients, clipped by its norm at c.

    gW (M, H, D), gb (M, H). A gradient that is not finite leaves the parameters as they are.
    """
    import torch

    parameters = [leaf(W), leaf(b)]
    gradients = [constant(gW).mean(0), constant(gb).mean(0)]
    norm = torch.linalg.vector_norm(torch.cat([g.reshape(-1) for g in gradients]))
    if torch.isfinite(norm):
        for parameter, g in zip(parameters, gradients, strict=True):
            parameter.grad = g * torch.clamp(float(c) / norm, max=1.0)
        torch.optim.SGD(parameters, lr=float(eta)).step()
    return array(parameters[0]), array(parameters[1])


def step_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `clipped_step`: limits below, near and above the norm, and a gradient that overflowed."""
    calls: list[dict[str, Any]] = []
    draw = np.random.default_rng([seed, 4])
    for m, h, d, ratio in ((3, 2, 3, 0.4), (2, 3, 2, 1.7), (4, 2, 2, 0.85), (1, 3, 1, 0.1), (2, 2, 2, 0.5)):
        shapes = {"W": (h, d), "b": (h,), "gW": (m, h, d), "gb": (m, h)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        norm = float(np.sqrt((arrays["gW"].mean(0) ** 2).sum() + (arrays["gb"].mean(0) ** 2).sum()))
        calls.append({**arrays, "c": ratio * norm, "eta": float(draw.uniform(0.1, 0.6))})
    calls[-1]["gW"][0, 0, 0] = np.inf
    return calls


def decoder_log_probabilities(h0: Array, E: Array, W: Array, U: Array, V: Array, targets: Array) -> Array:
    """log p of each target sentence (N,), its end symbol included, by torch's cross-entropy.

    Symbol 0 starts a decoder, symbol 1 ends a sentence; what stands behind the end is padding.
    """
    import torch

    wanted = torch.tensor(np.asarray(targets, dtype=np.int64))  # (N, T)
    ended = (wanted == 1).cumsum(1) - (wanted == 1).long()  # ends before this place
    wanted = wanted.masked_fill(ended > 0, -100)
    h, words, scores = constant(h0), constant(E), []
    symbols = torch.zeros(len(h), dtype=torch.long)
    for step in range(wanted.shape[1]):
        h = torch.tanh(h @ constant(W).T + words[symbols] @ constant(U).T)
        scores.append(h @ constant(V).T)
        symbols = wanted[:, step].clamp(min=0)
    losses = torch.nn.functional.cross_entropy(torch.stack(scores, dim=2), wanted, reduction="none")
    return array(-losses.sum(1))


def decoder_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `decoder_log_probabilities`: sentences that end early or fill the row; large scores in the last one."""
    draw, calls = np.random.default_rng([seed, 5]), []
    for i, (n, t, h, d, c) in enumerate(((3, 4, 3, 2, 6), (1, 1, 2, 1, 4), (3, 5, 2, 2, 5))):
        shapes = {"h0": (n, h), "E": (c, d), "W": (h, h), "U": (h, d), "V": (c, h)}
        arrays = {name: draw.normal(size=shape) for name, shape in shapes.items()}
        arrays["V"] *= 500 if i == 2 else 1
        targets = draw.integers(2, c, size=(n, t))
        for row, length in enumerate(draw.integers(0, t, size=n)):
            targets[row, length:] = 1
        calls.append({**arrays, "targets": targets})
    return calls
