"""The modules that torch itself lacks: a residual block, and a recurrent network that reads whole numbers."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Residual(nn.Module):
    """relu(x + F(x)), where F is two 3 x 3 convolutions with batch normalisation; (N, C, H, W) stays that shape.

    Source: He, Zhang, Ren & Sun 2016, figure 2.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),  # the normalisation has a bias
            nn.BatchNorm2d(channels),
            nn.ReLU(),
            nn.Conv2d(channels, channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, x: Tensor) -> Tensor:
        """relu(x + F(x)), (N, C, H, W)."""
        return torch.relu(x + self.branch(x))


class Reader(nn.Module):
    """Reads symbols (N, T), whole numbers under `symbols`, and scores `answers` classes after each: (N, T, answers)."""

    def __init__(self, cell: str, *, symbols: int, hidden: int, answers: int) -> None:
        super().__init__()
        self.symbols = symbols
        kind = {"rnn": nn.RNN, "lstm": nn.LSTM}[cell]
        self.cell = kind(symbols, hidden, batch_first=True)
        self.head = nn.Linear(hidden, answers)

    def forward(self, x: Tensor) -> Tensor:
        """Scores after each symbol, (N, T, answers)."""
        return self.read(self.one_hot(x))

    def one_hot(self, x: Tensor) -> Tensor:
        """The symbols as vectors, (N, T, symbols)."""
        return nn.functional.one_hot(x, self.symbols).to(self.head.weight.dtype)

    def read(self, vectors: Tensor) -> Tensor:
        """Scores for symbols that are vectors already, (N, T, answers)."""
        states, _ = self.cell(vectors)  # (N, T, hidden)
        found: Tensor = self.head(states)
        return found


def remember(cell: nn.LSTM, steps: int) -> None:
    """Draws the gates' biases so that cells forget at rates up to one in `steps` steps.

    Forget gates open on average for 1 to `steps` steps, input gates as seldom (Tallec & Ollivier 2018, equation 16).
    """
    size = cell.hidden_size
    biases = dict(cell.named_parameters())  # each (4 hidden,): input, forget, candidate, output
    opened = torch.log(1 + torch.rand(size) * (steps - 1))
    with torch.no_grad():
        biases["bias_ih_l0"][:size] = -opened
        biases["bias_ih_l0"][size : 2 * size] = opened
        biases["bias_hh_l0"][: 2 * size] = 0
