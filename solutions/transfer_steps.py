"""One step of training for a pretrained base and a new head, by PyTorch's parameter groups."""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf


def stepped(
    plan: str, name: str, x0: float, y0: float, w: float, q: float, fast: float, slow: float, decay: float
) -> float:  # fmt: skip
    """The weight of the base (w) or of the head (q), by `name`, after one step of SGD on (q*w*x0 - y0)**2/2.

    plan: 'two' rates; 'decay': with weight decay; 'start': decay/2*(base - start)**2 besides, the start being w - 1/2.
    """
    import torch

    base, head = leaf(float(w)), leaf(float(q))
    weight_decay = float(decay) if plan == "decay" else 0.0
    groups = [{"params": [base], "lr": float(slow)}, {"params": [head], "lr": float(fast)}]
    optimiser = torch.optim.SGD(groups, weight_decay=weight_decay)
    loss = (head * base * float(x0) - float(y0)) ** 2 / 2
    if plan == "start":
        loss = loss + float(decay) / 2 * (base - (float(w) - 0.5)) ** 2
    loss.backward()  # type: ignore[no-untyped-call]
    optimiser.step()
    return float((base if name == "base" else head).detach())


def fine_tuned(
    X: Array, y: Array, W: Array, V: Array, slow: float, fast: float, T: int
) -> tuple[Array, Array]:  # fmt: skip
    """W (D, H) and V (H,) after T steps of SGD with two parameter groups on the mean of (tanh(X W) V - y)**2/2."""
    import torch

    base, head = leaf(W), leaf(V)
    groups = [{"params": [base], "lr": float(slow)}, {"params": [head], "lr": float(fast)}]
    optimiser = torch.optim.SGD(groups)
    inputs, targets = constant(X), constant(y)
    for _ in range(int(T)):
        optimiser.zero_grad()
        loss = torch.nn.functional.mse_loss(torch.tanh(inputs @ base) @ head, targets) / 2
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return array(base), array(head)


def fine_tuned_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `fine_tuned`: several steps, different rates, and a frozen base."""
    draw = np.random.default_rng([seed, 78])
    calls = []
    for n, d, h, slow, fast, T in ((5, 3, 2, 0.05, 0.5, 4), (4, 2, 4, 0.2, 0.4, 3), (6, 4, 3, 0.0, 0.3, 5)):
        sizes = {"X": (n, d), "y": (n,), "W": (d, h), "V": (h,)}
        arrays = {name: draw.normal(size=size) for name, size in sizes.items()}
        calls.append({**arrays, "slow": slow, "fast": fast, "T": T})
    return calls


def head_on_features(
    X: Array, W: Array, mean: Array, variance: Array, y: Array, K: int, rate: float, T: int
) -> tuple[Array, Array]:  # fmt: skip
    """Weights (H, K) and biases (K,) of a softmax head after T steps on frozen features, from zero.

    The features are relu of the normalised X W (N, H), with the stored mean and variance (H,), epsilon 0.
    """
    import torch

    layer = torch.nn.functional.batch_norm(
        constant(X) @ constant(W), constant(mean), constant(variance), training=False, eps=0.0
    )
    features = torch.relu(layer)
    classes = torch.tensor(np.asarray(y)).long()
    weights, biases = leaf(np.zeros((W.shape[1], int(K)))), leaf(np.zeros(int(K)))
    optimiser = torch.optim.SGD([weights, biases], lr=float(rate))
    for _ in range(int(T)):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(features @ weights + biases, classes).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return array(weights), array(biases)


def head_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `head_on_features`: batches whose own statistics differ from the stored ones."""
    draw = np.random.default_rng([seed, 79])
    calls = []
    for n, d, h, K, rate, T in ((6, 3, 4, 3, 0.5, 4), (5, 2, 3, 2, 1.0, 3), (8, 4, 2, 4, 0.3, 6)):
        X, W = draw.normal(size=(n, d)) + 0.7, draw.normal(size=(d, h))
        stored = {"mean": draw.normal(size=h) / 2, "variance": draw.uniform(0.3, 3, size=h)}
        y = np.concatenate([np.arange(K), draw.integers(0, K, size=n - K)])
        calls.append({"X": X, "W": W, **stored, "y": y, "K": K, "rate": rate, "T": T})
    return calls
