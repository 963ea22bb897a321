"""Notes on the variational bound with one wrong line, found by torch at sampled points; bounds of several q.

q, p (K,): approximate posterior and prior; l (K,): likelihoods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from grader.formula import Domain, Scope, Symbol
from solutions.arrays import Array, array, constant
from solutions.wrong_lines import differing, only

if TYPE_CHECKING:
    from torch import Tensor

LINES = ("evidence", "bound", "split", "gap", "tight", "cost")


def wrong_line(l1: str, l2: str, l3: str, l4: str, l5: str, l6: str) -> str:
    """The name in LINES of the line that torch contradicts."""
    simplex = Domain("simplex")
    scope = Scope({
        "q": Symbol("q", ("K",), simplex), "p": Symbol("p", ("K",), simplex),
        "l": Symbol("l", ("K",), Domain("positive")),
    })  # fmt: skip
    lines = dict(zip(LINES, (l1, l2, l3, l4, l5, l6), strict=True))
    return only(differing(scope, lines, line, seed="bound notes"))


def line(q: Array, p: Array, l: Array, wrong: str) -> Array:  # noqa: E741
    """What the line named `wrong` should say."""
    law, prior, like = constant(q), constant(p), constant(l)
    joint = (prior.log() + like.log()).exp()
    posterior = joint / joint.sum()
    if wrong == "evidence":
        return array(joint.sum())
    if wrong == "tight":
        return array(posterior)
    if wrong == "gap":
        return array(_kl(law, posterior))
    if wrong == "cost":
        return array(_kl(posterior, prior))
    return array(-_kl(law, joint))


def declared(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def drawn(P: Array, f: Array, u: Array, asked: str) -> float:
    """'gap', 'prior' (KL from q to the prior) or 'cost' (KL from the posterior to the prior), in drawn numbers."""
    prior, law = constant(np.asarray(P, float) / 10), constant(np.asarray(u, float) / 10)
    joint = prior * constant(np.asarray(f, float))
    posterior = joint / joint.sum()
    pairs = {"gap": (law, posterior), "prior": (law, prior), "cost": (posterior, prior)}
    return float(_kl(*pairs[asked]))


def bounds(P: Array, f: Array, u: Array) -> list[float]:
    """The bound of each row of u (tenths), by the prior in tenths and the likelihoods f."""
    joint = constant(np.asarray(P, float) / 10) * constant(np.asarray(f, float))
    return [-float(_kl(constant(np.asarray(row, float) / 10), joint)) for row in np.asarray(u)]


def _kl(q: Tensor, p: Tensor) -> Tensor:
    import torch

    return torch.nn.functional.kl_div(p.log(), q, reduction="sum")
