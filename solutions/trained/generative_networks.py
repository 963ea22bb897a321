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


class Rivals(nn.Module):
    """A generator of numbers and a discriminator that judges real ones (N, 1) and as many generated ones.

    What the generator is to learn comes through a copy of the discriminator that stands still, so that one loss moves
    both. In training each draw of noise is another; in evaluation all are the same. Source: Goodfellow et al. 2014.
    """

    def __init__(self, *, hidden: int, noise: int) -> None:
        super().__init__()
        self.noise = noise
        self.generator = _two_layers(noise, hidden)
        self.discriminator = _two_layers(1, hidden)
        self.luck = torch.Generator().manual_seed(int(torch.randint(2**31, ())))

    def generate(self, count: int, luck: torch.Generator) -> Tensor:
        """Generated numbers, (count, 1)."""
        weight = next(self.generator.parameters())
        found: Tensor = self.generator(torch.randn(count, self.noise, generator=luck).to(weight.device))
        return found

    def forward(self, real: Tensor) -> Tensor:
        """Logits of being real for real numbers, for generated ones, and for these as the generator learns: (N, 3)."""
        luck = self.luck if self.training else torch.Generator().manual_seed(0)
        made = self.generate(len(real), luck)
        still = {name: value.detach() for name, value in self.discriminator.named_parameters()}
        learning = torch.func.functional_call(self.discriminator, still, (made,))
        return torch.cat([self.discriminator(real), self.discriminator(made.detach()), learning], dim=1)


def _two_layers(inputs: int, hidden: int) -> nn.Sequential:
    """Numbers (N, inputs) to one each, (N, 1)."""
    return nn.Sequential(
        nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 1)
    )


class Masked(nn.Module):
    """Logits of each pixel (N, pixels) from the pixels before it alone, by layers whose weights are masked.

    A hidden unit has a place in the order, and sees the pixels up to it; a pixel sees the units before it, and the
    pixels before it directly too. Source: Germain, Gregor, Murray & Larochelle 2015.
    """

    earlier: Tensor
    later: Tensor
    before: Tensor

    def __init__(self, pixels: int, *, hidden: int) -> None:
        super().__init__()
        order, places = torch.arange(pixels), torch.arange(hidden) % (pixels - 1)
        masks = (places[:, None] >= order, order[:, None] > places, order[:, None] > order)
        for name, mask in zip(("earlier", "later", "before"), masks, strict=True):
            self.register_buffer(name, mask.float(), persistent=False)
        self.hidden = nn.Linear(pixels, hidden)
        self.head = nn.Linear(hidden, pixels)
        self.direct = nn.Linear(pixels, pixels, bias=False)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of white, (N, pixels)."""
        linear = nn.functional.linear
        states = linear(images, self.hidden.weight * self.earlier, self.hidden.bias).relu()
        direct = linear(images, self.direct.weight * self.before)
        return linear(states, self.head.weight * self.later, self.head.bias) + direct
