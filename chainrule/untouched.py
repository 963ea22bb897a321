"""Whether code is what was handed out to start from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chainrule.logical_lines import LineState, logical_lines

_NOTHING = ("...", "pass")


def is_untouched(code: str, starter: str, entry: str) -> bool:
    """True where the code is the question's beginning, comments and texts at the top aside, or defines nothing yet."""
    statements = _statements(code)
    if starter and statements == _statements(starter):
        return True
    *imports, last = statements or [[""]]
    return _is_empty(last, entry) and all(re.match(r"(import|from)\s", lines[0]) for lines in imports)


def bare_statements(code: str) -> list[str]:
    """The top-level statements without comments, empty lines and texts that stand alone."""
    return ["\n".join(lines) for lines in _statements(code)]


def _is_empty(statement: Sequence[str], entry: str) -> bool:
    """True for a definition of the function with nothing in it."""
    head, *body = statement
    found = re.match(rf"def\s+{re.escape(entry)}\b", head)
    if body:
        return bool(found) and len(body) == 1 and body[0].strip() in _NOTHING
    return bool(found) and re.search(r":\s*(\.\.\.|pass)$", head) is not None


def _statements(code: str) -> list[list[str]]:
    """Each top-level statement as its logical lines."""
    kept: list[list[str]] = []
    for line in logical_lines(code):
        bare = _uncommented(line) if "#" in line else line.rstrip()
        if not bare.strip() or re.match(r"\s*r?(\"\"\"|''')", bare):
            continue
        if bare[0].isspace() and kept:
            kept[-1].append(bare)
        else:
            kept.append([bare])
    return kept


def _uncommented(piece: str) -> str:
    """The logical line without the comments in its lines."""
    state = LineState()
    kept: list[str] = []
    for line in piece.split("\n"):
        state.read(line)
        bare = line[: state.comment]
        if bare.strip() or state.comment is None:
            kept.append(bare if state.comment is None else bare.rstrip())
    return "\n".join(kept).rstrip()
