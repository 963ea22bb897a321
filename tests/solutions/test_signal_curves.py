"""Deep networks at their start, and weights of attention: against torch and against theory."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from solutions import attention_curves, signal_curves


def test_sizes_are_those_of_torch() -> None:
    source = np.random.default_rng(signal_curves.SEED)
    width, depth = signal_curves.WIDTH, signal_curves.DEPTH
    weights = [torch.tensor(0.1 * source.standard_normal((width, width))) for _ in range(depth)]
    signals = [torch.tensor(source.standard_normal((signal_curves.EXAMPLES, width)), requires_grad=True)]
    for w in weights:
        signals.append((signals[-1] @ w).relu())
    back = torch.tensor(source.standard_normal((signal_curves.EXAMPLES, width)))
    gradients = torch.autograd.grad(signals[-1], signals, back)
    forward, backward = signal_curves.sizes(0.1)
    assert forward == pytest.approx([s.square().mean().sqrt().item() for s in signals])
    assert backward == pytest.approx([float(g.square().mean().sqrt()) for g in gradients])


def test_sizes_change_by_the_spread_times_the_root_of_half_the_width() -> None:
    for spread in signal_curves.spreads().values():
        forward, backward = signal_curves.sizes(spread)
        factor = spread * math.sqrt(signal_curves.WIDTH / 2)
        for ratio in (forward[-1] / forward[0], backward[0] / backward[-1]):
            assert ratio ** (1 / signal_curves.DEPTH) == pytest.approx(factor, rel=0.1)
    assert signal_curves.sizes(signal_curves.spreads()["√(2/n) (He)"])[0].min() > 0.5


def test_windows_add_up_to_one_around_their_centres() -> None:
    for series, centre in zip(attention_curves.windows().series, (4.0, 11.5, 16.0), strict=True):
        j, weights = np.array(series.points).T
        assert weights.sum() == pytest.approx(1, abs=1e-3)
        assert abs(j[weights.argmax()] - centre) <= 0.5
    narrow, wide = (np.array(attention_curves.windows().series[i].points)[:, 1] for i in (0, 2))
    assert narrow.max() > 4 * wide.max()


def test_scores_that_are_not_divided_sharpen_with_the_size_of_keys() -> None:
    plain, scaled, even = attention_curves.largest_weights().series
    assert plain.points[-1][1] > 0.9 and scaled.points[-1][1] < 0.3
    assert min(y for _, y in scaled.points) > even.points[0][1] == 1 / attention_curves.KEYS
    scores = np.random.default_rng(1).standard_normal((20_000, attention_curves.KEYS))  # what q·k/√d tends to
    largest = torch.softmax(torch.tensor(scores), dim=1).amax(dim=1).mean()
    assert scaled.points[-1][1] == pytest.approx(float(largest), abs=0.03)
