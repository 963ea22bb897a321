"""Names of files for students: safe on every system for any id, and no two alike."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9]([a-z0-9._@-]{0,62}[a-z0-9])?")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")  # names of devices on Windows
MARK = "~"  # stands in no plain name


def file_stem(id: str) -> str:
    """The student's id where it can be a name of a file, else what is left of it with a digest of the whole."""
    if _PLAIN.fullmatch(id) and not _RESERVED.fullmatch(id):
        return id
    left = re.sub(r"[^a-z0-9]+", "-", id.lower())[:40].strip("-")
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{left or 'student'}{MARK}{digest[:16]}"
