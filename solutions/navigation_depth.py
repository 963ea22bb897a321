"""Depth as a class: bins searched one by one, losses by torch."""

from __future__ import annotations

import numpy as np

from solutions.arrays import constant


def bin_number(z: float, bins: int, law: str) -> int:
    """The bin, from 1, of a depth z in metres out of 40: the first one that ends at z or beyond it.

    law: 'even' bins, or 'widening' ones that end at 40*(k/bins)^2.
    """
    ends = np.linspace(0, 1, int(bins) + 1)[1:] ** (2 if law == "widening" else 1) * 40
    return next(k + 1 for k, end in enumerate(ends) if end >= float(z))


def mean_loss(bins: int, cells: int, hits: int, right: float, wrong: float) -> float:
    """The mean cross-entropy over patches, `hits` of which give `right` to the true bin, the others `wrong`."""
    import torch

    rows = []
    for patch in range(int(cells)):
        true = float(right) if patch < int(hits) else float(wrong)
        rows.append([true] + [(1 - true) / (int(bins) - 1)] * (int(bins) - 1))
    targets = torch.zeros(int(cells), dtype=torch.long)
    return torch.nn.functional.nll_loss(constant(rows).log(), targets).item()


def untrained_loss(bins: int, cells: int) -> float:
    """The mean cross-entropy of equal scores."""
    import torch

    targets = torch.zeros(int(cells), dtype=torch.long)
    return torch.nn.functional.cross_entropy(constant(np.zeros((int(cells), int(bins)))), targets).item()
