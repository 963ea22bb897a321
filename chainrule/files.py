"""Writing files so that an interruption leaves the old file or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from grader.errors import ChainruleError

MAX_BYTES = 2_000_000


class InputError(ChainruleError):
    """A file that a command was given cannot be used; the message names it."""


def write(path: Path, content: str | bytes) -> None:
    """Writes bytes, or a text as UTF-8, by way of a temporary file beside it. Missing folders are made.

    Raises InputError that names the file.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():  # a device such as /dev/stdout; a folder says so itself
            path.write_bytes(data)
        else:
            _replace(path, [data])
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise InputError(f"{path}: cannot be written: {reason}") from None


def write_lines(path: Path, lines: Iterable[str]) -> int:
    """How many lines were written, each with an end; they are not held together in memory. Raises InputError."""
    count = 0

    def pieces() -> Iterator[bytes]:
        nonlocal count
        for line in lines:
            count += 1
            yield f"{line}\n".encode()

    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(pieces())
        else:
            _replace(path, pieces())
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise InputError(f"{path}: cannot be written: {reason}") from None
    return count


def _replace(path: Path, data: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(data)
        Path(name).chmod(0o666 & ~_umask())  # mkstemp lets nobody else read
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def read(path: Path, *, most: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file of at most `most` bytes; raises InputError that names it."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    if len(data) > most:
        raise InputError(f"{path}: larger than {most // 1_000_000} MB, so it is not read")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
