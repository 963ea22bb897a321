"""Newton steps on quadratics of two variables with a Hessian ((a, c), (c, b)) of any signs; gradient (p, q)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solutions.arrays import array, constant

if TYPE_CHECKING:
    from solutions.arrays import Array


def landing(a: float, b: float, c: float, p: float, q: float) -> str:
    """'minimum', 'saddle' or 'maximum', by eigenvalues; 'nowhere' where a gradient is left at the end of the step."""
    H, g = _hessian(a, b, c), np.array([p, q], dtype=np.float64)
    if not np.allclose(g + H @ _step(H, g), 0):
        return "nowhere"
    signs = np.linalg.eigvalsh(H) > 0
    return "minimum" if signs.all() else "saddle" if signs.any() else "maximum"


def landing_by_probing(a: float, b: float, c: float, p: float, q: float) -> str:
    """The same by looking at the loss all around the end of the step."""
    H, g = _hessian(a, b, c), np.array([p, q], dtype=np.float64)
    end = _step(H, g)
    angles = np.linspace(0, np.pi, 721)
    around = end + 0.01 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rises = [_loss(H, g, point) - _loss(H, g, end) for point in around]
    if min(rises) > 0:
        return "minimum"
    return "maximum" if max(rises) < 0 else "saddle"


def slope(a: float, b: float, c: float, p: float, q: float) -> float:
    """Inner product of the gradient with the Newton step, by solving."""
    g = np.array([p, q], dtype=np.float64)
    return float(g @ _step(_hessian(a, b, c), g))


def least_damping(a: float, b: float, c: float) -> float:
    """Minus the smallest eigenvalue."""
    import torch

    return -float(torch.linalg.eigvalsh(constant(_hessian(a, b, c)))[0])


def _step(H: Array, g: Array) -> Array:
    import torch

    return array(torch.linalg.solve(constant(H), -constant(g)))


def _loss(H: Array, g: Array, d: Array) -> float:
    return float(g @ d + d @ H @ d / 2)


def _hessian(a: float, b: float, c: float) -> Array:
    return np.array([[a, c], [c, b]], dtype=np.float64)
