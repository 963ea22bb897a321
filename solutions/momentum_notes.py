"""Notes on momentum with one wrong line: every line is evaluated against runs of the rule."""

from __future__ import annotations

from functools import partial

from grader.formula import Scope, Symbol
from grader.formula.symbols import Domain
from solutions.arrays import gradient, leaf
from solutions.momentum_sums import run
from solutions.momentum_tuning import setting
from solutions.wrong_lines import agrees, only

LINES = ("settled", "weight", "ahead", "step", "rate")
_DOMAINS = {
    "alpha": Domain("positive"), "eta": Domain("interval", 0.1, 0.9), "c": Domain(), "v": Domain(), "theta": Domain(),
    "s": Domain("positive"), "L": Domain("interval", 3, 9), "mu": Domain("interval", 0.5, 2),
}  # fmt: skip


def wrong_line(
    p1: str, p2: str, p3: str, p4: str, p5: str, r1: str, r2: str, r3: str, r4: str, r5: str
) -> str:  # fmt: skip
    """The name of the one printed line, p1 to p5, that is wrong.

    Where a line is printed as it should be, it says `{r1}` and r1 holds the formula.
    """
    right = (r1, r2, r3, r4, r5)
    printed = [right[i] if text.startswith("{") else text for i, text in enumerate((p1, p2, p3, p4, p5))]
    return only([line for line, text in zip(LINES, printed, strict=True) if not _right(line, text)])


def declared_line(wrong: str) -> str:
    """The name that the author gives to the wrong line."""
    return wrong


def line_value(
    wrong: str, alpha: float, eta: float, c: float, v: float, theta: float, s: float, L: float, mu: float
) -> float:  # fmt: skip
    """What the line named `wrong` stands for at these values."""
    match wrong:
        case "settled":
            return run("classic", [c] * 600, alpha, eta)[0]
        case "weight":
            return run("classic", [c, 0.0, 0.0, 0.0], alpha, eta)[0]
        case "ahead":
            return _nesterov_velocity(alpha, eta, v, theta, s)
        case "step":
            return _best_step(L, mu)
    return setting("rate", L, mu)


def line_drawn(
    wrong: str, A: float, E: float, C: float, V: float, T: float, S: float, LL: float, MM: float
) -> float:  # fmt: skip
    """The same for the drawn values."""
    return line_value(wrong, A, E, C, V, T, S, LL, MM)


def _nesterov_velocity(alpha: float, eta: float, v: float, theta: float, s: float) -> float:
    """The next velocity on s*theta^2/2, with the slope at the point ahead by autograd."""
    ahead = leaf(float(theta) + float(eta) * float(v))
    slope = gradient(float(s) * ahead.square() / 2, ahead)
    return float(eta) * float(v) - float(alpha) * float(slope)


def _best_step(L: float, mu: float) -> float:
    """Where the worst factor of gradient descent is least: by ternary search, the worst factor being convex."""
    low, high = 0.0, 2 / float(mu)
    for _ in range(150):
        one, two = low + (high - low) / 3, high - (high - low) / 3
        worse = [max(abs(1 - step * L), abs(1 - step * mu)) for step in (one, two)]
        low, high = (low, two) if worse[0] < worse[1] else (one, high)
    return (low + high) / 2


def _right(line: str, printed: str) -> bool:
    """True where the printed formula has the line's value at every sampled point."""
    scope = Scope({name: Symbol(name, (), domain) for name, domain in _DOMAINS.items()})
    truth = partial(line_value, line)
    return agrees(printed, scope, truth, seed=f"momentum notes:{line}", points=2, rtol=1e-7, atol=1e-10)
