"""An answer in a cell: the text that is assigned to `answer_2b`, or what else was written there.

A cell is read line by line and never run.
"""

from __future__ import annotations

import re

from chainrule.logical_lines import logical_lines

_ASSIGNED = re.compile(r"(?P<name>\w+)\s*(?::[^=\n]*)?=(?!=)\s*(?P<value>.*)", re.DOTALL)
_OURS = re.compile(r"answer_\w+")
_QUOTED = re.compile(r"[rRfFuU]{0,2}(?P<quote>\"\"\"|'''|\"|')")
_EMPTY = ("None", "...")  # what Python has for nothing


def quoted(source: str, name: str = "") -> str:
    """The answer in a cell, '' for none: the last text assigned to `name` that is not empty.

    Where the cell assigns nothing to it, any name of ours counts: cells are merged, and names are changed. Where none
    has a text, the one text that the cell assigns or consists of, else all that stands in it but comments.
    """
    statements = [line for line in logical_lines(source) if line.strip() and not line.lstrip().startswith("#")]
    ours: list[tuple[str, str]] = []
    others: list[str] = []
    for line in statements:
        found = _ASSIGNED.match(line.lstrip())
        if found and _OURS.fullmatch(found["name"]):
            ours.append((found["name"], _value(found["value"])))
        elif not _OURS.search(line):  # a cell may print its answer
            others.append(line)
    own = [one for one in ours if one[0] == name] or ours
    texts = [text for _, text in own if text]
    return texts[-1] if texts else _else(others)


def _else(statements: list[str]) -> str:
    if len(statements) == 1:
        found = _ASSIGNED.match(statements[0].lstrip())
        text = found["value"] if found else statements[0].strip()
        if _QUOTED.match(text):
            return _value(text)
    return "\n".join(statements).strip()


def _value(written: str) -> str:
    """What is between the quotes, else what is written before a comment."""
    opened = _QUOTED.match(written)
    if opened is None:
        text = written.split("#", 1)[0].strip()
        return "" if text in _EMPTY else text
    quote = opened["quote"]
    inside, closed, behind = written[opened.end() :].partition(quote)
    behind = behind.strip()
    if len(quote) == 1 and closed and behind and not behind.startswith("#"):
        return written.strip()  # more than one text: it is taken as it is written
    return inside.strip("\n").rstrip() if len(quote) == 3 else inside.strip()
