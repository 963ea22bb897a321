"""Pictures of vision: the overlap of two boxes, and where a spatial transformer samples."""

from __future__ import annotations

from dataclasses import replace

from solutions.detection_boxes import outline, overlap_by_cells, shared_cells
from solutions.drawings import Plot, Series


def overlap(
    ax: int = 0, ay: int = 0, aw: int = 6, ah: int = 4, bx: int = 3, by: int = 2, bw: int = 5, bh: int = 4
) -> Plot:
    """Two boxes, what they share, and their intersection over union. ax, ay: a corner of A; aw, ah: its sides."""
    corners = (ax, ay, aw, ah, bx, by, bw, bh)
    shared, share = shared_cells(*corners), overlap_by_cells(*corners)
    union = aw * ah + bw * bh - shared
    sides = max(ax, bx), max(ay, by), min(ax + aw, bx + bw), min(ay + ah, by + bh)
    common = outline(f"shared: {shared}, IoU = {shared}/{union} = {share:.2g}", sides)
    boxes = outline(f"A: {aw * ah}", (ax, ay, ax + aw, ay + ah)), outline(f"B: {bw * bh}", (bx, by, bx + bw, by + bh))
    areas = (*boxes, replace(common, mark="area")) if shared else boxes
    return Plot(f"Two boxes with the intersection over union {share:.2g}", "x", "y", areas, square=True)


def sampling_grid(
    a: float = 0.6, b: float = -0.3, c: float = 0.2, d: float = 0.3, e: float = 0.6, f: float = -0.1, size: int = 5
) -> Plot:
    """The source image as a frame, and where each of size × size output pixels samples it.

    theta = [[a, b, c], [d, e, f]]; the target (x, y) takes its value from (a x + b y + c, d x + e y + f), all within
    [−1, 1], with −1 and 1 the centres of the outer pixels; y upwards here.
    """
    ticks = [2 * i / (size - 1) - 1 for i in range(size)]
    rows = [[(a * x + b * y + c, d * x + e * y + f) for x in ticks] for y in ticks]
    columns = [list(column) for column in zip(*rows, strict=True)]
    thin = tuple(Series("", _rounded(line), "thin") for line in (*rows, *columns))
    first, last = rows[0][0], rows[0][-1]
    return Plot(
        "Where a spatial transformer samples",
        "x of the source",
        "y of the source",
        (
            Series("source image", ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)), "area"),
            Series("sampled by the output", _rounded([place for row in rows for place in row]), "dots"),
            Series("its edge y = −1", _rounded([first, last])),
            *thin,
        ),
        square=True,
    )


def _rounded(places: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((round(x, 3), round(y, 3)) for x, y in places)
