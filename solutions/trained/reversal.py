"""Sequence to sequence: one network reads a string, another writes it backwards from what the first one kept.

Nothing but the encoder's last state is handed on, so it must hold the whole string. The decoder is trained on the true
symbol before each, and measured on its own: there it reads what it has itself written.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor, nn

    from solutions.trained.networks import Translator

HELD_OUT = 512
PAD = -1  # where nothing is to be written
Pair = tuple[list[int], list[int], list[int]]  # what is read, what the decoder is shown, what it should write


@dataclass(frozen=True)
class Reversal:
    """symbols: letters to write with; one more starts and stops. shortest, longest: strings, without that one."""

    symbols: int = 8
    shortest: int = 3
    longest: int = 6
    hidden: int = 64
    examples: int = 3072
    epochs: int = 25
    batch: int = 64
    rate: float = 5e-3
    seed: int = 0

    def build(self) -> Translator:
        """Strings and the symbols before each that is written (N, S + T) to scores (N, T, symbols + 1)."""
        from solutions.trained.networks import Translator

        return Translator(symbols=self.symbols + 1, hidden=self.hidden, read=self.longest)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained network; accuracy in symbols that it writes right on its own, loss with the true ones shown."""
        from torch import optim

        task = Task(*examples(self), loss)
        model = fitting.seeded(self.build, self.seed)
        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=progress,
        )
        right = shares_right(self, model, task.held_out)
        return Fitted(model, {**right, "loss": curves["held-out loss"][-1]}, curves)


def examples(recipe: Reversal) -> tuple[Examples, Examples]:
    """Strings with what the decoder is shown (N, S + T), and what it writes (N, T); no held-out string is trained on.

    Strings are filled up in front, so that the encoder ends with the last letter.
    """
    source = random.Random(f"reversal:{recipe.seed}")
    strings: dict[tuple[int, ...], None] = {}
    while len(strings) < recipe.examples + HELD_OUT:
        length = source.randint(recipe.shortest, recipe.longest)
        strings[tuple(source.randrange(recipe.symbols) for _ in range(length))] = None
    pairs = [_pair(recipe, list(string)) for string in strings]
    return _tensors(pairs[HELD_OUT:]), _tensors(pairs[:HELD_OUT])


def loss(scores: Tensor, symbols: Tensor) -> Tensor:
    """Mean cross-entropy in nats a symbol that is to be written; scores (N, T, symbols + 1)."""
    from torch.nn.functional import cross_entropy

    return cross_entropy(scores.flatten(0, 1), symbols.flatten(), ignore_index=PAD)


def shares_right(recipe: Reversal, model: nn.Module, examples: Examples) -> dict[str, float]:
    """Shares of symbols (`accuracy`) and of whole strings that the network writes right on its own."""
    import torch

    from solutions.trained.networks import Translator

    assert isinstance(model, Translator)
    with torch.no_grad():
        written = model.eval().write(examples.inputs[:, : recipe.longest], recipe.symbols, recipe.longest + 1)
    counted = examples.targets != PAD
    right = (written == examples.targets) & counted
    whole = (right == counted).all(dim=1)
    return {"accuracy": float(right.sum() / counted.sum()), "whole strings": float(whole.double().mean())}


def _pair(recipe: Reversal, string: list[int]) -> Pair:
    mark, free = recipe.symbols, recipe.longest - len(string)
    backwards = string[::-1]
    return [mark] * free + string, [mark, *backwards] + [mark] * free, [*backwards, mark] + [PAD] * free


def _tensors(pairs: list[Pair]) -> Examples:
    import torch

    return Examples(
        torch.tensor([read + shown for read, shown, _ in pairs]), torch.tensor([written for *_, written in pairs])
    )
