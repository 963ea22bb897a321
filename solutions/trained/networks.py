"""The modules that torch itself lacks: blocks, networks that read and write, one that looks and one that walks."""

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


class Translator(nn.Module):
    """Reads `read` symbols with one LSTM and scores what to write with another, which starts from the first's state.

    Source: Sutskever, Vinyals & Le 2014, section 2.
    """

    def __init__(self, *, symbols: int, hidden: int, read: int) -> None:
        super().__init__()
        self.symbols, self.read = symbols, read
        self.encoder = nn.LSTM(symbols, hidden, batch_first=True)
        self.decoder = nn.LSTM(symbols, hidden, batch_first=True)
        self.head = nn.Linear(hidden, symbols)

    def forward(self, x: Tensor) -> Tensor:
        """Scores (N, T, symbols) of what follows each symbol x[:, read:] after the string x[:, :read]."""
        vectors = nn.functional.one_hot(x, self.symbols).to(self.head.weight.dtype)  # (N, read + T, symbols)
        _, state = self.encoder(vectors[:, : self.read])
        states, _ = self.decoder(vectors[:, self.read :], state)
        found: Tensor = self.head(states)
        return found

    def write(self, strings: Tensor, start: int, steps: int) -> Tensor:
        """The likeliest symbol at each step (N, steps), where each is read as the one before the next."""
        shown = torch.full_like(strings[:, :1], start)
        for _ in range(steps):
            following = self(torch.cat([strings, shown], dim=1))[:, -1:].argmax(dim=2)
            shown = torch.cat([shown, following], dim=1)
        return shown[:, 1:]


class Warp(nn.Module):
    """Looks at images (N, 1, side, side) and hands on what an affine map of the plane shows of them, in their size.

    It starts as the identity. Source: Jaderberg, Simonyan, Zisserman & Kavukcuoglu 2015, section 3.
    """

    def __init__(self, side: int, channels: int = 8) -> None:
        super().__init__()
        self.look = nn.Sequential(
            nn.AvgPool2d(2),
            nn.Conv2d(1, channels, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),  # (N, channels, side/4, side/4)
            nn.Flatten(),
            nn.Linear(channels * (side // 4) ** 2, 32),
            nn.ReLU(),
        )
        self.aim = nn.Linear(32, 6)
        nn.init.zeros_(self.aim.weight)
        with torch.no_grad():
            self.aim.bias.copy_(torch.tensor([1.0, 0, 0, 0, 1, 0]))

    def maps(self, images: Tensor) -> Tensor:
        """From places in what is handed on to places in the image, both in [-1, 1]: (N, 2, 3)."""
        return torch.reshape(self.aim(self.look(images)), (-1, 2, 3))

    def forward(self, images: Tensor) -> Tensor:
        """What is seen, (N, 1, side, side)."""
        grid = nn.functional.affine_grid(self.maps(images), list(images.shape), align_corners=False)
        return nn.functional.grid_sample(images, grid, align_corners=False)


class Wanderer(nn.Module):
    """Walks through a maze and tells what happened: from starts (N,) to (N, limit, 7).

    Told of each step: log of the chance of the move taken, entropy of the moves, value, reward, whether the episode
    still went on, and the losses on the depth ahead and on having been here before. walls: (cells, 4) to the north,
    east, south and west. In training each walk is another; in evaluation equal starts make equal walks.
    """

    walls: Tensor
    depths: Tensor
    moves: Tensor

    def __init__(self, walls: list[list[bool]], *, side: int, limit: int, hidden: int) -> None:
        super().__init__()
        self.cells, self.limit = side**2, limit
        closed = torch.tensor(walls)
        cells = torch.arange(len(walls))[:, None].expand(-1, 4)
        moves = cells + torch.tensor([-side, 1, side, -1]) * ~closed  # (cells, 4)
        depths, at = torch.zeros(len(walls), 4), cells
        for _ in range(side):
            depths, at = depths + (moves[at, torch.arange(4)] != at), moves[at, torch.arange(4)]
        for name, table in (("walls", closed.float()), ("moves", moves), ("depths", depths / side)):
            self.register_buffer(name, table, persistent=False)
        self.cell = nn.GRUCell(8, hidden)
        self.head = nn.Linear(hidden, 7)  # four moves, value, depth, closure
        self.luck = torch.Generator().manual_seed(int(torch.randint(2**31, ())))

    def forward(self, starts: Tensor) -> Tensor:
        """What happened at each step, (N, limit, 7)."""
        luck = self.luck if self.training else torch.Generator().manual_seed(0)
        drawn = torch.rand(self.limit, len(starts), generator=luck).to(starts.device)
        rows = torch.arange(len(starts), device=starts.device)
        at, heading, alive = starts, torch.zeros_like(starts), torch.ones_like(drawn[0])
        state = drawn.new_zeros(len(starts), self.cell.hidden_size)
        last = drawn.new_zeros(len(starts), 4)
        seen = drawn.new_zeros(len(starts), self.cells)
        told = []
        for chance in drawn:
            state = self.cell(torch.cat([self.walls[at], last], dim=1), state)
            found = self.head(state)  # (N, 7)
            logs = found[:, :4].log_softmax(dim=1)
            move = (logs.exp().cumsum(dim=1) < chance[:, None]).sum(dim=1).clamp(max=3)
            depth = (found[:, 5] - self.depths[at, heading]) ** 2
            closure = nn.functional.binary_cross_entropy_with_logits(
                found[:, 6], seen[rows, at % self.cells], reduction="none"
            )
            following = self.moves[at, move]
            reward = alive * (following % self.cells == self.cells - 1)
            spread = -(logs.exp() * logs).sum(dim=1)
            told.append(torch.stack([logs[rows, move], spread, found[:, 4], reward, alive, depth, closure], dim=1))
            seen = seen.index_put((rows, at % self.cells), torch.ones_like(alive))
            at, heading, alive = following, move, alive - reward
            last = nn.functional.one_hot(move, 4).to(alive.dtype)
        return torch.stack(told, dim=1)
