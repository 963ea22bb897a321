"""Notes on learning similarity with one wrong line: every printed line is compared with torch.

a, b (d,) a pair at the distance D with the label s (1: same class); a, p, n (d,) a triplet; m margin
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any

from grader.formula import Scope, Symbol
from grader.formula.symbols import Domain
from solutions.arrays import Array, constant, gradient, leaf
from solutions.wrong_lines import agrees, only


def wrong_line(p1: str, p2: str, p3: str, p4: str, r1: str, r2: str, r3: str, r4: str) -> str:
    """'pair', 'push', 'triplet' or 'anchor': the printed line that torch contradicts.

    Where a line is printed as it should be, it says `{r1}` and r1 holds the formula.
    """
    printed = zip(("pair", "push", "triplet", "anchor"), (p1, p2, p3, p4), (r1, r2, r3, r4), strict=True)
    return only([name for name, line, right in printed if not _right(name, right if line.startswith("{") else line)])


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def right_line(
    wrong: str, a: Array, b: Array, p: Array, n: Array, s: float, m: float, D: float
) -> Any:  # fmt: skip
    """What the line named `wrong` should say at these values: a number, or a gradient (d,)."""
    if wrong == "pair":
        return _pair(constant(D), s, m).item()
    if wrong == "push":
        # the derivative by D from torch; D itself has the slope (a - b)/D
        distance = leaf(float(D))
        return gradient(_pair(distance, 0.0, m), distance) * (a - b) / float(D)
    if wrong == "triplet":
        return _triplet(a, p, n, m)
    return _anchor(a, p, n)


def _pair(distance: Any, s: float, m: float) -> Any:
    """Squared distance where s is 1; else what is missing to m, squared, by torch."""
    import torch

    return distance.square() if s == 1 else torch.clamp(m - distance, min=0).square()


def _triplet(a: Array, p: Array, n: Array, m: float) -> float:
    import torch

    rows = [constant(v)[None] for v in (a, p, n)]
    return torch.nn.functional.triplet_margin_loss(rows[0], rows[1], rows[2], margin=float(m), eps=0.0).item()


def _anchor(a: Array, p: Array, n: Array) -> Array:
    anchor = leaf(a)
    return gradient((anchor - constant(p)).square().sum() - (anchor - constant(n)).square().sum(), anchor)


@cache
def _right(line: str, printed: str) -> bool:
    """True where the formula has torch's values at every sampled point."""
    symbols = {name: Symbol(name, ("d",)) for name in "abpn"}
    numbers = {"s": Domain("binary"), "m": Domain("interval", 3, 6), "D": Domain("interval", 0.5, 2.5)}
    scope = Scope({**symbols, **{name: Symbol(name, (), domain) for name, domain in numbers.items()}})
    truth = partial(right_line, line)
    return agrees(printed, scope, truth, seed=f"similarity:{line}", points=4, rtol=1e-9, atol=1e-12)
