"""A variational autoencoder on digits in black and white: a bound of the evidence, and how far below it that lies.

The bound is the mean log-likelihood of an image given its code less the divergence of the code's distribution from the
prior, which is standard normal. With weights over more draws the estimate of the evidence is a bound too, and rises
with their number (Burda, Grosse & Salakhutdinov 2016, theorem 1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.arrays import Array
from solutions.digits import split
from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn

    from solutions.trained.generative_networks import Autoencoder

PIXELS = 64
DRAWS = 500  # of codes for each held-out image


@dataclass(frozen=True)
class Vae:
    """latent: numbers in a code. threshold: pixels of at least this, in [0, 1], are white."""

    latent: int = 8
    threshold: float = 0.5
    hidden: int = 128
    epochs: int = 60
    batch: int = 32
    rate: float = 3e-3
    seed: int = 0

    def build(self) -> Autoencoder:
        """Images (N, 64) of zeros and ones to logits, means and logarithms of variances (N, 64 + 2 latent)."""
        from solutions.trained.generative_networks import Autoencoder

        return Autoencoder(PIXELS, hidden=self.hidden, latent=self.latent)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; on held-out digits, in nats an image, means over 500 draws for each.

        bound: of the evidence. evidence by 10, by 500: estimates from so many weighted draws. kl: the divergence that
        the bound contains. loss: less the bound, from one draw.
        """
        from torch import optim

        task = Task(*examples(self), loss)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        return Fitted(model, {**measured(model, task.held_out), "loss": curves["held-out loss"][-1]}, curves)


def measured(model: nn.Module, held_out: Examples) -> dict[str, float]:
    """The bound, estimates of the evidence from 10 and from 500 draws, and the divergence, in nats an image."""
    mean, spread = fitting.scores(model, held_out.inputs)[:, PIXELS:].chunk(2, dim=1)
    weights = log_weights(model, held_out.inputs, DRAWS)  # (draws, N)
    return {
        "bound": float(weights.mean()),
        "evidence by 10": estimate(weights, 10),
        f"evidence by {DRAWS}": estimate(weights, DRAWS),
        "kl": float(divergence(mean, spread).double().mean()),
    }


def log_weights(model: nn.Module, images: Tensor, draws: int) -> Tensor:
    """log p(x, z) - log q(z|x) of each draw of a code for each image, (draws, N)."""
    import torch

    from solutions.trained.generative_networks import Autoencoder

    assert isinstance(model, Autoencoder)
    luck, found = torch.Generator().manual_seed(1), []
    with torch.no_grad():
        mean, spread = model.encode(images)
        for _ in range(draws):
            noise = torch.randn(mean.shape, generator=luck)
            code = mean + noise * (spread / 2).exp()
            prior = -(code**2).sum(dim=1) / 2  # less the constant, which the next line lacks too
            chosen = -(noise**2 + spread).sum(dim=1) / 2
            found.append(log_likelihood(model.decoder(code), images) + prior - chosen)
    return torch.stack(found)


def estimate(weights: Tensor, size: int) -> float:
    """log of the mean of `size` weights, the mean over images and over all such groups of draws; weights (draws, N)."""
    groups = weights.double().reshape(-1, size, weights.shape[1])
    return float((groups.logsumexp(dim=1) - math.log(size)).mean())


def log_likelihood(logits: Tensor, images: Tensor) -> Tensor:
    """log p(x|z) of each image, (N,); logits and images (N, 64)."""
    from torch.nn.functional import binary_cross_entropy_with_logits

    return -binary_cross_entropy_with_logits(logits, images, reduction="none").sum(dim=1)


def divergence(mean: Tensor, spread: Tensor) -> Tensor:
    """KL from the standard normal distribution of each code, (N,); spread: logarithms of variances (N, latent)."""
    return (mean**2 + spread.exp() - 1 - spread).sum(dim=1) / 2


def loss(found: Tensor, images: Tensor) -> Tensor:
    """Less the mean bound from one draw for each image, in nats; found (N, 64 + 2 latent), images (N, 64)."""
    mean, spread = found[:, PIXELS:].chunk(2, dim=1)
    return (divergence(mean, spread) - log_likelihood(found[:, :PIXELS], images)).mean()


def examples(recipe: Vae) -> tuple[Examples, Examples]:
    """Digits in black and white, (N, 64) of zeros and ones, as inputs and targets; for training and held out."""
    data = split(recipe.seed)
    return _white(data.x_train, recipe.threshold), _white(data.x_test, recipe.threshold)


def _white(images: Array, threshold: float) -> Examples:
    import torch

    white = torch.as_tensor(images >= threshold).float().flatten(1)
    return Examples(white, white)
