"""What one student handed in, copied into a folder of its own within bounds; what is not taken is said."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from chainrule.bulk.zips import DAMAGE, Refused, entry_names, opened, ours, printable, problem_of, safe_path

KINDS = frozenset({".py", ".ipynb", ".yaml", ".yml", ".txt", ".md", ".tex"})  # in which answers may stand
PACKED = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".xz", ".bz2"})
JUNK = frozenset({"__MACOSX", "__pycache__", "node_modules", "venv", "site-packages"})
CHUNK = 1 << 16
MOST_PROBLEMS = 20  # that are told one by one
EXPECTED = "answers.yaml, Python files or notebooks are expected"


@dataclass(frozen=True)
class Limits:
    """Of one submission. ratio: of unpacked to packed bytes, where a file has more than `small` bytes."""

    entries: int = 10_000
    bytes: int = 100_000_000
    file_bytes: int = 20_000_000
    ratio: int = 200
    small: int = 2_000_000
    depth: int = 3  # zips within zips


@dataclass(frozen=True)
class Piece:
    """One thing handed in. name: its path; open: its bytes; packed: how many they are in a zip, 0 elsewhere.

    problem: why it is not taken, where that is known beforehand.
    """

    name: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    packed: int = 0
    problem: str = ""


class Taking:
    """Takes pieces into the folder `root`. files: what was taken; problems: a sentence for each thing that was not."""

    def __init__(self, root: Path, limits: Limits) -> None:
        self.root = root
        self.files: dict[Path, None] = {}
        self.problems: list[str] = []
        self._limits = limits
        self._entries = limits.entries
        self._bytes = limits.bytes
        self._other: list[str] = []
        self._untold = 0

    def take(self, pieces: Iterable[Piece], *, within: tuple[str, ...] = (), depth: int = 0) -> None:
        """Takes these pieces, each as far as it can be; zips are unpacked. within: folders to put them in."""
        for piece in pieces:
            if self._entries == 0:
                self.say(f"more than {self._limits.entries} files; the others are left out")
                return
            self._entries -= 1
            shown = printable("/".join([*within, piece.name]))
            try:
                self._take(piece, within, depth, shown)
            except Refused as error:
                self.say(str(error))
            except DAMAGE as error:
                if ours(error):
                    raise
                self.say(f"{shown}: damaged, so it cannot be unpacked or read; hand it in again")

    def say(self, problem: str) -> None:
        """Keeps a sentence for the student; not hundreds of them."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self._untold += 1

    def told(self) -> tuple[str, ...]:
        """All problems, also of what holds no answers at all."""
        found = list(self.problems)
        if self._untold:
            found.append(f"{self._untold} more things could not be taken")
        if self._other and not self.files and not found:
            came = ", ".join(self._other[:5]) + (", ..." if len(self._other) > 5 else "")
            found.append(f"nothing can be graded in {came}; {EXPECTED}")
        return tuple(found)

    def _take(self, piece: Piece, within: tuple[str, ...], depth: int, shown: str) -> None:
        path = (*within, *safe_path(piece.name))
        if len(path) == len(within) or any(is_junk(part) for part in path):
            return
        if piece.problem:
            raise Refused(f"{shown}: {piece.problem}")
        kind = Path(path[-1]).suffix.lower()
        if kind == ".zip":
            self._unpack(piece, path, depth, shown)
        elif kind in PACKED:
            raise Refused(f"{shown}: of packed files only zip files are read; hand in the files, or a zip file")
        elif kind in KINDS:
            self._copy(piece, self._place(path, shown), shown)
        else:
            self._other.append(shown)

    def _place(self, path: tuple[str, ...], shown: str) -> Path:
        place = self.root.joinpath(*path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise Refused(f"{shown}: a file has the name of its folder; rename one") from None
        if place in self.files:
            self.say(f"{shown}: came twice under this name; the last one counts")
        elif place.is_dir():
            raise Refused(f"{shown}: a folder has its name; rename one")
        return place

    def _copy(self, piece: Piece, place: Path, shown: str) -> None:
        try:
            with place.open("wb") as out:
                for chunk in self._chunks(piece, shown, self._limits.file_bytes):
                    out.write(chunk)
        except BaseException:
            place.unlink(missing_ok=True)
            self.files.pop(place, None)
            raise
        self.files[place] = None

    def _chunks(self, piece: Piece, shown: str, most: int) -> Iterator[bytes]:
        """The bytes of a piece, as long as all bounds are kept."""
        size = 0
        with piece.open() as stream:
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                self._bytes -= len(chunk)
                if size > most:
                    raise Refused(f"{shown}: larger than {most // 1_000_000} MB, so it is left out")
                if self._bytes < 0:
                    raise Refused(f"{shown}: more than {self._limits.bytes // 1_000_000} MB in all; left out")
                if piece.packed and size > max(self._limits.small, piece.packed * self._limits.ratio):
                    raise Refused(f"{shown}: unpacks to more than {self._limits.ratio} times its size; left out")
                yield chunk

    def _unpack(self, piece: Piece, path: tuple[str, ...], depth: int, shown: str) -> None:
        if depth == self._limits.depth:
            raise Refused(f"{shown}: more than {depth} zip files within each other; hand in the files")
        with self._seekable(piece, shown) as file:
            try:
                with opened(file) as archive:
                    entries = ((name, info) for name, info in entry_names(archive) if not info.is_dir())
                    pieces = (zip_piece(archive, info, name) for name, info in entries)
                    self.take(pieces, within=path, depth=depth + 1)
            except Refused as error:
                raise Refused(f"{shown}: {error}") from None

    @contextmanager
    def _seekable(self, piece: Piece, shown: str) -> Iterator[BinaryIO]:
        """A zip as a file to go to and fro in: as it lies on disk, or unpacked from the zip around it."""
        if not piece.packed:
            with piece.open() as file:
                yield file
            return
        with tempfile.TemporaryFile() as spooled:
            for chunk in self._chunks(piece, shown, self._limits.bytes):
                spooled.write(chunk)
            yield spooled


def is_junk(name: str) -> bool:
    """True for a file or folder that a system or a tool puts beside what people write."""
    return name.startswith(".") or name in JUNK


def zip_piece(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Piece:
    """An entry of a zip under that name."""
    return Piece(name, lambda: _open_entry(archive, info), max(1, info.compress_size), problem_of(info))


def _open_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> AbstractContextManager[BinaryIO]:
    return archive.open(info)  # type: ignore[return-value]
