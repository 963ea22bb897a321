"""Model answers against the PyTorch references, and wrong references against both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
import torch

from solutions import adversarial_code, digits, language_translation, supervised, worked_basics, worked_language_search
from solutions.convolution import pool_inputs
from solutions.registry import find

RNG = np.random.default_rng(6)


def _recurrent(steps: int) -> dict[str, Any]:
    shapes = {"W": (3, 3), "U": (3, 2), "x": (steps, 2), "h0": (3,), "g": (steps, 3)}
    return {name: RNG.normal(size=shape) for name, shape in shapes.items()}


def _rows() -> dict[str, Any]:
    return {"z": RNG.normal(size=(4, 3)), "g": RNG.normal(size=(4, 3))}


def _labelled() -> dict[str, Any]:
    return {"X": RNG.normal(size=(6, 3)), "y": RNG.integers(0, 2, 6).astype(float), "w": RNG.normal(size=3)}


CALLS: Mapping[str, tuple[Callable[..., Any], list[dict[str, Any]]]] = {
    "layers.softmax_backward": (worked_basics.softmax_backward, [_rows(), _rows()]),
    "supervised.logistic_gradient": (worked_basics.logistic_gradient, [_labelled(), _labelled()]),
    "supervised.logistic_training": (worked_basics.train, supervised.logistic_inputs(0)),
    "convolution.max_pool_backward": (worked_basics.max_pool_backward, pool_inputs(0)),
    "recurrent.bptt": (worked_basics.bptt, [_recurrent(1), _recurrent(4)]),
    "language_translation.beam": (worked_language_search.beam_search, language_translation.beam_inputs(0)),
}
WRONG = {
    "layers.softmax_backward": [
        "layers_mistakes.softmax_backward_diagonal",
        "layers_mistakes.softmax_backward_no_factor",
        "layers_mistakes.softmax_backward_over_batch",
        "layers_mistakes.softmax_backward_sum_over_all",
        "layers_mistakes.softmax_backward_no_softmax",
        "layers_mistakes.softmax_backward_negated",
    ],
    "supervised.logistic_gradient": [
        "supervised_mistakes.gradient_linear",
        "supervised_mistakes.gradient_negated",
        "supervised_mistakes.gradient_mean",
        "supervised_mistakes.gradient_squared_habit",
    ],
    "supervised.logistic_training": [
        "supervised_mistakes.training_by_sum",
        "supervised_mistakes.training_uphill",
        "supervised_mistakes.training_loss_after",
    ],
    "convolution.max_pool_backward": [
        "convolution_mistakes.pool_spread",
        "convolution_mistakes.pool_to_all",
        "convolution_mistakes.pool_times_value",
        "convolution_mistakes.pool_mask_only",
        "convolution_mistakes.pool_overwrites",
    ],
    "recurrent.bptt": [
        "recurrent_mistakes.bptt_not_transposed",
        "recurrent_mistakes.bptt_one_step",
        "recurrent_mistakes.bptt_last_only",
        "recurrent_mistakes.bptt_no_slope",
        "recurrent_mistakes.bptt_tanh_twice",
        "recurrent_mistakes.bptt_shifted",
    ],
    "language_translation.beam": [
        "language_search_mistakes.beam_greedy",
        "language_search_mistakes.beam_wider",
        "language_search_mistakes.beam_first_end",
        "language_search_mistakes.beam_narrower",
        "language_search_mistakes.beam_probability",
        "language_search_mistakes.beam_mean",
    ],
}


def arrays(result: Any) -> tuple[np.ndarray, ...]:
    return result if isinstance(result, tuple) else (result,)


def agree(one: Any, other: Any) -> bool:
    pairs = zip(arrays(one), arrays(other), strict=True)
    assert all(np.shape(a) == np.shape(b) for a, b in pairs)
    return all(np.allclose(a, b, rtol=1e-9, atol=1e-9) for a, b in zip(arrays(one), arrays(other), strict=True))


@pytest.mark.parametrize("name", CALLS)
def test_the_model_answer_agrees_with_the_reference(name: str) -> None:
    answer, calls = CALLS[name]
    for inputs in calls:
        assert agree(find(name)(**inputs), answer(**inputs))


@pytest.mark.parametrize("wrong", [(name, slip) for name, slips in WRONG.items() for slip in slips])
def test_a_wrong_reference_differs_from_the_right_one(wrong: tuple[str, str]) -> None:
    name, slip = wrong
    assert not all(agree(find(name)(**inputs), find(slip)(**inputs)) for inputs in CALLS[name][1])


@pytest.mark.parametrize("name", WRONG)
def test_wrong_references_differ_from_each_other(name: str) -> None:
    slips = WRONG[name]
    for count, slip in enumerate(slips):
        for other in slips[:count]:
            assert not all(agree(find(slip)(**i), find(other)(**i)) for i in CALLS[name][1]), (slip, other)


def test_softmax_backward_stands_large_scores() -> None:
    z, g = np.array([[1000.0, 999, 0], [-1000, 5, 5]]), np.array([[1.0, -2, 3], [4, 0.5, -1]])
    assert np.isfinite(worked_basics.softmax_backward(z, g)).all()
    assert agree(find("layers.softmax_backward")(z, g), worked_basics.softmax_backward(z, g))


def test_large_logits_leave_no_gradient_to_rounding() -> None:
    for seed in range(20):
        for inputs in adversarial_code.losses_inputs(seed):
            assert all(np.abs(slope).max() > 1e-3 for slope in adversarial_code.gan_losses(**inputs)[3:]), seed


def test_the_model_classifier_is_near_the_reference() -> None:
    (case,) = digits.classification_inputs(0)
    with torch.random.fork_rng():
        scores = worked_basics.classify(**case)
    assert np.mean(scores.argmax(axis=1) == digits.classification_labels(0)) > 0.96
