"""What stored results rest on: files by their content, packages by their version. A change of either is seen here."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path


def files_digest(home: Path, files: Iterable[Path]) -> str:
    """A digest of what the files hold and where below `home` they lie; where `home` itself lies changes nothing.

    Raises OSError where a file cannot be read.
    """
    found = hashlib.sha256()
    for name, file in sorted((file.relative_to(home).as_posix(), file) for file in files):
        found.update(os.fsencode(name) + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def package_version(name: str) -> str:
    """The version of a package, '' where it is not installed: an autograder may do without torch."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
