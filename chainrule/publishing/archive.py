"""Zip files whose bytes depend on their content alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file can name
RUNNABLE = 0o755
PLAIN = 0o644


def zipped(files: Mapping[str, bytes], *, runnable: frozenset[str] = frozenset()) -> bytes:
    """The files as a zip file, in their order. runnable: names of those that may be executed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever the machine is: the rights below are Unix's
            entry.external_attr = (0o100000 | (RUNNABLE if name in runnable else PLAIN)) << 16
            archive.writestr(entry, content)
    return target.getvalue()
