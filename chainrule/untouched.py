"""Whether code is what was handed out to start from."""

from __future__ import annotations

import re

from chainrule.logical_lines import logical_lines


def is_untouched(code: str, starter: str, entry: str) -> bool:
    """True where the code is the question's beginning, comments and texts at the top aside, or defines nothing yet."""
    lines = bare_statements(code)
    if starter and lines == bare_statements(starter):
        return True
    *imports, last = lines or [""]
    empty = re.fullmatch(rf"def\s+{re.escape(entry)}\b.*:\n?\s*(\.\.\.|pass)", last, re.DOTALL)
    return bool(empty) and all(re.match(r"(import|from)\s", line) for line in imports)


def bare_statements(code: str) -> list[str]:
    """The top-level statements without comments, empty lines and texts that stand alone."""
    kept: list[list[str]] = []
    for line in logical_lines(code):
        bare = line.split("#", 1)[0].rstrip() if "'" not in line and '"' not in line else line.rstrip()
        if not bare.strip() or re.match(r"\s*r?(\"\"\"|''')", bare):
            continue
        if bare[0].isspace() and kept:
            kept[-1].append(bare)
        else:
            kept.append([bare])
    return ["\n".join(lines) for lines in kept]
