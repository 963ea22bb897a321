"""Momentum along one eigenvector: the step as a 2 x 2 matrix that acts on (theta, v), its eigenvalues, and runs.

Rules: 'classic' heavy ball, 'ahead' with the slope at theta + eta*v, 'averaged' with a moving average of slopes,
'bracket' with eta*(v - alpha*slope). l is the curvature, h the momentum, a the step.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from solutions.arrays import Array


def next_error(rule: str, e: float, d: float, c: float, alpha: float, eta: float) -> float:
    """theta after one more step with curvature c, where it is e now and was d before."""
    velocity = -(e - d) / alpha if rule == "averaged" else e - d
    return float(_step(rule, e, velocity, eta, alpha, c)[0])


def radius(rule: str, h: float, a: float, l: float) -> float:  # noqa: E741
    """Larger absolute eigenvalue of one step."""
    return float(np.abs(np.linalg.eigvals(_matrix(rule, h, a, l))).max())


def fate(rule: str, h: float, a: float, l: float) -> str:  # noqa: E741
    """'diverge', 'wave', 'flip' or 'crawl', by the eigenvalue of largest size."""
    values = np.linalg.eigvals(_matrix(rule, h, a, l))
    largest = values[np.abs(values).argmax()]
    if abs(largest) > 1:
        return "diverge"
    if abs(largest.imag) > 1e-9:
        return "wave"
    return "flip" if largest.real < 0 else "crawl"


def fate_by_running(rule: str, h: float, a: float, l: float) -> str:  # noqa: E741
    """The same by 400 steps from theta = 1 at rest, rescaled as they go: growth, and signs of the last steps."""
    theta, velocity, growth = 1.0, 0.0, 0.0
    signs: list[float] = []
    for _ in range(400):
        theta, velocity = _step(rule, theta, velocity, h, a, l)
        size = abs(theta) + abs(velocity)
        growth += float(np.log(size))
        theta, velocity = theta / size, velocity / size
        signs.append(np.sign(theta))
    if growth > 0:
        return "diverge"
    changes = sum(x != y for x, y in pairwise(signs[100:]))
    if changes == 0:
        return "crawl"
    return "flip" if changes == len(signs) - 101 else "wave"


def _matrix(rule: str, h: float, a: float, l: float) -> Array:  # noqa: E741
    columns = [_step(rule, theta, velocity, h, a, l) for theta, velocity in ((1.0, 0.0), (0.0, 1.0))]
    return np.array(columns, dtype=np.float64).T


def _step(rule: str, theta: float, v: float, eta: float, alpha: float, curvature: float) -> tuple[float, float]:
    """Position and velocity after one step on curvature*theta^2/2."""
    match rule:
        case "classic":
            v = eta * v - alpha * curvature * theta
        case "ahead":
            v = eta * v - alpha * curvature * (theta + eta * v)
        case "bracket":
            v = eta * (v - alpha * curvature * theta)
        case _:
            v = eta * v + (1 - eta) * curvature * theta
            return theta - alpha * v, v
    return theta + v, v
