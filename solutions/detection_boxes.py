"""Overlap of boxes (x1, y1, x2, y2) by counting unit cells, and pictures of boxes with whole-number corners."""

from __future__ import annotations

from solutions.drawings import Plot, Series

Box = tuple[float, float, float, float]


def two_boxes(ax: int, ay: int, aw: int, ah: int, bx: int, by: int, bw: int, bh: int) -> Plot:
    """The boxes A and B. ax, ay: one corner of A; aw, ah: its width and height; likewise for B."""
    boxes = {"A": (ax, ay, ax + aw, ay + ah), "B": (bx, by, bx + bw, by + bh)}
    return Plot("Two boxes", "x", "y", tuple(outline(name, box) for name, box in boxes.items()), square=True)


def outline(name: str, box: Box) -> Series:
    """The four sides of a box as one closed line."""
    left, low, right, high = (float(side) for side in box)
    return Series(name, ((left, low), (right, low), (right, high), (left, high), (left, low)))


def shared_cells(ax: int, ay: int, aw: int, ah: int, bx: int, by: int, bw: int, bh: int) -> int:
    """Area that two boxes share: unit cells that lie in both."""
    return len(cells(ax, ay, aw, ah) & cells(bx, by, bw, bh))


def overlap_by_cells(ax: int, ay: int, aw: int, ah: int, bx: int, by: int, bw: int, bh: int) -> float:
    """Intersection over union: cells in both, divided by cells in at least one."""
    a, b = cells(ax, ay, aw, ah), cells(bx, by, bw, bh)
    return len(a & b) / len(a | b)


def overlap_after_shift(
    ax: int, ay: int, aw: int, ah: int, bx: int, by: int, bw: int, bh: int, right: int, up: int
) -> float:
    """The same after box B was moved by that many units."""
    return overlap_by_cells(ax, ay, aw, ah, bx + right, by + up, bw, bh)


def cells(x: float, y: float, w: float, h: float) -> set[tuple[int, int]]:
    """Unit cells of the box with the corner (x, y), width w and height h, all whole numbers."""
    return {(int(x) + i, int(y) + j) for i in range(int(w)) for j in range(int(h))}
