"""Where a function is defined and what its code imports, found by reading lines.

Submissions are never parsed or compiled by a process that also knows the answers, so this looks at the text alone:
a definition is a line that begins with `def NAME`, `class NAME` or `NAME =` outside of quoted text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chainrule.logical_lines import logical_lines


def defines(source: str, name: str) -> bool:
    """True where the text defines `name` at its top level."""
    return name in source and defined_in(logical_lines(source), name)


def defined_in(statements: Iterable[str], name: str) -> bool:
    """True where one of the top-level statements defines `name`."""
    found = re.compile(rf"(async\s+def|def|class)\s+{re.escape(name)}\b|{re.escape(name)}\s*(:[^=]*)?=(?!=)")
    return any(found.match(line) for line in statements)


def imports_for(source: str, before: str) -> list[str]:
    """The top-level imports in `before` that bind a name which `source` mentions, in order, each once."""
    kept = [line for line in logical_lines(before) if re.match(r"(import|from)\s", line) and _needed(line, source)]
    return list(dict.fromkeys(line.rstrip() for line in kept))


def _needed(line: str, source: str) -> bool:
    return any(name == "*" or re.search(rf"\b{re.escape(name)}\b", source) for name in _bound(line))


def _bound(line: str) -> Iterator[str]:
    """The names that an import binds; `*` for all of a module's."""
    line = re.sub(r"#.*", "", line)  # in each line of an import in brackets
    found = re.match(r"from\s+[\w.]+\s+import\s+(?P<names>.*)|import\s+(?P<modules>.*)", line, re.DOTALL)
    if found is None:
        return
    text = found["names"] or found["modules"]
    for piece in re.sub(r"[()\\\n;]", " ", text).split(","):
        words = piece.split()
        if words:
            yield words[-1] if found["names"] or "as" in words else words[0].partition(".")[0]
