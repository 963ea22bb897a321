"""Watching files: work is done at once, and again whenever they were saved and have come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

PAUSE = 0.2  # seconds between two looks
GONE = 5  # looks for which a missing file is waited for: editors take a file away for a moment to replace it

State = dict[Path, tuple[int, int, int] | None]


def saves(
    watched: Callable[[], Iterable[Path]], *, sleep: Callable[[], None] = lambda: time.sleep(PAUSE)
) -> Iterator[None]:
    """Yields at once, and then after each change of the watched files; never ends.

    watched: the files to look at, asked anew each time, since a folder or a quiz may come to name others.
    A change is passed on when two looks in a row saw the same, so that a file that is being written is let be; what
    is missing gets longer. A change during the work counts too. sleep: waits between two looks.
    """
    while True:
        seen = _state(watched())
        yield
        while (now := _state(watched())) == seen:
            sleep()
        calm = 0
        while calm < (GONE if None in now.values() or not now else 1):
            sleep()
            later = _state(watched())
            calm = calm + 1 if later == now else 0
            now = later


def _state(files: Iterable[Path]) -> State:
    """What changes when a file is saved: time, size, and which file it is; None where it is missing."""
    found: State = {}
    for file in files:
        try:
            state = file.stat()
        except (OSError, ValueError):
            found[file] = None
        else:
            found[file] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return found
