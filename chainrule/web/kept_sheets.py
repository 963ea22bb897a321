"""A server's sheets on disk, so that its next start need not make them: a file for each topic, named by its content.

What a sheet comes from is all of the program, its bank, and the packages that compute: a change of any of it makes
other names, and the files under the old ones go when there are too many.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path

from chainrule.web.sheet_pieces import Pieces
from grader.sources import files_digest, package_version
from questions.case_store import digest, folder, put

KIND = "sheets"  # of files in the cache
MOST = 60  # files that are kept, a few hundred kilobytes each
SOURCES = frozenset({".py", ".yaml", ".html"})
HOMES = ("chainrule", "grader", "questions", "solutions", "templates")
PACKAGES = ("numpy", "sympy", "torch", "jinja2")
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class KeptSheets:
    """The sheets that are kept of the banks in these folders, None for the shipped one."""

    folders: Sequence[Path] | None

    def load(self, topic: str) -> Pieces | None:
        """The sheet of a topic; None where there is none, or a damaged one."""
        try:
            path = self._path(topic)
            found = json.loads(path.read_text(encoding="utf-8"))
            pieces = Pieces(**found["pieces"])
            whole = found["digest"] == _digest_of(pieces) and pieces.topic == topic
            os.utime(path)  # those in use are the last to go
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return pieces if whole else None

    def save(self, pieces: Pieces) -> None:
        """Keeps a sheet; not where what it comes from has changed meanwhile, nor where nothing can be written."""
        try:
            if _content(self.folders) != self._content:
                return
            path = self._path(pieces.topic)
        except OSError:
            return
        text = json.dumps({"digest": _digest_of(pieces), "pieces": asdict(pieces)})
        put(path, lambda file: file.write(text.encode()))
        _keep_the_newest(path.parent)

    def _path(self, topic: str) -> Path:
        return folder(KIND) / f"{digest(topic, self._content)}.json"

    @cached_property
    def _content(self) -> str:
        return _content(self.folders)


def _content(folders: Sequence[Path] | None) -> str:
    """A digest of all that sheets come from. Raises OSError where a file of it cannot be read."""
    homes = [*(ROOT / name for name in HOMES), *(folders or ())]
    sources = [files_digest(home, (file for file in home.rglob("*") if file.suffix in SOURCES)) for home in homes]
    return digest(sources, platform.python_version(), *map(package_version, PACKAGES))


def _digest_of(pieces: Pieces) -> str:
    return digest(*(getattr(pieces, field.name) for field in fields(pieces)))


def _keep_the_newest(place: Path) -> None:
    """Removes all files but the newest, half ones of processes that were killed too."""
    try:
        for file in sorted(place.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[MOST:]:
            file.unlink()
    except OSError:
        return  # another process was quicker
