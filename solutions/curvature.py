"""Cheap curvature: steps of adaptive methods by torch.optim."""

from __future__ import annotations

from solutions.arrays import leaf


def adam_second_step(g1: float, g2: float, alpha: float) -> float:
    """Change of the parameter in Adam's second step, after gradients g1 and g2; usual betas, epsilon 0."""
    import torch

    theta = leaf([0.0])
    optimiser = torch.optim.Adam([theta], lr=float(alpha), betas=(0.9, 0.999), eps=0.0)
    before = 0.0
    for g in (g1, g2):
        before = theta.item()
        theta.grad = torch.full_like(theta, float(g))
        optimiser.step()
    return theta.item() - before
