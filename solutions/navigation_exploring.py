"""Agents that wander: random moves in a small maze, every sequence tried; ways with labels of loop closure.

cells: rows of a maze joined by '|', S start, G goal, # wall, '.' open. path: moves U, D, L, R from (0, 0), y upward.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from solutions.arrays import constant
from solutions.drawings import Grid, Grids, Plot, Series

STEPS = {"U": (0, 1), "D": (0, -1), "L": (-1, 0), "R": (1, 0)}
Place = tuple[int, int]


def picture(cells: str) -> Grids:
    """The maze as a grid of letters."""
    return Grids("A maze", (Grid("S start, G goal, # wall", tuple(tuple(row) for row in cells.split("|"))),))


def way(path: str) -> Plot:
    """The way of the agent in two halves, each short enough to be told point by point; its start marked."""
    points = tuple((float(x), float(y)) for x, y in _places(path))
    half = len(points) // 2
    halves = Series(f"moves 1 to {half}", points[: half + 1]), Series(f"from move {half + 1} on", points[half:])
    return Plot("The way of an agent", "x", "y", (*halves, Series("start", points[:1], "dots")), square=True)


def sequences_to_goal(cells: str, T: int) -> int:
    """How many of the 4**T sequences of moves lead to the goal within T moves: each is walked."""
    rows = cells.split("|")
    places = {mark: (r, c) for r, row in enumerate(rows) for c, mark in enumerate(row) if mark in "SG"}
    found = 0
    for moves in itertools.product(STEPS.values(), repeat=int(T)):
        r, c = places["S"]
        for across, up in moves:
            r, c = _moved(rows, r, c, -up, across)
            if (r, c) == places["G"]:
                found += 1
                break
    return found


def over_episodes(cells: str, T: int, n: int, asked: str) -> float:
    """The probability that 'none', 'some' or exactly 'one' of n episodes succeeds.

    From the distribution of the number of successes, built up episode by episode.
    """
    p = sequences_to_goal(cells, T) / 4.0 ** int(T)
    chances = np.array([1.0])
    for _ in range(int(n)):
        chances = np.convolve(chances, [1 - p, p])
    values = {"none": chances[0], "some": chances[1:].sum(), "one": chances[1]}
    return float(values[asked])


def labelled(path: str, law: str) -> int:
    """The number of moves after which the place is known; law 'far': after having been 3 away since a visit."""
    return sum(_labels(path, law))


def closure_loss(path: str, law: str, high: float, low: float) -> float:
    """The mean binary cross-entropy, by torch, of `high` where the label is 1 and `low` where it is 0."""
    import torch

    labels = constant(_labels(path, law))
    given = torch.where(labels == 1, constant(float(high)), constant(float(low)))
    return torch.nn.functional.binary_cross_entropy(given, labels).item()


def best_constant(path: str, law: str) -> float:
    """The constant probability with the least mean cross-entropy, among all fractions with denominators up to 24."""
    labels = np.array(_labels(path, law), dtype=float)[:, None]
    tried = np.array(sorted({a / b for b in range(2, 25) for a in range(1, b)}))
    losses = -(labels * np.log(tried) + (1 - labels) * np.log(1 - tried)).mean(0)
    return float(tried[np.argmin(losses)])


def _places(path: str) -> list[Place]:
    places = [(0, 0)]
    for move in path:
        places.append((places[-1][0] + STEPS[move][0], places[-1][1] + STEPS[move][1]))
    return places


def _labels(path: str, law: str) -> list[int]:
    places = _places(path)
    return [int(_closes(places[: t + 1], law)) for t in range(1, len(places))]


def _closes(places: Sequence[Place], law: str) -> bool:
    """Whether the last place was visited before (and left by 3 cells or more since then, where law is 'far')."""
    x, y = places[-1]
    least = 3 if law == "far" else 1
    visits = [s for s, place in enumerate(places[:-1]) if place == (x, y)]
    return any(max(abs(a - x) + abs(b - y) for a, b in places[s:]) >= least for s in visits)


def _moved(rows: Sequence[str], r: int, c: int, down: int, across: int) -> Place:
    to = (r + down, c + across)
    inside = 0 <= to[0] < len(rows) and 0 <= to[1] < len(rows[0])
    return to if inside and rows[to[0]][to[1]] != "#" else (r, c)
