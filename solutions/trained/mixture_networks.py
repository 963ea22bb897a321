"""A mixture of Gaussians as a module, and the M step as an optimiser of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

LEAST = 1e-3  # variance; without a least one, a component on a single point has evidence without bound


class Mixture(nn.Module):
    """A mixture of round Gaussians: log of the joint density of each point (N, D) with each component, (N, K)."""

    def __init__(self, components: int, size: int, spread: float) -> None:
        super().__init__()
        self.shares = nn.Parameter(torch.zeros(components))  # their logarithms, up to a constant
        self.means = nn.Parameter(spread * torch.randn(components, size))
        self.spreads = nn.Parameter(torch.full((components,), 2 * math.log(spread)))  # logarithms of variances

    def forward(self, points: Tensor) -> Tensor:
        """log p(point, component), (N, K)."""
        size = self.means.shape[1]
        squares = ((points[:, None] - self.means) ** 2).sum(dim=2)
        likely = -(size * (self.spreads + math.log(2 * math.pi)) + squares / self.spreads.exp()) / 2
        return self.shares.log_softmax(dim=0) + likely


class Maximisation(torch.optim.Optimizer):
    """M steps from the gradient of less the mean log-evidence, which holds what the E step found.

    Each step joins a batch's statistics to the running ones with weight step^-power; power 0 forgets the ones before.
    """

    def __init__(self, mixture: Mixture, *, power: float) -> None:
        super().__init__(mixture.parameters(), {})
        self.mixture, self.power, self.steps = mixture, power, 0
        self.kept: tuple[Tensor, ...] = ()

    def statistics(self) -> tuple[Tensor, Tensor, Tensor]:
        """Means over the batch of the responsibilities r (K,), of r x (K, D) and of r |x|^2 (K,)."""
        mixture = self.mixture
        slopes = [parameter.grad for parameter in (mixture.shares, mixture.means, mixture.spreads)]
        assert slopes[0] is not None and slopes[1] is not None and slopes[2] is not None
        size, variances = mixture.means.shape[1], mixture.spreads.exp()
        shares = mixture.shares.softmax(dim=0) - slopes[0]
        sums = shares[:, None] * mixture.means - variances[:, None] * slopes[1]
        around = variances * (size * shares - 2 * slopes[2])  # of r |x - mean|^2
        return shares, sums, around + (mixture.means * (2 * sums - shares[:, None] * mixture.means)).sum(dim=1)

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> None:  # type: ignore[override]
        """Sets shares, means and variances to those of the statistics."""
        self.steps += 1
        weight, found = self.steps**-self.power, self.statistics()
        kept = self.kept or found
        self.kept = tuple(old + weight * (new - old) for old, new in zip(kept, found, strict=True))
        shares, sums, squares = self.kept
        shares = shares.clamp(min=1e-12)
        means = sums / shares[:, None]
        variances = (squares / shares - (means**2).sum(dim=1)) / means.shape[1]
        self.mixture.shares.copy_(shares.log())
        self.mixture.means.copy_(means)
        self.mixture.spreads.copy_(variances.clamp(min=LEAST).log())
