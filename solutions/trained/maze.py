"""Finding the way out of a maze, seen from inside: a policy learnt from nothing but whether the way out was found.

The way out is in the south-east corner; mazes to be measured on are others than those trained on. The agent sees only
whether there is a wall on each of its four sides, and its own last move. A recurrent network is trained by an
actor-critic's policy gradient. With auxiliary losses its state must also tell how far the wall ahead is, and whether it
has been at this place before (Mirowski et al. 2017).

They are learnt, and do not help: over five seeds success is 0.78 with and without them, and with one seed 0.88 after
twice as many walks. In one maze for all walks the same held for six seeds; after twice as many walks there, four of
five seeds were alike and one was better with them. Memory adds little: the trained agent without it still gets out of
most mazes that it gets out of with it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solutions.trained import fitting
from solutions.trained.fitting import Examples, Fitted, Plan, Progress, Task

if TYPE_CHECKING:
    from torch import Tensor

    from solutions.trained.networks import Wanderer

HELD_OUT = 512  # episodes, in mazes
UNSEEN = 100  # that are not trained on
STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))  # north, east, south, west
# columns of what an episode tells of each step
CHANCE, SPREAD, VALUE, REWARD, ALIVE, DEPTH, CLOSURE = range(7)


@dataclass(frozen=True)
class Maze:
    """auxiliary: weight of the losses on depth and on places seen before. side: cells; openings: walls taken out.

    limit: steps after which an episode ends. discount: of the reward, a step. entropy: weight of the policy's.
    """

    auxiliary: float
    mazes: int = 200
    side: int = 6
    openings: int = 4
    limit: int = 30
    discount: float = 0.95
    entropy: float = 0.02
    hidden: int = 48
    episodes: int = 1024
    epochs: int = 12
    batch: int = 64
    rate: float = 5e-3
    seed: int = 0

    def build(self) -> Wanderer:
        """Places to start from (N,) to what happened at each step, (N, limit, 7)."""
        from solutions.trained.networks import Wanderer

        drawn = [row for index in range(self.mazes + UNSEEN) for row in walls(self, index)]
        return Wanderer(drawn, side=self.side, limit=self.limit, hidden=self.hidden)

    def fit(self, device: str, progress: Progress) -> Fitted:
        """The trained agent; success is the share of held-out episodes in which it gets out."""
        from torch import optim

        task = Task(starts(self, self.episodes), starts(self, HELD_OUT, unseen=True), self.loss)
        model = fitting.seeded(self.build, self.seed)
        successes = []

        def measured(done: int, total: int, loss: float) -> None:
            successes.append(success(fitting.scores(model, task.held_out.inputs.to(device))))
            progress(done, total, loss)

        curves = fitting.fit(
            model,
            task,
            Plan(self.epochs, self.batch, self.seed, clip=1.0),
            optimiser=lambda model: optim.Adam(model.parameters(), lr=self.rate),
            device=device,
            progress=measured,
        )
        figures = {"success": successes[-1], "loss": curves["held-out loss"][-1]}
        return Fitted(model, figures, {**curves, "success": tuple(successes)})

    def loss(self, told: Tensor, _: Tensor) -> Tensor:
        """The loss whose gradient is the policy's, the critic's and the auxiliary ones; means over steps taken."""
        alive = told[:, :, ALIVE]
        gains = returns(told[:, :, REWARD], self.discount)
        surprise = gains - told[:, :, VALUE]
        steps = (
            -told[:, :, CHANCE] * surprise.detach()
            + 0.5 * surprise**2
            - self.entropy * told[:, :, SPREAD]
            + self.auxiliary * (told[:, :, DEPTH] + told[:, :, CLOSURE])
        )
        return (steps * alive).sum() / alive.sum()


def success(told: Tensor) -> float:
    """Share of episodes (N, T, 7) that end at the way out."""
    return float(told[:, :, REWARD].sum(dim=1).double().mean())


def returns(rewards: Tensor, discount: float) -> Tensor:
    """What follows from each step on, discounted: (N, T) from rewards (N, T)."""
    import torch

    gain, found = torch.zeros_like(rewards[:, 0]), []
    for reward in reversed(rewards.unbind(dim=1)):
        gain = reward + discount * gain
        found.append(gain)
    return torch.stack(found[::-1], dim=1)


def walls(recipe: Maze, index: int) -> list[list[bool]]:
    """For each cell, row by row, whether there is a wall to the north, east, south and west: a maze without islands."""
    side, source = recipe.side, random.Random(f"maze:{recipe.seed}:{index}")
    closed = [[True] * 4 for _ in range(side**2)]

    def open_between(cell: int, way: int) -> int:
        other = cell + STEPS[way][0] * side + STEPS[way][1]
        closed[cell][way] = closed[other][(way + 2) % 4] = False
        return other

    path, reached = [0], {0}
    while path:  # depth first
        ways = [
            way for way in _inside(path[-1], side) if path[-1] + STEPS[way][0] * side + STEPS[way][1] not in reached
        ]
        if not ways:
            path.pop()
            continue
        path.append(open_between(path[-1], source.choice(ways)))
        reached.add(path[-1])
    left = [
        (cell, way) for cell in range(side**2) for way in _inside(cell, side) if way in (1, 2) and closed[cell][way]
    ]
    for cell, way in source.sample(left, recipe.openings):
        open_between(cell, way)
    return closed


def starts(recipe: Maze, count: int, *, unseen: bool = False) -> Examples:
    """Places to start from (count,), any but a way out; there are no targets, zeros stand for them.

    Cells are counted through all mazes, those that are trained on first.
    """
    import torch

    cells, source = recipe.side**2, random.Random(f"starts:{recipe.seed}:{unseen}")
    mazes = range(recipe.mazes, recipe.mazes + UNSEEN) if unseen else range(recipe.mazes)
    places = torch.tensor([cells * source.choice(mazes) + source.randrange(cells - 1) for _ in range(count)])
    return Examples(places, torch.zeros(count))


def _inside(cell: int, side: int) -> list[int]:
    """The directions from a cell that do not lead out of the maze."""
    row, column = divmod(cell, side)
    return [way for way, (d, a) in enumerate(STEPS) if 0 <= row + d < side and 0 <= column + a < side]
