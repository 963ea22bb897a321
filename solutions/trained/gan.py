"""A generator and a discriminator on the line: numbers from two Gaussians, learnt by playing against each other.

The generator's loss is -log D(made) or the saturating log(1 - D(made)), whose gradient vanishes where the discriminator
is sure (Goodfellow et al. 2014, section 3). Both players step at once. On the line the distance of what is made from
what is real can be measured: it is the mean gap between the sorted numbers (Wasserstein-1). It does not settle, but
goes up and down for as long as they play.

The two losses are equally good here. Where real numbers are 4, 10 or 20 away, so that the discriminator is sure at
first, they are as quick as each other too, and both end far from what is real at 10 and 20: Adam divides by the size of
the gradient, so that a small one does not matter. By plain gradient descent it does (adaptive False, rate 0.02, 10
away): of three seeds two come near, with the saturating loss one of them more slowly and the other not at all.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer

    from solutions.trained.generative_networks import Rivals

HELD_OUT = 4096
LAST = 10  # epochs that the distance is averaged over
CENTRES, WIDTH = (-2.0, 2.0), 0.5  # of the two Gaussians, which are as likely as each other


@dataclass(frozen=True)
class Gan:
    """saturating: whether the generator's loss is log(1 - D(made)). away: of the mean of the real numbers from 0.

    adaptive: whether steps are Adam's; plain gradient descent otherwise, `rate` times the gradient.
    """

    saturating: bool
    away: float = 0.0
    adaptive: bool = True
    noise: int = 2
    hidden: int = 32
    examples: int = 4096
    epochs: int = 60
    batch: int = 128
    rate: float = 1e-3
    seed: int = 0

    def build(self) -> Rivals:
        """Real numbers (N, 1) to logits of real ones, of made ones, and of these for the generator (N, 3)."""
        from solutions.trained.generative_networks import Rivals

        return Rivals(hidden=self.hidden, noise=self.noise)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained pair; its distance to the held-out numbers, and that of as many other real numbers.

        distance: the mean after each of the last ten epochs. left: share of made numbers below the mean of real ones.
        """
        from torch import optim

        task = Task(examples(self, self.examples, "train"), examples(self, HELD_OUT, "held out"), self.loss)
        model = fitting.seeded(self.build, self.seed)

        def optimiser(model: nn.Module) -> Optimizer:
            if self.adaptive:
                return optim.Adam(model.parameters(), lr=self.rate, betas=(0.5, 0.999))
            return optim.SGD(model.parameters(), lr=self.rate)

        real, distances = task.held_out.inputs, []

        def measured(done: int, total: int, loss: float) -> None:
            distances.append(distance(made(model, HELD_OUT), real))
            progress(done, total, loss)

        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed),
            optimiser=optimiser,
            device=device,
            progress=measured,
        )
        figures = {
            "distance": sum(distances[-LAST:]) / len(distances[-LAST:]),
            "distance of real numbers": distance(examples(self, HELD_OUT, "others").inputs, real),
            "left": float((made(model, HELD_OUT) < self.away).double().mean()),
            "loss": curves["held-out loss"][-1],
        }
        return Fitted(model, figures, {**curves, "distance": tuple(distances)})

    def loss(self, logits: Tensor, _: Tensor) -> Tensor:
        """The discriminator's mean cross-entropy, and the generator's loss beside it; logits (N, 3)."""
        from torch.nn.functional import softplus

        real, generated, learning = logits.unbind(dim=1)
        judged = softplus(-real) + softplus(generated)
        fooled = -softplus(learning) if self.saturating else softplus(-learning)
        return (judged + fooled).mean()


def made(model: nn.Module, count: int) -> Tensor:
    """Generated numbers, (count, 1): the same at each call."""
    import torch

    from solutions.trained.generative_networks import Rivals

    assert isinstance(model, Rivals)
    with torch.no_grad():
        return model.eval().generate(count, torch.Generator().manual_seed(2)).cpu()


def distance(one: Tensor, other: Tensor) -> float:
    """Wasserstein-1 distance of two samples of one size: the mean gap between numbers of the same rank; (N, 1) each."""
    gaps = one.sort(dim=0).values - other.sort(dim=0).values
    return float(gaps.abs().double().mean())


def examples(recipe: Gan, count: int, name: str) -> Examples:
    """Numbers (count, 1) from the two Gaussians; there are no targets, zeros stand for them."""
    import torch

    source = random.Random(f"gan:{recipe.seed}:{name}")
    numbers = [recipe.away + source.gauss(source.choice(CENTRES), WIDTH) for _ in range(count)]
    return Examples(torch.tensor(numbers)[:, None], torch.zeros(count))
