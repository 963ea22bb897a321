"""Zip files from strangers: opened only where they are bounded, with names that lead nowhere else."""

from __future__ import annotations

import errno
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from chainrule.files import InputError

DIRECTORY_BYTES = 4_000_000  # of the list of entries: it is read as a whole, before an entry can be counted
DEEPEST, LONGEST = 20, 200  # folders within each other; bytes of one name
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for gigabytes before the first byte is out
END = struct.Struct("<4s4H2LH")  # the record at the end of a zip
END_64, PLACE_64 = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")  # where it is a large one
DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
    OverflowError, IndexError, KeyError, RecursionError,
)  # fmt: skip


OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class Refused(InputError):
    """Something that was handed in is not taken; the message says why, for whoever handed it in."""


def ours(error: BaseException) -> bool:
    """True where this machine has no room or may not write: nobody's submission is at fault."""
    return isinstance(error, OSError) and error.errno in OURS


def safe_path(name: str) -> tuple[str, ...]:
    """The folders and the file that a name consists of, none of which leads out. Raises Refused.

    Windows' separators count; letters are composed alike, so that one name has one spelling.
    """
    shown = printable(name)
    path = unicodedata.normalize("NFC", name).replace("\\", "/")
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        raise Refused(f"{shown}: a path from the root of a disk, so it is left out; pack the files by their names")
    parts = tuple(part for part in path.split("/") if part not in ("", "."))
    if ".." in parts:
        raise Refused(f"{shown}: leads out of what was handed in, so it is left out")
    if not all(part.isprintable() for part in parts):
        raise Refused(f"{shown}: has letters that no name of a file has, so it is left out; rename it")
    if len(parts) > DEEPEST or any(len(part.encode()) > LONGEST for part in parts):
        raise Refused(f"{shown}: too long or too deep in folders, so it is left out; rename it")
    return parts


def printable(name: str, most: int = 100) -> str:
    """The name as it can be shown."""
    text = "".join(letter if letter.isprintable() else "?" for letter in name)
    return text if len(text) <= most else text[: most - 3] + "..."


def entry_names(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The entries with their names, in which folders are told by `/`."""
    for info in archive.infolist():
        yield _name_of(info).replace("\\", "/"), info


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name of an entry. Many programs write UTF-8 and do not say so: what reads as UTF-8 is taken as that."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


@contextmanager
def opened(file: BinaryIO, *, most: int = DIRECTORY_BYTES) -> Iterator[zipfile.ZipFile]:
    """The zip in a file that can be sought in. most: bytes of its list of entries. Raises Refused."""
    try:
        length = _directory_bytes(file)
        if length > most:
            raise Refused(f"too many files in it: their list alone has {length / 1e6:.1f} MB, at most {most / 1e6:g}")
        archive = zipfile.ZipFile(file)
    except DAMAGE:
        raise Refused("not a zip file, or a damaged one; pack it again") from None
    with archive:
        yield archive


def _directory_bytes(file: BinaryIO) -> int:
    """The length of the list of entries, from the record at the end. Raises ValueError where there is none."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - END.size - 65_535)  # a comment may follow the record
    file.seek(start)
    tail = file.read()
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < END.size:
        raise ValueError("no record at the end")
    length: int = END.unpack_from(tail, found)[5]
    place = start + found - PLACE_64.size
    if length == 0xFFFFFFFF and place >= 0:
        file.seek(place)
        file.seek(PLACE_64.unpack(file.read(PLACE_64.size))[2])
        length = END_64.unpack(file.read(END_64.size))[8]
    return length


def problem_of(info: zipfile.ZipInfo) -> str:
    """Why an entry is not unpacked: a link, a device, under a password; '' for a plain file."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "a link, which is not followed; hand in the file itself"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "no file; hand in files"
    if info.flag_bits & 0x1:
        return "protected by a password; pack it without one"
    if info.compress_type not in PLAIN:
        return "packed in a way that is not read; pack it as an ordinary zip file"
    return ""
