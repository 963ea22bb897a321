"""A maze with one wall across, searched cell by cell; returns summed reward by reward.

The maze has the given rows and columns, counted from 0; the wall fills row `wall` except for the column `gap`.
"""

from __future__ import annotations

from collections import deque

from solutions.drawings import Grid, Grids

MOVES = ((-1, 0), (1, 0), (0, -1), (0, 1))


def picture(rows: int, columns: int, wall: int, gap: int, r0: int, c0: int, r1: int, c1: int) -> Grids:
    """The maze: S the start (r0, c0), G the goal (r1, c1), # a wall, a dot an open cell."""
    cells = [["#" if (r == wall and c != gap) else "." for c in range(int(columns))] for r in range(int(rows))]
    cells[int(r0)][int(c0)], cells[int(r1)][int(c1)] = "S", "G"
    return Grids("A maze", (Grid("S start, G goal, # wall", tuple(tuple(row) for row in cells)),))


def fewest_moves(rows: int, columns: int, wall: int, gap: int, r0: int, c0: int, r1: int, c1: int) -> int:
    """Moves of a shortest way from start to goal, by breadth-first search."""
    shown = picture(rows, columns, wall, gap, r0, c0, r1, c1).grids[0].rows
    seen, queue = {(int(r0), int(c0))}, deque([(int(r0), int(c0), 0)])
    while queue:
        r, c, moves = queue.popleft()
        if (r, c) == (int(r1), int(c1)):
            return moves
        for dr, dc in MOVES:
            place = (r + dr, c + dc)
            inside = 0 <= place[0] < len(shown) and 0 <= place[1] < len(shown[0])
            if inside and place not in seen and shown[place[0]][place[1]] != "#":
                seen.add(place)
                queue.append((*place, moves + 1))
    raise ValueError("there is no way to the goal")


def goal_return(
    rows: int, columns: int, wall: int, gap: int, r0: int, c0: int, r1: int, c1: int,
    rate: float, reward: float, cost: float, detour: int,
) -> float:  # fmt: skip
    """The discounted return of a way that is `detour` moves longer than a shortest one, move by move.

    Each move costs `cost`; the last one brings `reward` on top.
    """
    length = fewest_moves(rows, columns, wall, gap, r0, c0, r1, c1) + int(detour)
    rewards = [-float(cost)] * length
    rewards[-1] += float(reward)
    total = 0.0
    for earned in reversed(rewards):
        total = earned + float(rate) * total
    return total


def symbolic_return(R: float, gamma: float, T: int, P: int, kind: str) -> float:
    """The return from the first move of `kind`: 'once', 'costs' (1 a move besides), 'again' (every P moves)."""
    total = 0.0
    if kind == "again":
        move = int(T)
        while gamma ** (move - 1) > 1e-16 * (1 - gamma):  # what is left is below the rounding
            total += R * gamma ** (move - 1)
            move += int(P)
        return total
    for move in range(int(T), 0, -1):
        total = (R if move == T else 0.0) - (1.0 if kind == "costs" else 0.0) + float(gamma) * total
    return total
