"""Notes on curvature matrices with one wrong line: every line is evaluated against automatic differentiation."""

from __future__ import annotations

from functools import partial

from grader.formula import Scope, Symbol
from grader.formula.symbols import Domain
from solutions import fisher_outputs, gauss_newton_steps, newton_regions
from solutions.arrays import Array
from solutions.wrong_lines import agrees, only

LINES = ("newton", "damped", "gauss", "fisher", "empirical")


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


def line_value(wrong: str, g: Array, H: Array, rho: float, J: Array, p: Array, y: Array) -> Array:
    """What the line named `wrong` should say: a step (n,), or a matrix (n, n)."""
    match wrong:
        case "newton" | "damped":
            damping = float(rho) if wrong == "damped" else 0.0
            return newton_regions.stationary_step("half", g, g, g, g, H, H, damping, 0.0)
        case "gauss":
            return gauss_newton_steps.matrix("full", J, p, p)
    return fisher_outputs.matrix("softmax", wrong, J, p, y)


def _right(line: str, printed: str) -> bool:
    """True where the printed formula has the line's value at every sampled point."""
    scope = Scope(
        {
            "g": Symbol("g", ("n",)),
            "H": Symbol("H", ("n", "n"), Domain("positive_definite")),
            "rho": Symbol("rho", (), Domain("positive")),
            "J": Symbol("J", ("K", "n")),
            "p": Symbol("p", ("K",), Domain("simplex")),
            "y": Symbol("y", ("K",), Domain("one_hot")),
        }
    )
    truth = partial(line_value, line)
    return agrees(printed, scope, truth, seed=f"curvature notes:{line}", points=2, rtol=1e-7, atol=1e-10)
