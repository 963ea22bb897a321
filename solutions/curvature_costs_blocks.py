"""Steps with a block-diagonal part of a Hessian ((a, b, c), (b, d, e), (c, e, f)) and the gradient (g1, g2, g3)."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array

PAIRS: dict[str, tuple[int, int] | None] = {"first": (0, 1), "last": (1, 2), "outer": (0, 2), "none": None}


def step_entry(
    a: int, b: int, c: int, d: int, e: int, f: int, g1: int, g2: int, g3: int, blocks: str, at: int
) -> float:  # fmt: skip
    """Entry `at` of the step with these blocks."""
    H, g = _hessian(a, b, c, d, e, f), np.array([g1, g2, g3], dtype=np.float64)
    return float(_step(H, g, blocks)[int(at)])


def loss_change(
    a: int, b: int, c: int, d: int, e: int, f: int, g1: int, g2: int, g3: int, blocks: str
) -> float:  # fmt: skip
    """The true loss after the step, minus before it, from the distances to the minimum in the norm of H."""
    H, g = _hessian(a, b, c, d, e, f), np.array([g1, g2, g3], dtype=np.float64)
    lowest = -np.linalg.solve(H, g)
    left = _step(H, g, blocks) - lowest
    return float((left @ H @ left - lowest @ H @ lowest) / 2)


def best_blocks(a: int, b: int, c: int, d: int, e: int, f: int, g1: int, g2: int, g3: int) -> str:
    """Name of the blocks whose step has the lowest g.step + step.T H step/2."""
    H, g = _hessian(a, b, c, d, e, f), np.array([g1, g2, g3], dtype=np.float64)
    steps = {name: _step(H, g, name) for name in PAIRS}
    return min(steps, key=lambda name: float(g @ steps[name] + steps[name] @ H @ steps[name] / 2))


def best_by_distance(a: int, b: int, c: int, d: int, e: int, f: int, g1: int, g2: int, g3: int) -> str:
    """The same: the smallest gradient after the step, in the norm of the inverse of H."""
    H, g = _hessian(a, b, c, d, e, f), np.array([g1, g2, g3], dtype=np.float64)
    root = np.linalg.inv(np.linalg.cholesky(H))
    return min(PAIRS, key=lambda name: float(np.linalg.norm(root @ (g + H @ _step(H, g, name)))))


def _hessian(a: int, b: int, c: int, d: int, e: int, f: int) -> Array:
    return np.array([[a, b, c], [b, d, e], [c, e, f]], dtype=np.float64)


def _step(H: Array, g: Array, blocks: str) -> Array:
    """The step with the diagonal of H and the pair of that name."""
    kept = np.diag(np.diag(H))
    pair = PAIRS[blocks]
    if pair is not None:
        kept[pair], kept[pair[::-1]] = H[pair], H[pair[::-1]]
    return np.asarray(-np.linalg.solve(kept, g))
