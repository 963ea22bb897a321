"""The best constants of heavy-ball momentum on a quadratic, from the equations that double roots satisfy."""

from __future__ import annotations

import numpy as np


def setting(quantity: str, L: float, mu: float) -> float:
    """The quantity asked for: 'eta', 'alpha' or 'rate' of the best method; 'smallest' eta and 'short' rate at 1/L."""
    if quantity in {"smallest", "short"}:
        eta = _least_eta(mu / L)
        return eta if quantity == "smallest" else _size(1 / L, eta, mu)
    eta, alpha = _best(L, mu)
    return {"eta": eta, "alpha": alpha, "rate": _size(alpha, eta, L)}[quantity]


def setting_drawn(quantity: str, big: float, small: float) -> float:
    """The same for the drawn curvatures."""
    return setting(quantity, big, small)


def _best(L: float, mu: float) -> tuple[float, float]:
    """eta and alpha with 1 + eta - alpha*mu = 2s and 1 + eta - alpha*L = -2s, s the root of eta."""
    # the sum of both equations gives alpha = 2(1 + s^2)/(L + mu), their difference alpha = 4s/(L - mu)
    roots = np.roots([L - mu, -2 * (L + mu), L - mu])
    s = float(roots.real.min())
    return s * s, 4 * s / (L - mu)


def _least_eta(share: float) -> float:
    """Smaller root of (1 + eta - share)^2 = 4 eta."""
    return float(np.roots([1, 2 * (1 - share) - 4, (1 - share) ** 2]).real.min())


def _size(alpha: float, eta: float, curvature: float) -> float:
    """Size of a double root: the root of the determinant of one step on (theta, v)."""
    step = np.array([[1 - alpha * curvature, eta], [-alpha * curvature, eta]])
    return float(np.sqrt(abs(np.linalg.det(step))))
