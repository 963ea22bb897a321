"""Optimisation: single steps by torch.optim, and races of optimisers on small quadratics.

A bowl is h(theta) = theta.T H theta / 2 with H = ((a, c), (c, b)) positive definite; its minimum is 0 at 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import Array, array, constant, leaf

if TYPE_CHECKING:
    from torch import Tensor

FINISH = 1e-6  # a race ends when |theta| has shrunk by this factor
LONGEST = 1000  # steps after which an optimiser is out of the race
RUNAWAY = 1e3  # and so it is when |theta| has grown by this factor


def momentum_position(a: float, m: float, x0: float, alpha: float, eta: float) -> float:
    """theta after two steps with momentum on a*(theta - m)^2/2, starting at rest."""
    import torch

    theta = leaf([float(x0)])
    optimiser = torch.optim.SGD([theta], lr=float(alpha), momentum=float(eta))
    for _ in range(2):
        (theta.grad,) = torch.autograd.grad((float(a) * (theta - float(m)) ** 2 / 2).sum(), theta)
        optimiser.step()
    return theta.item()


def newton_step(H: Array, g: Array, rho: float, damped: str) -> Array:
    """The step (n,) that minimises g.T d + d.T H d / 2, plus rho |d|^2 / 2 where damped is 'yes'."""
    return damped_newton_step(H, g, rho) if damped == "yes" else pure_newton_step(H, g)


def pure_newton_step(H: Array, g: Array) -> Array:
    """The step (n,) that minimises g.T d + d.T H d / 2, by solving H d = -g."""
    import torch

    return array(torch.linalg.solve(constant(H), -constant(g)))


def damped_newton_step(H: Array, g: Array, rho: float) -> Array:
    """The step (n,) that minimises g.T d + d.T H d / 2 + rho |d|^2 / 2."""
    return pure_newton_step(H + float(rho) * np.eye(len(g)), g)


def largest_stable_step(a: float, b: float, c: float) -> float:
    """Limit of the constant step of gradient descent on a bowl: 2 over its largest curvature."""
    import torch

    return 2 / float(torch.linalg.eigvalsh(_bowl(a, b, c))[-1])


def fastest_by_running(a: float, b: float, c: float) -> str:
    """Name of the optimiser that finishes the race first, from theta = (3, 1).

    Each is run: 'gradient-descent' with step 2/(a + b), 'momentum' with step 1/(a + b) and eta = 0.9,
    'per-coordinate' with half a step over each coordinate's own curvature, 'long-step' with step 4/(a + b).
    """
    H = _bowl(a, b, c)
    steps = {name: _race(H, rates, eta) for name, (rates, eta) in _settings(H).items()}
    return min(steps, key=lambda name: steps[name])


def distances(a: float, b: float, c: float, steps: int) -> dict[str, tuple[float, ...]]:
    """|theta| over its start at each of so many steps, for each optimiser; a path ends where it runs away."""
    H = _bowl(a, b, c)
    found = {}
    for name, (rates, eta) in _settings(H).items():
        theta = constant([3.0, 1.0])
        start, velocity, sizes = theta.norm().item(), 0 * theta, [1.0]
        while len(sizes) <= steps and sizes[-1] < RUNAWAY:
            velocity = eta * velocity - rates * (H @ theta)
            theta = theta + velocity
            sizes.append(theta.norm().item() / start)
        found[name] = tuple(sizes)
    return found


def _settings(H: Tensor) -> dict[str, tuple[Tensor, float]]:
    """Step lengths (2,) and momentum of each optimiser."""
    trace = H.trace().item()
    return {
        "gradient-descent": (constant([2 / trace, 2 / trace]), 0.0),
        "momentum": (constant([1 / trace, 1 / trace]), 0.9),
        "per-coordinate": (0.5 / H.diagonal(), 0.0),
        "long-step": (constant([4 / trace, 4 / trace]), 0.0),
    }


def fastest_by_spectrum(a: float, b: float, c: float) -> str:
    """The same by theory: the smallest spectral radius of one step, written as a matrix."""
    import torch

    H, trace = _bowl(a, b, c), float(a) + float(b)
    eye = torch.eye(2, dtype=H.dtype)
    top = torch.cat([1.9 * eye - H / trace, -0.9 * eye], dim=1)
    matrices = {
        "gradient-descent": eye - 2 / trace * H,
        "momentum": torch.cat([top, torch.cat([eye, 0 * eye], dim=1)]),  # of (theta_k, theta_{k-1})
        "per-coordinate": eye - 0.5 * H / H.diagonal()[:, None],
        "long-step": eye - 4 / trace * H,
    }
    radii = {name: float(torch.linalg.eigvals(m).abs().max()) for name, m in matrices.items()}
    return min(radii, key=lambda name: radii[name])


def steps_needed(a: float, b: float, c: float, rates: Array, eta: float) -> int:
    """Steps until |theta| has shrunk by FINISH, or LONGEST. rates (2,): a step length for each coordinate."""
    return _race(_bowl(a, b, c), constant(rates), eta)


def _race(H: Tensor, rates: Tensor, eta: float) -> int:
    theta = constant([3.0, 1.0])
    start, velocity = theta.norm().item(), 0 * theta
    for k in range(1, LONGEST):
        velocity = eta * velocity - rates * (H @ theta)
        theta = theta + velocity
        # A later bump must not undo the finish: the velocity has to have died down as well.
        size = (theta @ theta + velocity @ velocity).sqrt().item() / start
        if size <= FINISH:
            return k
        if not size < RUNAWAY:
            break
    return LONGEST


def _bowl(a: float, b: float, c: float) -> Tensor:
    return constant(np.array([[float(a), float(c)], [float(c), float(b)]]))
