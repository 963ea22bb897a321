"""The modules that guess the next symbol from a window of those before it."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Window(nn.Module):
    """Scores the symbol that follows each of x (N, T) from the last `context` symbols: (N, T, symbols).

    Before the beginning stands a symbol of its own. Bilinear: the vectors of the context are each mapped by the matrix
    of their place and summed; the score of a symbol is the product of the sum with its own vector, plus a bias (Mnih &
    Hinton 2007, section 3, without weights between symbols). Otherwise they pass through a hidden layer (Bengio,
    Ducharme, Vincent & Jauvin 2003, without direct connections).
    """

    def __init__(self, *, bilinear: bool, symbols: int, context: int, size: int, hidden: int) -> None:
        super().__init__()
        self.symbols, self.context, self.bilinear = symbols, context, bilinear
        self.vectors = nn.Embedding(symbols + 1, size)
        self.places = nn.Linear(context * size, size if bilinear else hidden, bias=not bilinear)
        self.head = None if bilinear else nn.Linear(hidden, symbols)
        self.bias = nn.Parameter(torch.zeros(symbols)) if bilinear else None

    def windows(self, x: Tensor) -> Tensor:
        """The last `context` symbols up to each, the oldest first, (N, T, context)."""
        begun: Tensor = nn.functional.pad(x, (self.context - 1, 0), value=self.symbols)
        return begun.unfold(1, self.context, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Scores after each symbol, (N, T, symbols)."""
        seen: Tensor = self.places(self.vectors(self.windows(x)).flatten(2))
        if self.bias is not None:
            return seen @ self.vectors.weight[: self.symbols].T + self.bias
        assert self.head is not None
        scores: Tensor = self.head(seen.tanh())
        return scores
