"""Notes on convolutions with a slip in them: which line is wrong is found by comparing what is printed with torch.

N input width, k kernel, p zeros on each side, s stride, r dilation, C input channels, F filters.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from grader.formula import Scope, read
from grader.formula.exact_value import exact
from solutions.wrong_lines import only

LINES = ("conv", "transposed", "cover", "same", "params")
NAMES = ("N", "k", "p", "s", "r", "C", "F")


def wrong_line(conv: str, transposed: str, cover: str, same: str, params: str) -> str:
    """Name of the one line whose printed formula disagrees with torch in some case."""
    printed = dict(zip(LINES, (conv, transposed, cover, same, params), strict=True))
    wrong = [line for line, formula in printed.items() if not _right(line, formula)]
    return only(wrong)


def declared_line(wrong: str) -> str:
    """The name that the notes' author gives to the wrong line."""
    return wrong


def line_value(N: float, k: float, p: float, s: float, r: float, C: float, F: float, wrong: str) -> float:
    """What the line named `wrong` ought to say, by torch's layers and by the support of a kernel."""
    import torch

    from solutions.conv_resized import transposed_width
    from solutions.conv_sizes import conv_width
    from solutions.conv_windows import dilated_by_support

    n, k, p, s, r = int(N), int(k), int(p), int(s), int(r)
    if wrong == "conv":
        return conv_width(n, k, s, r, p, p)
    if wrong == "transposed":
        return transposed_width(n, k, s, p, r, 0)
    if wrong == "params":
        return sum(q.numel() for q in torch.nn.Conv2d(int(C), int(F), k, device="meta").parameters())
    return dilated_by_support(k, r, "covered" if wrong == "cover" else "padding")


def drawn_value(N0: int, k0: int, p0: int, s0: int, r0: int, C0: int, F0: int, wrong: str) -> float:
    """`line_value` at the drawn numbers."""
    return line_value(N0, k0, p0, s0, r0, C0, F0, wrong)


def _right(line: str, printed: str) -> bool:
    """True where the printed formula has torch's value in every case."""
    for width, k, p, s, r in itertools.product((24, 25), (3, 5), (1,), (2, 3), (1, 2)):
        values = (width, k, p, s, r, 2 + width % 3, 3)
        scope = Scope(constants={name: Fraction(v) for name, v in zip(NAMES, values, strict=True)})
        if abs(float(exact(read(printed, scope))) - line_value(*values, line)) > 1e-9:
            return False
    return True
