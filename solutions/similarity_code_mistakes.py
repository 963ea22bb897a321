"""Wrong references for code on learning similarity, each one slip away from the right one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solutions import worked_similarity as right
from solutions.arrays import Array

Pair = tuple[float, Array, Array]
Batch = tuple[float, Array]
Rows = NDArray[np.intp]


def contrastive_turned(A: Array, B: Array, s: Array, m: float) -> Pair:
    """Reads 1 as a pair of different classes."""
    return right.contrastive(A, B, 1 - s, m)


def contrastive_pulls(A: Array, B: Array, s: Array, m: float) -> Pair:
    """Pulls pairs of different classes together as well."""
    loss, dA, _ = right.contrastive(A, B, s, m)
    slope = np.where(s[:, None] > 0, dA, -dA)
    return loss, slope, -slope


def contrastive_no_hinge(A: Array, B: Array, s: Array, m: float) -> Pair:
    """Keeps (m - D)^2 beyond the margin."""
    D, safe = _lengths(A, B)
    loss = float(np.mean(s * D**2 + (1 - s) * (m - D) ** 2) / 2)
    dA = (s - (1 - s) * (m - D) / safe)[:, None] * (A - B) / len(A)
    return loss, dA, -dA


def contrastive_squared_margin(A: Array, B: Array, s: Array, m: float) -> Pair:
    """Takes the hinge of m - D^2."""
    D, _ = _lengths(A, B)
    missing = np.maximum(0, m - D**2)
    loss = float(np.mean(s * D**2 + (1 - s) * missing**2) / 2)
    dA = (s - 2 * (1 - s) * missing)[:, None] * (A - B) / len(A)
    return loss, dA, -dA


def contrastive_summed(A: Array, B: Array, s: Array, m: float) -> Pair:
    """The sum over the pairs."""
    loss, dA, dB = right.contrastive(A, B, s, m)
    return loss * len(A), dA * len(A), dB * len(A)


def contrastive_same_side(A: Array, B: Array, s: Array, m: float) -> Pair:
    """Gives both embeddings the same gradient."""
    loss, dA, _ = right.contrastive(A, B, s, m)
    return loss, dA, dA


def contrastive_nan(A: Array, B: Array, s: Array, m: float) -> Pair:
    """Divides by the distance as it is."""
    loss, _, _ = right.contrastive(A, B, s, m)
    D, _ = _lengths(A, B)
    with np.errstate(all="ignore"):
        dA = (s - (1 - s) * np.maximum(0, m - D) / D)[:, None] * (A - B) / len(A)
    return loss, dA, -dA


def hardest_exchanged(E: Array, c: Array, m: float) -> Batch:
    """Takes the nearest positive and the farthest negative."""
    return _triplets(E, c, m, hard=False)


def hardest_lost_writes(E: Array, c: Array, m: float) -> Batch:
    """Adds with an index that repeats, which keeps the last share alone."""
    return _triplets(E, c, m, lost=True)


def hardest_anchor_only(E: Array, c: Array, m: float) -> Batch:
    """Leaves out the gradients of positives and negatives."""
    return _triplets(E, c, m, others=False)


def hardest_summed(E: Array, c: Array, m: float) -> Batch:
    """The sum over the anchors."""
    loss, slope = right.hardest_triplets(E, c, m)
    return loss * len(E), slope * len(E)


def hardest_active_mean(E: Array, c: Array, m: float) -> Batch:
    """Divides by the number of anchors with a loss."""
    loss, slope = right.hardest_triplets(E, c, m)
    share = float(np.mean(_losses(E, c, m) > 0)) or 1.0
    return loss / share, slope / share


def hardest_roots(E: Array, c: Array, m: float) -> Batch:
    """Puts distances that are not squared into the hinge."""
    return _triplets(E, c, m, root=True)


def hardest_margin_sign(E: Array, c: Array, m: float) -> Batch:
    """Subtracts the margin."""
    return right.hardest_triplets(E, c, -m)


def semi_hard_hardest(D: Array, c: Array, m: float) -> Array:
    """Takes the nearest negative with a loss, hard ones included."""
    return _mined(D, c, m, least=False)


def semi_hard_easy(D: Array, c: Array, m: float) -> Array:
    """Takes any negative that is farther away than the positive."""
    return _mined(D, c, np.inf)


def semi_hard_farthest(D: Array, c: Array, m: float) -> Array:
    """Takes the farthest semi-hard negative."""
    return _mined(D, c, m, far=True)


def semi_hard_itself(D: Array, c: Array, m: float) -> Array:
    """Counts a row as its own positive."""
    return _mined(D, c, m, own=True)


def semi_hard_zero(D: Array, c: Array, m: float) -> Array:
    """Gives 0 where a positive has no semi-hard negative."""
    pick = right.semi_hard(D, c, m)
    positive = (c[:, None] == c[None]) & ~np.eye(len(D), dtype=bool)
    return np.where(positive & (pick < 0), 0.0, pick)


def semi_hard_columns(D: Array, c: Array, m: float) -> Array:
    """Exchanges anchors and positives."""
    return right.semi_hard(D, c, m).T


def _mined(D: Array, c: Array, m: float, *, least: bool = True, far: bool = False, own: bool = False) -> Array:
    """As the right one; without the condition that the negative is farther away, and so on."""
    same = c[:, None] == c[None]
    positive = same if own else same & ~np.eye(len(D), dtype=bool)
    to_p, to_n = D[:, :, None], D[:, None, :]
    allowed = positive[:, :, None] & ~same[:, None, :] & (to_n < to_p + m)
    if least:
        allowed = allowed & (to_n > to_p)
    found = np.where(allowed, to_n, -np.inf).argmax(-1) if far else np.where(allowed, to_n, np.inf).argmin(-1)
    return np.where(allowed.any(-1), found, -1).astype(np.float64)


def _lengths(A: Array, B: Array) -> tuple[Array, Array]:
    D = np.sqrt(((A - B) ** 2).sum(axis=1))
    return D, np.where(D > 0, D, 1)


def _chosen(E: Array, c: Array, hard: bool) -> tuple[Array, Rows, Rows]:
    """Distances (N, N), squared, with the positive (N,) and the negative (N,) of each anchor."""
    d = ((E[:, None] - E[None]) ** 2).sum(-1)
    same = c[:, None] == c[None]
    own = same & ~np.eye(len(E), dtype=bool)
    if hard:
        return d, np.where(own, d, -np.inf).argmax(1), np.where(same, np.inf, d).argmin(1)
    return d, np.where(own, d, np.inf).argmin(1), np.where(same, -np.inf, d).argmax(1)


def _losses(E: Array, c: Array, m: float) -> Array:
    d, p, n = _chosen(E, c, hard=True)
    rows = np.arange(len(E))
    return np.asarray(np.maximum(0, d[rows, p] - d[rows, n] + m))


def _triplets(
    E: Array, c: Array, m: float, *, hard: bool = True, lost: bool = False, others: bool = True, root: bool = False
) -> Batch:
    d, p, n = _chosen(E, c, hard)
    rows = np.arange(len(E))
    near, far = d[rows, p], d[rows, n]
    a, b = (np.sqrt(near), np.sqrt(far)) if root else (near, far)
    losses = np.maximum(0, a - b + m)
    on = (losses > 0) / len(E)
    to_p = (on / a if root else 2 * on)[:, None] * (E - E[p])
    to_n = (on / b if root else 2 * on)[:, None] * (E - E[n])
    slope = to_p - to_n
    if others and lost:
        slope[p] -= to_p
        slope[n] += to_n
    elif others:
        np.add.at(slope, p, -to_p)
        np.add.at(slope, n, to_n)
    return float(losses.mean()), slope
