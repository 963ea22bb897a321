"""Where the submissions of a class lie: a folder, or a zip file as platforms deliver it."""

from __future__ import annotations

import os
import stat
import zipfile
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from chainrule.bulk.platforms import METADATA
from chainrule.bulk.taking import Piece, is_junk, zip_piece
from chainrule.bulk.zips import DEEPEST, entry_names

LINK = "a link, which is not followed; hand in the file itself"


class Source(Protocol):
    """Files and folders by the names under which they lie at the top."""

    def names(self) -> dict[str, bool]:
        """Name -> whether it is a folder, sorted; without what is hidden."""

    def pieces(self, name: str) -> Iterator[Piece]:
        """What lies under the name: the files of a folder without its name, or the one file."""

    def metadata(self) -> AbstractContextManager[BinaryIO] | None:
        """What Gradescope tells about the submissions, None where that does not lie here."""


class FolderSource:
    """A folder. leave_out: files and folders in it that nobody handed in."""

    def __init__(self, path: Path, leave_out: Collection[Path] = ()) -> None:
        self._path = path
        self._left_out = {place.resolve() for place in leave_out}

    def names(self) -> dict[str, bool]:
        """Name -> whether it is a folder. A link is none, whatever it leads to."""
        return {name: is_folder for name, is_folder in _listed(self._path) if not self._leaves_out(name)}

    def pieces(self, name: str) -> Iterator[Piece]:
        """The files below it, in the order of their names."""
        place = self._path / name
        if place.is_dir() and not place.is_symlink():
            return _below(place)
        return iter([_piece(place, decoded(name))])

    def metadata(self) -> AbstractContextManager[BinaryIO] | None:
        """Gradescope's file."""
        place = self._path / METADATA
        return _open(place) if place.is_file() else None

    def _leaves_out(self, name: str) -> bool:
        return bool(self._left_out) and (self._path / name).resolve() in self._left_out


class ZipSource:
    """A zip of the whole class, held open. before: a folder around everything, whose name is left out."""

    def __init__(self, archive: zipfile.ZipFile, before: str = "") -> None:
        self._archive = archive
        self._entries: dict[str, list[tuple[str, zipfile.ZipInfo]]] = {}
        self._folders: set[str] = set()
        for path, info in entry_names(archive):
            top, below = _cut(path, before)
            if top and not is_junk(top):
                self._entries.setdefault(top, []).append((below, info))
                if below or info.is_dir():
                    self._folders.add(top)

    def names(self) -> dict[str, bool]:
        """Name -> whether it is a folder."""
        return {name: name in self._folders for name in sorted(self._entries)}

    def pieces(self, name: str) -> Iterator[Piece]:
        """Its files in the order of the zip, where a later one of the same name is the newer one."""
        for below, info in self._entries[name]:
            if not info.is_dir():
                yield zip_piece(self._archive, info, below or name)

    def metadata(self) -> AbstractContextManager[BinaryIO] | None:
        """Gradescope's file."""
        found = self._entries.get(METADATA)
        return self._archive.open(found[-1][1]) if found else None  # type: ignore[return-value]


def _cut(path: str, before: str) -> tuple[str, str]:
    """The name at the top, '' for what lies elsewhere, and the path below it."""
    if before:
        around, _, path = path.partition("/")
        if around != before:
            return "", ""
    top, _, below = path.partition("/")
    return top, below


def _below(folder: Path, before: str = "", depth: int = 1) -> Iterator[Piece]:
    """All files below the folder in the order of their names, one folder held at a time."""
    try:
        found = _listed(folder)
    except OSError as error:
        yield Piece(before or folder.name, _nothing, problem=f"cannot be opened: {(error.strerror or '').lower()}")
        return
    for name, is_folder in found:
        shown = f"{before}{decoded(name)}"
        if not is_folder:
            yield _piece(folder / name, shown)
        elif depth < DEEPEST:
            yield from _below(folder / name, f"{shown}/", depth + 1)
        else:
            yield Piece(shown, _nothing, problem="too deep in folders; hand it in higher up")


def _listed(folder: Path) -> list[tuple[str, bool]]:
    """Names in a folder, sorted, with whether each is a folder; without what is hidden."""
    with os.scandir(folder) as entries:
        return sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries if not is_junk(e.name))


def _piece(place: Path, name: str) -> Piece:
    try:
        mode = place.lstat().st_mode
    except OSError as error:
        return Piece(name, _nothing, problem=f"cannot be opened: {(error.strerror or '').lower()}")
    if stat.S_ISREG(mode):
        return Piece(name, partial(_open, place))
    return Piece(name, _nothing, problem=LINK if stat.S_ISLNK(mode) else "no file; hand in files")


def _open(place: Path) -> BinaryIO:
    """The bytes of a file; not of what took its place since it was looked at."""
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    return os.fdopen(handle, "rb")


def _nothing() -> BinaryIO:
    return BytesIO()


def decoded(name: str) -> str:
    """The name as text; one that is no UTF-8 is read as Western European, as old systems wrote it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("latin-1")
    return name
