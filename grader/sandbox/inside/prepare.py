"""Getting ready to run submissions of one kind: packages imported and warmed, layers of confinement tried."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from grader.sandbox.inside import packages
from grader.sandbox.inside.confine import Confinement, offered

FOREIGN = ("site-packages", "dist-packages")
"""Folders of installed packages that may lie inside the standard library's."""


def prepared(settings: dict[str, Any]) -> Confinement:
    """What this machine offers for confinement, once everything is imported.

    settings: those of `start.py`.
    Raises what an import raises; RuntimeError where a thread is running that a fork would lose.
    """
    packages.warm(settings["uses"])
    if sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) != 1:
        raise RuntimeError("a second thread is running; a forked child could hang")
    readable = _readable(settings["readable"])
    confinement = offered(readable, wrapped=settings["wrapped"], gpu=settings.get("gpu"))
    _hide_ourselves()
    return confinement


def _readable(others: list[str]) -> list[str]:
    """The standard library entry by entry, without the `site-packages` inside it, and the given paths."""
    folders = [folder for folder in map(Path, sys.path) if folder.is_dir()]
    library = [str(entry) for folder in folders for entry in folder.iterdir() if entry.name not in FOREIGN]
    return [path for path in (*library, *others) if Path(path).exists()]


def _hide_ourselves() -> None:
    for name in [n for n in sys.modules if n.partition(".")[0] == "grader"]:
        del sys.modules[name]
