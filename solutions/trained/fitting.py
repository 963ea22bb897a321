"""The loop that trains every reference: seeded, watched on held-out data, kept to one thread.

On the CPU of one machine two runs give the same weights bit for bit. Another machine, another torch or a GPU adds in
another order: weights differ there, and nothing may rest on accuracies that agree to better than
0.02, or on losses to better than 0.05.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer

Progress = Callable[[int, int, float], None]  # epochs done, epochs in all, training loss of the last one


@dataclass(frozen=True)
class Examples:
    """Inputs and targets; the first axis of both counts examples."""

    inputs: Tensor
    targets: Tensor

    def on(self, device: str) -> Examples:
        """The same on another device."""
        return Examples(self.inputs.to(device), self.targets.to(device))


@dataclass(frozen=True)
class Task:
    """What is learnt: examples to train on and to be measured on, and the mean loss of scores against targets."""

    train: Examples
    held_out: Examples
    loss: Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Plan:
    """How long and in which order. batch: None takes all examples at once; clip: largest norm of all gradients."""

    epochs: int
    batch: int | None
    seed: int
    clip: float = math.inf


@dataclass(frozen=True)
class Fitted:
    """A trained model on the CPU.

    figures: what was measured on held-out data, by name: loss, and accuracy, entropy or r2 where that means something.
    curves: after each epoch the mean training loss during it (`loss`) and the loss on held-out data (`held-out loss`).
    """

    model: nn.Module
    figures: Mapping[str, float]
    curves: Mapping[str, tuple[float, ...]]


class Recipe(Protocol):
    """A frozen dataclass whose fields decide a trained model, and so belong to its key in the cache."""

    def build(self) -> nn.Module:
        """The untrained model; draws from torch's generator."""

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained model; torch's generator and threads stay as they were."""


def seeded(build: Callable[[], nn.Module], seed: int) -> nn.Module:
    """An untrained model, drawn on the CPU: the same start on every device. torch's generator stays as it was."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        return build()


def fit(
    model: nn.Module,
    task: Task,
    plan: Plan,
    *,
    optimiser: Callable[[nn.Module], Optimizer],
    device: str,
    progress: Progress,
) -> dict[str, tuple[float, ...]]:
    """Trains the model in place, leaves it on the CPU in evaluation mode, and returns its curves."""
    train, held_out = task.train.on(device), task.held_out.on(device)
    model.to(device)
    steps = optimiser(model)
    losses, held_losses = [], []
    with _steady():
        for epoch, batches in enumerate(_batches(len(train.inputs), plan), start=1):
            model.train()
            chosen = [Examples(train.inputs[rows], train.targets[rows]) for rows in batches]
            total = sum(_step(model, steps, batch, task, plan) * len(batch.inputs) for batch in chosen)
            losses.append(total / len(train.inputs))
            held_losses.append(_loss(model, held_out, task))
            progress(epoch, plan.epochs, losses[-1])
    model.to("cpu").eval()
    return {"loss": tuple(losses), "held-out loss": tuple(held_losses)}


def scores(model: nn.Module, inputs: Tensor) -> Tensor:
    """What the model returns in evaluation mode."""
    import torch

    with torch.no_grad():
        found: Tensor = model.eval()(inputs)
    return found


def share_right(found: Tensor, labels: Tensor) -> float:
    """Share of rows of scores (N, C) whose largest entry stands at the label (N,)."""
    return float((found.argmax(dim=1) == labels).double().mean())


def _loss(model: nn.Module, examples: Examples, task: Task) -> float:
    return float(task.loss(scores(model, examples.inputs), examples.targets))


def _batches(count: int, plan: Plan) -> Iterator[tuple[Tensor, ...]]:
    """For each epoch the rows of each batch, shuffled on the CPU: the same order on every device."""
    import torch

    shuffler = torch.Generator().manual_seed(plan.seed)
    for _ in range(plan.epochs):
        yield torch.split(torch.randperm(count, generator=shuffler), plan.batch or count)


def _step(model: nn.Module, optimiser: Optimizer, batch: Examples, task: Task, plan: Plan) -> float:
    import torch

    loss = task.loss(model(batch.inputs), batch.targets)
    parameters = list(model.parameters())
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
        parameter.grad = gradient
    if math.isfinite(plan.clip):
        torch.nn.utils.clip_grad_norm_(parameters, plan.clip)
    optimiser.step()
    return loss.item()


@contextmanager
def _steady() -> Iterator[None]:
    """Keeps torch to one thread and to algorithms that repeat.

    On layers this small two threads gain little, and lose much on a busy machine.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False):
            yield
    finally:
        torch.set_num_threads(before)
