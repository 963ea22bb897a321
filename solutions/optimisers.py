"""Optimisers by PyTorch, step by step: what code questions on them are compared with, and inputs for them.

A path is the parameters after each step, (T, D).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer


def sgd_path(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """The path (T, D) from w (D,) of gradient descent with momentum and L2 penalty decay/2*|w|^2."""
    import torch

    theta = leaf(w)
    optimiser = torch.optim.SGD([theta], lr=float(rate), momentum=float(momentum), weight_decay=float(decay))
    return _path(theta, optimiser, gradients)


def rmsprop_path(w: Array, rate: float, beta: float, epsilon: float, gradients: Array) -> Array:
    """The path (T, D) of RMSProp, epsilon outside the root."""
    import torch

    theta = leaf(w)
    return _path(theta, torch.optim.RMSprop([theta], lr=float(rate), alpha=float(beta), eps=float(epsilon)), gradients)


def adam_path(w: Array, rate: float, beta1: float, beta2: float, gradients: Array) -> Array:
    """The path (T, D) of Adam with epsilon 1e-8."""
    import torch

    theta = leaf(w)
    return _path(theta, torch.optim.Adam([theta], lr=float(rate), betas=(float(beta1), float(beta2))), gradients)


def nesterov_path(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int) -> Array:
    """The path (T, D) of Nesterov's method on w.A.w/2 - b.w.

    torch keeps theta + eta*v as its parameter; the path is that of theta.
    """
    import torch

    ahead, rows = leaf(w), []
    optimiser = torch.optim.SGD([ahead], lr=float(rate), momentum=float(eta), nesterov=True)
    for _ in range(int(steps)):
        ahead.grad = constant(A) @ ahead.detach() - constant(b)
        optimiser.step()
        velocity = -float(rate) * optimiser.state[ahead]["momentum_buffer"]
        rows.append(ahead.detach() - float(eta) * velocity)
    return array(torch.stack(rows))


def newton_path(X: Array, y: Array, w: Array, rho: float, steps: int) -> Array:
    """The path (T, D) of damped Newton steps on the summed cross-entropy of logistic regression.

    rho: added to the Hessian's diagonal.
    """
    import torch

    def loss(weights: Tensor) -> Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(constant(X) @ weights, constant(y), reduction="sum")

    hessian: Any = torch.autograd.functional.hessian
    jacobian: Any = torch.autograd.functional.jacobian
    theta, rows = constant(w), []
    for _ in range(int(steps)):
        curvature = hessian(loss, theta)
        gradient = jacobian(loss, theta)
        theta = theta - torch.linalg.solve(curvature + float(rho) * torch.eye(len(w), dtype=theta.dtype), gradient)
        rows.append(theta)
    return array(torch.stack(rows))


def _path(theta: Tensor, optimiser: Optimizer, gradients: Array) -> Array:
    def rows() -> Iterator[Array]:
        for gradient in gradients:
            theta.grad = constant(gradient)
            optimiser.step()
            yield array(theta)

    return np.stack(list(rows()))


def sgd_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `sgd_path`."""
    return [
        {**one, "momentum": float(draw.uniform(0.5, 0.95)), "decay": float(draw.uniform(0.05, 0.5))}
        for draw, one in _descents(seed, 1)
    ]


def rmsprop_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `rmsprop_path`: an epsilon that counts, and gradients of different sizes."""
    return [
        {**one, "beta": float(draw.uniform(0.8, 0.95)), "epsilon": float(draw.uniform(0.01, 0.1))}
        for draw, one in _descents(seed, 2)
    ]


def adam_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `adam_path`."""
    return [
        {**one, "beta1": float(draw.uniform(0.7, 0.95)), "beta2": float(draw.uniform(0.9, 0.999))}
        for draw, one in _descents(seed, 3)
    ]


def nesterov_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `nesterov_path`: bowls on which the step is stable."""
    draw, calls = np.random.default_rng([seed, 4]), []
    for d, steps in ((2, 5), (3, 8), (1, 4)):
        root = draw.normal(size=(d, d)) + np.eye(d)
        A = root @ root.T / d + 0.2 * np.eye(d)
        arrays = {"A": A, "b": draw.normal(size=d), "w": draw.normal(size=d)}
        rate = float(0.5 / np.linalg.eigvalsh(A)[-1])
        calls.append({**arrays, "rate": rate, "eta": float(draw.uniform(0.5, 0.9)), "steps": steps})
    return calls


def newton_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `newton_path`: few steps, examples that cannot be separated."""
    draw, calls = np.random.default_rng([seed, 5]), []
    for n, d, steps in ((12, 2, 3), (20, 3, 4), (9, 1, 2)):
        y = np.arange(n) % 2
        arrays = {"X": draw.normal(size=(n, d)), "y": y.astype(np.int64), "w": 0.3 * draw.normal(size=d)}
        calls.append({**arrays, "rho": float(draw.uniform(0.2, 2)), "steps": steps})
    return calls


def _descents(seed: int, salt: int) -> list[tuple[np.random.Generator, dict[str, Any]]]:
    draw, found = np.random.default_rng([seed, salt]), []
    for d, steps in ((3, 5), (2, 7), (4, 4)):
        gradients = draw.normal(size=(steps, d)) * 3.0 ** np.arange(d)
        one = {"w": draw.normal(size=d), "rate": float(draw.uniform(0.01, 0.2)), "gradients": gradients}
        found.append((draw, one))
    return found
