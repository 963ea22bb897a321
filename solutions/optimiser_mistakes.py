"""Wrong references for code on optimisers, each one slip away from the right one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from solutions.arrays import Array

Step = Callable[[Array, Array, Array, int], tuple[Array, Array]]  # weights, memory, gradient, t -> weights, memory


def sgd_forgets(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """Begins each step with no velocity."""
    return _walk(w, gradients, lambda w, v, g, t: (w - rate * (g + decay * w), v))


def sgd_rate_twice(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """Multiplies the velocity with the rate again."""

    def step(w: Array, v: Array, g: Array, t: int) -> tuple[Array, Array]:
        v = momentum * v - rate * (g + decay * w)
        return w + rate * v, v

    return _walk(w, gradients, step)


def sgd_bracket(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """momentum*(v - rate*g): the bracket takes in too much."""

    def step(w: Array, v: Array, g: Array, t: int) -> tuple[Array, Array]:
        v = momentum * (v - rate * (g + decay * w))
        return w + v, v

    return _walk(w, gradients, step)


def sgd_decoupled(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """Shrinks the weights directly, outside the velocity."""

    def step(w: Array, v: Array, g: Array, t: int) -> tuple[Array, Array]:
        v = momentum * v - rate * g
        return w + v - rate * decay * w, v

    return _walk(w, gradients, step)


def sgd_no_decay(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """Leaves the penalty out."""

    def step(w: Array, v: Array, g: Array, t: int) -> tuple[Array, Array]:
        v = momentum * v - rate * g
        return w + v, v

    return _walk(w, gradients, step)


def sgd_averaged(w: Array, rate: float, momentum: float, decay: float, gradients: Array) -> Array:
    """Weighs the new gradient with 1 - momentum, as a running mean does."""

    def step(w: Array, v: Array, g: Array, t: int) -> tuple[Array, Array]:
        v = momentum * v + (1 - momentum) * (g + decay * w)
        return w - rate * v, v

    return _walk(w, gradients, step)


def _rmsprop(w: Array, gradients: Array, beta: float, divisor: Callable[[Array], Array], rate: float) -> Array:
    def step(w: Array, s: Array, g: Array, t: int) -> tuple[Array, Array]:
        s = beta * s + (1 - beta) * g**2
        return w - rate * g / divisor(s), s

    return _walk(w, gradients, step)


def rmsprop_no_root(w: Array, rate: float, beta: float, epsilon: float, gradients: Array) -> Array:
    """Divides by the mean square itself."""
    return _rmsprop(w, gradients, beta, lambda s: s + epsilon, rate)


def rmsprop_swapped(w: Array, rate: float, beta: float, epsilon: float, gradients: Array) -> Array:
    """Exchanges beta and 1 - beta."""
    return _rmsprop(w, gradients, 1 - beta, lambda s: np.sqrt(s) + epsilon, rate)


def rmsprop_epsilon_inside(w: Array, rate: float, beta: float, epsilon: float, gradients: Array) -> Array:
    """Adds epsilon under the root."""
    return _rmsprop(w, gradients, beta, lambda s: np.sqrt(s + epsilon), rate)


def rmsprop_summed(w: Array, rate: float, beta: float, epsilon: float, gradients: Array) -> Array:
    """Adds all squares up, as Adagrad does."""

    def step(w: Array, s: Array, g: Array, t: int) -> tuple[Array, Array]:
        s = s + g**2
        return w - rate * g / (np.sqrt(s) + epsilon), s

    return _walk(w, gradients, step)


def nesterov_plain(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int) -> Array:
    """Takes the gradient where the weights are, not ahead: plain momentum."""
    return _ahead(A, b, w, rate, eta, steps, 0.0)


def nesterov_back(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int) -> Array:
    """Looks behind, not ahead."""
    return _ahead(A, b, w, rate, eta, steps, -eta)


def nesterov_too_far(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int) -> Array:
    """Looks ahead by the whole velocity, not by eta times it."""
    return _ahead(A, b, w, rate, eta, steps, 1.0)


def nesterov_returns_ahead(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int) -> Array:
    """Returns the points at which it looks ahead."""
    path = _ahead(A, b, w, rate, eta, steps, eta)
    return path + eta * np.diff(np.vstack([w, path]), axis=0)


def _ahead(A: Array, b: Array, w: Array, rate: float, eta: float, steps: int, look: float) -> Array:
    velocity, path = np.zeros_like(w), []
    for _ in range(steps):
        velocity = eta * velocity - rate * (A @ (w + look * velocity) - b)
        w = w + velocity
        path.append(w)
    return np.stack(path)


def _walk(w: Array, gradients: Array, step: Step) -> Array:
    memory, path = np.zeros_like(w), []
    for t, gradient in enumerate(gradients, start=1):
        w, memory = step(w, memory, gradient, t)
        path.append(w)
    return np.stack(path)
