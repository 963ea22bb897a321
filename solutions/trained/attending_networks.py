"""The modules that attend: one to a place in an image, one to the words of a sentence."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Glimpser(nn.Module):
    """Weighs all places of images (N, 1, side, side) and classifies what is seen there: (N, answers + 2).

    What is seen is a window: the mean of those at all places by their weights, or that of one place drawn by them,
    which in evaluation is the likeliest. With the scores of the classes it tells the logarithm of the weight of the
    place drawn, and a baseline of the reward: what it expects from the image before it looks.
    """

    def __init__(self, *, hard: bool, window: int, channels: int, hidden: int, answers: int) -> None:
        super().__init__()
        self.hard, self.window = hard, window
        self.look = nn.Sequential(
            nn.Conv2d(1, channels, 3, padding=1), nn.ReLU(), nn.Conv2d(channels, channels, window), nn.ReLU()
        )
        self.weigh = nn.Conv2d(channels, 1, 1)
        self.read = nn.Sequential(nn.Linear(window**2, hidden), nn.ReLU(), nn.Linear(hidden, answers))
        self.expect = nn.Linear(channels, 1)
        self.luck = torch.Generator().manual_seed(int(torch.randint(2**31, ())))

    def weights(self, images: Tensor) -> Tensor:
        """Logarithms of the weights of all places, row by row, (N, places)."""
        found: Tensor = self.weigh(self.look(images)).flatten(1).log_softmax(dim=1)
        return found

    def forward(self, images: Tensor) -> Tensor:
        """Scores of the classes, logarithm of the weight of the place, baseline: (N, answers + 2)."""
        seen = self.look(images)
        logs = self.weigh(seen).flatten(1).log_softmax(dim=1)  # (N, places)
        windows = nn.functional.unfold(images, self.window)  # (N, window^2, places)
        if self.hard:
            place = self._place(logs.detach())
            glimpse = windows.gather(2, place[:, :, None].expand(-1, windows.shape[1], -1))[:, :, 0]
        else:
            place = logs.argmax(dim=1, keepdim=True)
            glimpse = (windows * logs.exp()[:, None]).sum(dim=2)
        baseline = self.expect(seen.detach().mean(dim=(2, 3)))
        return torch.cat([self.read(glimpse), logs.gather(1, place), baseline], dim=1)

    def _place(self, logs: Tensor) -> Tensor:
        """The place looked at, (N, 1)."""
        if not self.training:
            return logs.argmax(dim=1, keepdim=True)
        chance = torch.rand(len(logs), 1, generator=self.luck).to(logs.device)
        return (logs.exp().cumsum(dim=1) < chance).sum(dim=1, keepdim=True).clamp(max=logs.shape[1] - 1)


class Attentive(nn.Module):
    """Reads `read` symbols and scores what to write, where each step may look back at every symbol read.

    One LSTM reads, another starts from its state and writes. With attention the weighted mean of the reader's states
    joins the writer's state, by weights from their products (Luong, Pham & Manning 2015, section 3.1).
    """

    def __init__(self, *, attends: bool, symbols: int, answers: int, size: int, hidden: int, read: int) -> None:
        super().__init__()
        self.attends, self.read = attends, read
        self.source = nn.Embedding(symbols, size)
        self.target = nn.Embedding(answers, size)
        self.encoder = nn.LSTM(size, hidden, batch_first=True)
        self.decoder = nn.LSTM(size, hidden, batch_first=True)
        self.match = nn.Linear(hidden, hidden, bias=False) if attends else None
        self.join = nn.Linear(2 * hidden if attends else hidden, hidden)
        self.head = nn.Linear(hidden, answers)

    def states(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """States after each symbol read (N, S, hidden) and after each one shown (N, T, hidden); x (N, S + T)."""
        read, state = self.encoder(self.source(x[:, : self.read]))
        written, _ = self.decoder(self.target(x[:, self.read :]), state)
        return read, written

    def weights(self, x: Tensor) -> Tensor:
        """How much each step of writing looks at each symbol read, (N, T, S); 0 at symbol 0, which fills up."""
        assert self.match is not None
        read, written = self.states(x)
        return self._weights(self.match(read), written, x)

    def forward(self, x: Tensor) -> Tensor:
        """Scores (N, T, answers) of what follows each symbol x[:, read:] after the sentence x[:, :read]."""
        read, written = self.states(x)
        if self.match is not None:
            seen = self._weights(self.match(read), written, x) @ read  # (N, T, hidden)
            written = torch.cat([seen, written], dim=2)
        found: Tensor = self.head(self.join(written).tanh())
        return found

    def write(self, sentences: Tensor, steps: int) -> Tensor:
        """The likeliest symbol at each step (N, steps), where each is read as the one before the next; 0 starts."""
        shown = torch.zeros_like(sentences[:, :1])
        for _ in range(steps):
            following = self(torch.cat([sentences, shown], dim=1))[:, -1:].argmax(dim=2)
            shown = torch.cat([shown, following], dim=1)
        return shown[:, 1:]

    def _weights(self, keys: Tensor, written: Tensor, x: Tensor) -> Tensor:
        filled = (x[:, None, : self.read] == 0).to(keys.dtype)
        return (written @ keys.transpose(1, 2) - 1e9 * filled).softmax(dim=2)
