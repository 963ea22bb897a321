"""The modules that make data or say how likely data are, which torch itself lacks."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Autoencoder(nn.Module):
    """Encodes images (N, pixels) as a Gaussian, draws a code from it, and decodes the code as logits of white pixels.

    In training each draw is another; in evaluation equal images get equal draws. Source: Kingma & Welling 2014.
    """

    def __init__(self, pixels: int, *, hidden: int, latent: int) -> None:
        super().__init__()
        self.latent = latent
        self.encoder = nn.Sequential(nn.Linear(pixels, hidden), nn.Tanh(), nn.Linear(hidden, 2 * latent))
        self.decoder = nn.Sequential(nn.Linear(latent, hidden), nn.Tanh(), nn.Linear(hidden, pixels))
        self.luck = torch.Generator().manual_seed(int(torch.randint(2**31, ())))

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Means and logarithms of the variances of the code, each (N, latent)."""
        mean, spread = self.encoder(images).chunk(2, dim=1)
        return mean, spread

    def forward(self, images: Tensor) -> Tensor:
        """Logits of white, then means, then logarithms of variances: (N, pixels + 2 latent)."""
        luck = self.luck if self.training else torch.Generator().manual_seed(0)
        mean, spread = self.encode(images)
        noise = torch.randn(mean.shape, generator=luck).to(mean.device)
        found: Tensor = self.decoder(mean + noise * (spread / 2).exp())
        return torch.cat([found, mean, spread], dim=1)
