"""K-FAC for one layer, by the dense Kronecker product of its factors, and what the factors hold.

A: second moment of the layer's inputs; S: of the derivatives by its outputs. Layouts of W: 'left', z = W a, rows are
outputs; 'right', z = a W, columns are outputs.
"""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array


def step(W: Array, G: Array, A: Array, S: Array, alpha: float, rho: float, damping: str, layout: str) -> Array:
    """W (K, K) after one step; damping 'none', 'both' (rho), 'root' or 'decay' (its root)."""
    added = {"none": 0.0, "both": float(rho)}.get(damping, float(np.sqrt(rho)))
    eye = np.eye(len(A))
    slope = G + rho * W if damping == "decay" else G
    return np.asarray(W - alpha * _preconditioned(slope, A + added * eye, S + added * eye, layout))


def drawn_entry(
    aa: float, ab: float, ac: float, sa: float, sb: float, sc: float, G0: Array, layout: str
) -> float:  # fmt: skip
    """Entry (0, 1) of the preconditioned gradient for A = ((aa, ab), (ab, ac)) and S = ((sa, sb), (sb, sc))."""
    A = np.array([[aa, ab], [ab, ac]], dtype=np.float64)
    S = np.array([[sa, sb], [sb, sc]], dtype=np.float64)
    return float(_preconditioned(np.asarray(G0, dtype=np.float64), A, S, layout)[0, 1])


def stored(map: str, k: int, n_in: int, n_out: int) -> int:
    """Numbers in both factors of a 'dense' layer, or of a 'conv' with kernels of k x k; with biases."""
    shape = (int(n_out), int(n_in)) if map == "dense" else (int(n_out), int(n_in), int(k), int(k))
    rows = np.hstack([np.zeros(shape).reshape(shape[0], -1), np.zeros((shape[0], 1))])  # weights and bias of an output
    return int((rows.T @ rows).size + (rows @ rows.T).size)


def _preconditioned(G: Array, A: Array, S: Array, layout: str) -> Array:
    """The solution V of (block) vec(V) = vec(G), where the block is formed entry by entry for vec by rows."""
    first, second = (S, A) if layout == "left" else (A, S)
    block = np.einsum("ik,jl->ijkl", first, second).reshape(G.size, G.size)
    return np.asarray(np.linalg.solve(block, G.reshape(-1)).reshape(G.shape))
