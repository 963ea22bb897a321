"""Which triplets count: dp (P,), dn (N,) distances of one anchor to its positives and negatives, m the margin."""

from __future__ import annotations

import numpy as np

from solutions.arrays import Array, constant, gradient, leaf


def active_count(dp: Array, dn: Array, m: float) -> int:
    """Number of triplets that move the positive: entries of the gradient of the summed loss, counted."""
    import torch

    spread = leaf(np.repeat(np.asarray(dp, dtype=float)[:, None], len(dn), axis=1))
    loss = torch.relu(spread - constant(dn)[None, :] + float(m)).sum()
    return int(np.count_nonzero(gradient(loss, spread)))


def semi_hard_count(dp: Array, dn: Array, m: float) -> int:
    """Number of triplets whose loss lies strictly between 0 and the margin."""
    losses = _losses(dp, dn, m)
    return int(np.count_nonzero((losses > 0) & (losses < float(m))))


def reduced_loss(dp: Array, dn: Array, m: float, of: str) -> float:
    """The mean over 'all' or over the 'active' triplets, or the loss of the 'hard'est one."""
    losses = _losses(dp, dn, m)
    if of == "hard":
        return float(losses.max())
    return float(losses.mean() if of == "all" else losses[losses > 0].mean())


def picked(dp: Array, dn: Array, m: float, rule: str) -> str:
    """Which negative, '1' to '4' or 'none', the rule picks for the first positive.

    rule: 'hardest' is the nearest, 'semi' the nearest semi-hard one, 'largest' the farthest one with a loss.
    """
    first, negatives = float(dp[0]), [float(d) for d in dn]
    allowed = {
        "hardest": negatives,
        "semi": [d for d in negatives if first < d < first + float(m)],
        "largest": [d for d in negatives if d < first + float(m)],
    }[rule]
    if not allowed:
        return "none"
    return str(negatives.index((max if rule == "largest" else min)(allowed)) + 1)


def picked_by_sorting(dp: Array, dn: Array, m: float, rule: str) -> str:
    """The same from the losses of the first positive, sorted."""
    losses = _losses(dp[:1], dn, m)[0]
    falling = np.argsort(-losses + 1e-9 * np.asarray(dn, dtype=float), kind="stable")
    if rule == "hardest":
        return str(int(np.argmin(np.asarray(dn, dtype=float))) + 1)
    ceiling = float(m) if rule == "semi" else np.inf
    wanted = [int(j) for j in falling if 0 < losses[j] < ceiling]
    if not wanted:
        return "none"
    return str((wanted[0] if rule == "semi" else wanted[-1]) + 1)


def _losses(dp: Array, dn: Array, m: float) -> Array:
    """Losses (P, N) of all triplets, by torch."""
    import torch

    pairs = constant(dp)[:, None] - constant(dn)[None, :]
    found: Array = torch.clamp(pairs + float(m), min=0).numpy()
    return found
