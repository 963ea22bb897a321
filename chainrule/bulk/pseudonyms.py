"""How students are called in what is shown to others: the same in every run, and nobody can tell who it is."""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from chainrule import files
from chainrule.files import InputError

NAME = "report.secret"
BYTES = 32
LETTERS = 10  # so that hardly ever two of a class are called the same


class Pseudonyms:
    """Names such as `S-4f1c09ab7e`, by a secret."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __call__(self, student: str) -> str:
        """What the student of that id is called."""
        text = student.encode("utf-8", "surrogatepass")
        return f"S-{hmac.digest(self._secret, text, sha256).hex()[:LETTERS]}"


def secret_beside(out: Path) -> bytes:
    """The secret in the file `report.secret` beside the folder OUT, made where there is none; only its owner reads it.

    It lies outside, so that the folder can be given away; all graded folders side by side call students the same.
    Raises InputError.
    """
    path = out.resolve().parent / NAME
    try:
        if not path.exists():
            _make(path)
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or 'cannot be written').lower()}") from None
    try:
        found = bytes.fromhex(files.read(path).strip())
    except ValueError:
        found = b""
    if len(found) < BYTES:
        raise InputError(f"{path}: expected {2 * BYTES} hexadecimal digits; delete it, and a new one is made")
    return found


def _make(path: Path) -> None:
    """Makes the file whole or not at all; where two do so at once, the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # which nobody else can read
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(BYTES) + "\n")
        with suppress(FileExistsError):
            Path(path).hardlink_to(fresh)
    finally:
        Path(fresh).unlink(missing_ok=True)
