"""What a picture shows, as plain data: a plot, grids of numbers, or a graph of values. Drawn and told elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Series:
    """Points (x, y) under a name, joined by a line or marked one by one."""

    name: str
    points: tuple[tuple[float, float], ...]
    mark: Literal["line", "dots", "crosses"] = "line"


@dataclass(frozen=True)
class Plot:
    """Series over common axes. x, y: what the axes show. square: one unit is as long on both axes."""

    title: str
    x: str
    y: str
    series: tuple[Series, ...]
    square: bool = False


@dataclass(frozen=True)
class Grid:
    """Numbers in rows. marked: places (row, column), from 0, that are pointed out."""

    name: str
    rows: tuple[tuple[float | str, ...], ...]
    marked: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Grids:
    """Grids side by side."""

    title: str
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Node:
    """A node of a graph. text: what it computes. value: '' where it is not shown. uses: names of what it is made of."""

    name: str
    text: str
    value: str = ""
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Graph:
    """Nodes, each after those that it uses."""

    title: str
    nodes: tuple[Node, ...]


Drawing: TypeAlias = Plot | Grids | Graph
DRAWINGS = (Plot, Grids, Graph)
