"""Which network fits a task: decided by what is asked, and again by the shape of what must come out."""

from __future__ import annotations


def by_task(per: str, grid: int) -> str:
    """Name of the network.

    per: what is asked about ('image', 'objects', 'pixel', 'pair'); grid: 1 where neighbours count.
    """
    if not grid:
        return "dense"
    return {"image": "classifier", "objects": "detector", "pixel": "segmenter", "pair": "embedding"}[per]


def by_output(output: str, grid: int) -> str:
    """The same from what the network puts out: a 'label', 'boxes', a 'map' or a 'vector'."""
    networks = {"label": "classifier", "boxes": "detector", "map": "segmenter", "vector": "embedding"}
    return networks[output] if grid else "dense"
