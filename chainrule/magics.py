"""Cells without magics, shell lines and help requests, which are no Python."""

from __future__ import annotations

import re

from chainrule.logical_lines import LineState

# %%time above a cell of Python leaves Python; any other cell magic makes of the cell what it likes
_PYTHON_BELOW = re.compile(r"%%(time|timeit|capture|prun|python3?)\b")
_LINE = re.compile(
    r"""\s*(
        [%!] .*                              # %matplotlib inline, !pip install
      | [A-Za-z_][\w.,\ ]* = \s* [%!] .*     # files = !ls, t = %timeit -o f()
      | \?{1,2} [\w.]+ | [\w.]+ \?{1,2}      # ?np.dot, np.dot??
    )\s*$""",
    re.VERBOSE,
)


def without_magics(source: str) -> tuple[str, tuple[str, ...]]:
    """The Python in a cell, and the lines left out; `pass` stands in their place, so that lines keep their numbers."""
    first = next((line for line in source.split("\n") if line.strip()), "").strip()
    if first.startswith("%%") and not _PYTHON_BELOW.match(first):
        return "", (first,)
    state = LineState()
    kept, dropped = [], []
    for line in source.split("\n"):
        if not state.inside and _LINE.match(line):
            dropped.append(line.strip())
            line = line[: len(line) - len(line.lstrip())] + "pass"
        state.read(line)
        kept.append(line)
    return "\n".join(kept), tuple(dropped)
