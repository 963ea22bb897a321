"""The token of programs where one person uses the server: it follows from the server's secret."""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from flask import g, request

from chainrule.files import InputError
from chainrule.web.people import OWNER

if TYPE_CHECKING:
    from pathlib import Path

    from chainrule.web.people import Person
    from chainrule.web.site import Site

BEGINS = "chainrule_"  # as those of a class begin
NAME = "token"  # of the file


def own_token(secret: bytes) -> str:
    """The token; another secret gives another one."""
    found = hmac.new(secret, b"the token of the owner's programs", hashlib.sha256).digest()
    return BEGINS + urlsafe_b64encode(found).decode().rstrip("=")


def keep_token(secret_file: Path, secret: bytes) -> Path:
    """The file with the token, beside that of the secret; only its owner can read it. Raises InputError."""
    path = secret_file.with_name(NAME)
    try:
        fresh = path.with_name(f"{NAME}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(own_token(secret) + "\n")
        fresh.replace(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {(error.strerror or 'unknown reason').lower()}") from None
    return path


def owner_by_token(site: Site) -> Person | None:
    """The owner, where the request carries the token; `g.by_token` then says that no form's token is needed."""
    scheme, _, held = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer" or not _same(held.strip(), own_token(site.secret)):
        return None
    g.by_token = True
    return OWNER


def _same(sent: str, right: str) -> bool:
    return hmac.compare_digest(sent.encode("utf-8", "replace"), right.encode())
