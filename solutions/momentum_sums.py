"""What momentum adds up: velocities and displacements by running the rule, gradient by gradient.

A rule is named 'classic' (v = eta*v - alpha*g, theta += v), 'torch' (v = eta*v + g, theta -= alpha*v) or
'bracket' (v = eta*(v - alpha*g), theta += v).
"""

from __future__ import annotations

from collections.abc import Iterable

from solutions.arrays import Array

ROUNDS = 400  # repetitions of a pattern of gradients after which the velocity has settled


def after_all_steps(rule: str, asked: str, g: Array, alpha: float, eta: float) -> float:
    """The velocity after the gradients g (K,), or the displacement, as `asked` says; from rest."""
    velocity, moved = run(rule, g, alpha, eta)
    return velocity if asked == "velocity" else moved


def after_three_steps(rule: str, asked: str, p: float, q: float, r: float, s: float, h: float) -> float:
    """The same after the gradients p, q, r, with step s and momentum h."""
    velocity, moved = run(rule, (p, q, r), s, h)
    return velocity if asked == "velocity" else moved


def settled_velocity(pattern: str, g: float, alpha: float, eta: float) -> float:
    """The velocity right after the last gradient of the pattern, when it has been repeated for long.

    pattern: multiples of g, such as '1 -1'.
    """
    multiples = [float(word) for word in pattern.split()]
    return run("classic", [g * m for m in multiples] * ROUNDS, alpha, eta)[0]


def settled_velocity_drawn(pattern: str, c: float, s: float, h: float) -> float:
    """The same for the gradient c, step s and momentum h."""
    return settled_velocity(pattern, c, s, h)


def gain_over_zigzag(h: float) -> float:
    """Settled speed under a constant gradient over that under one of the same size with alternating sign."""
    return abs(settled_velocity("1", 1, 1, h) / settled_velocity("-1 1", 1, 1, h))


def run(rule: str, gradients: Iterable[float], alpha: float, eta: float) -> tuple[float, float]:
    """Velocity and displacement after the gradients, from rest."""
    velocity = moved = 0.0
    for slope in gradients:
        match rule:
            case "classic":
                velocity = eta * velocity - alpha * slope
            case "bracket":
                velocity = eta * (velocity - alpha * slope)
            case _:
                velocity = eta * velocity + slope
        moved += -alpha * velocity if rule == "torch" else velocity
    return float(velocity), float(moved)
