"""Steps with layerwise curvature, by dense matrices in torch: what code questions on them are compared with.

N examples, D inputs, M outputs or units; W (M, D) is the layer's weight matrix, row m belongs to unit m.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from solutions.arrays import Array, array, constant


def kfac_step(W: Array, X: Array, E: Array, alpha: float, rho: float) -> Array:
    """W (M, D) after one damped K-FAC step, by the dense Kronecker product.

    X (N, D): inputs; E (N, M): derivatives of each example's loss by the outputs; the loss is the mean.
    """
    import torch

    x, e = constant(X), constant(E)
    root = float(rho) ** 0.5
    inputs = x.T @ x / len(x) + root * torch.eye(x.shape[1], dtype=torch.float64)
    outputs = e.T @ e / len(e) + root * torch.eye(e.shape[1], dtype=torch.float64)
    slope = torch.einsum("nm,nd->md", e, x) / len(x)
    step = torch.linalg.solve(torch.kron(outputs, inputs), slope.reshape(-1))
    return array(constant(W) - float(alpha) * step.reshape(slope.shape))


def kfac_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `kfac_step`; one has fewer examples than inputs."""
    draw, calls = np.random.default_rng([seed, 3]), []
    for n, d, m in ((6, 3, 2), (4, 2, 3), (3, 5, 4), (5, 1, 3), (7, 4, 1)):
        sizes = {"W": (m, d), "X": (n, d), "E": (n, m)}
        arrays = {name: draw.normal(size=shape) for name, shape in sizes.items()}
        calls.append({**arrays, "alpha": float(draw.uniform(0.1, 0.9)), "rho": float(draw.uniform(0.05, 0.5))})
    return calls


def unit_step(W: Array, G: Array, alpha: float, rho: float) -> Array:
    """W (M, D) after a step with a block for each unit: the damped covariance of its gradients over the examples.

    G (N, M, D): gradient of each example's loss; the loss is the mean.
    """
    import torch

    rows = constant(G)
    blocks = [torch.cov(rows[:, m].T, correction=0).reshape(G.shape[2], G.shape[2]) for m in range(G.shape[1])]
    matrix = torch.block_diag(*blocks)  # type: ignore[no-untyped-call]
    matrix = matrix + float(rho) * torch.eye(len(matrix), dtype=torch.float64)
    step = torch.linalg.solve(matrix, rows.mean(0).reshape(-1))
    return array(constant(W) - float(alpha) * step.reshape(W.shape))


def unit_inputs(seed: int) -> list[dict[str, Any]]:
    """Calls of `unit_step`; one has fewer examples than weights in a unit."""
    draw, calls = np.random.default_rng([seed, 4]), []
    for n, m, d in ((6, 3, 2), (5, 2, 3), (3, 4, 5), (4, 1, 3), (7, 4, 1)):
        G = draw.normal(size=(n, m, d)) + draw.normal(size=(m, d))
        W = draw.normal(size=(m, d))
        calls.append({"W": W, "G": G, "alpha": float(draw.uniform(0.1, 0.9)), "rho": float(draw.uniform(0.1, 0.5))})
    return calls
