"""What a picture shows, as plain data: a plot, grids of numbers, a graph of values, a map of shades, a diagram.

Drawn and told elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

MOST_SERIES, MOST_THIN = 5, 2  # of one plot, that can be told from each other


@dataclass(frozen=True)
class Series:
    """Points (x, y) under a name, joined by a line or marked one by one.

    mark: 'path' is a line with a small dot at every point; 'thin' a muted line, such as an asymptote or a contour;
    'area' a closed outline, filled.
    Without a name it stands in no legend, and carries on the series before it: it has that one's colour.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    mark: Literal["line", "dots", "crosses", "thin", "path", "area"] = "line"


@dataclass(frozen=True)
class Plot:
    """Series over common axes. x, y: what the axes show. square: one unit is as long on both axes.

    log: equal distances along the axis that runs up are equal factors. Raises ValueError where a value has then no
    place, and where there are more series than can be told from each other.
    """

    title: str
    x: str
    y: str
    series: tuple[Series, ...]
    square: bool = False
    log: bool = False

    def __post_init__(self) -> None:
        named = [series.mark == "thin" for series in self.series if series.name]
        if named.count(False) > MOST_SERIES or named.count(True) > MOST_THIN:
            raise ValueError(f"{self.title}: more than {MOST_SERIES} series, or {MOST_THIN} thin ones, under names")
        if self.log and any(y <= 0 for series in self.series for _, y in series.points):
            raise ValueError(f"{self.title}: a value that is not positive has no place on a logarithmic axis")


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
class Heat:
    """Values >= 0 as shades, the largest the darkest. rows, columns: labels; x, y: what columns and rows are."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    x: str = ""
    y: str = ""

    def __post_init__(self) -> None:
        if len(self.values) != len(self.rows) or any(len(row) != len(self.columns) for row in self.values):
            raise ValueError(f"{self.title}: expected a value for each of {len(self.rows)} × {len(self.columns)} cells")
        if any(not value >= 0 for row in self.values for value in row):
            raise ValueError(f"{self.title}: a value below 0 has no shade")


Cell: TypeAlias = Literal["plain", "padding", "marked", "between", "none"]
CellPlace: TypeAlias = tuple[int, int]  # of a strip, of a cell in it; both from 0


@dataclass(frozen=True)
class Strip:
    """A row of cells one unit wide. start: the middle of the first; step: from one middle to the next.

    'between' is what a marked window spans without using it; 'none' leaves a place empty.
    """

    name: str
    cells: tuple[Cell, ...]
    start: float = 0.0
    step: float = 1.0


@dataclass(frozen=True)
class Strips:
    """Strips below one another along one axis. links: lines between cells."""

    title: str
    strips: tuple[Strip, ...]
    links: tuple[tuple[CellPlace, CellPlace], ...] = ()


@dataclass(frozen=True)
class Node:
    """A node of a graph. text: what it computes. value: '' where it is not shown. uses: names of what it is made of.

    back: for each of those, the gradient that it gets back from here; empty where gradients are not shown.
    """

    name: str
    text: str
    value: str = ""
    uses: tuple[str, ...] = ()
    back: tuple[str, ...] = ()


@dataclass(frozen=True)
class Graph:
    """Nodes, each after those that it uses."""

    title: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Box:
    """A box of a diagram around the place (x, y), in units of the grid; y grows downwards.

    kind: 'operation' is a small circle around a sign such as ×; 'point' a place where arrows turn or part, a dot
    where three or more meet; 'group' a frame around the boxes that it `holds`, wherever these stand.
    """

    name: str
    text: str
    x: float = 0.0
    y: float = 0.0
    kind: Literal["", "input", "operation", "point", "group"] = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """From border to border of the boxes of these names. bend: how far the middle stands to its left, in units.

    text: what goes along it; back: what comes back, such as a gradient. kind: 'back' for an arrow of such a way.
    """

    start: str
    end: str
    text: str = ""
    bend: float = 0.0
    kind: Literal["", "back"] = ""
    back: str = ""


@dataclass(frozen=True)
class Diagram:
    """Boxes and arrows between them. Raises ValueError where a name is given twice or belongs to no box."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def __post_init__(self) -> None:
        names = {box.name for box in self.boxes}
        if len(names) < len(self.boxes):
            raise ValueError(f"{self.title}: two boxes of one name")
        used = {name for arrow in self.arrows for name in (arrow.start, arrow.end)}
        used |= {name for box in self.boxes for name in box.holds}
        if unknown := sorted(used - names):
            raise ValueError(f"{self.title}: there is no box {', '.join(unknown)}")


Drawing: TypeAlias = Plot | Grids | Heat | Strips | Graph | Diagram
DRAWINGS = (Plot, Grids, Heat, Strips, Graph, Diagram)
