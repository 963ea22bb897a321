"""The address of a server, and the token that may be sent there."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from chainrule import files
from chainrule.hosts import is_loopback
from chainrule.remote.errors import RemoteError

VARIABLE = "CHAINRULE_TOKEN"
LONGEST = 1000


def checked_address(text: str, *, with_token: bool) -> str:
    """The address without a slash at its end. Raises RemoteError where it is none, or a token would go in the clear."""
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise RemoteError(f"{text}: is no address: {error}") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise RemoteError(f"{text}: is no address of a server; expected one such as https://quiz.example.org")
    if parts.username is not None or parts.query or parts.fragment:
        raise RemoteError(f"{parts.scheme}://{host}: the address holds more than host, port and path; leave that out")
    if parts.scheme == "http" and with_token and not is_loopback(host):
        raise RemoteError(
            f"{text}: the token would travel for everybody to read; use https://, or for a server on this machine "
            "http://127.0.0.1"
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def read_token(path: Path | None) -> str:
    """The token in the file, else in CHAINRULE_TOKEN; '' where there is neither. Raises InputError and RemoteError."""
    text = os.environ.get(VARIABLE, "") if path is None else files.read(path, most=LONGEST)
    token, where = text.strip(), VARIABLE if path is None else str(path)
    if path is not None and not token:
        raise RemoteError(f"{where}: holds no token; it is one line of letters, digits, - and _")
    if not (token.isascii() and token.isprintable()) or " " in token or len(token) > LONGEST:
        raise RemoteError(f"{where}: holds something else than a token; it is one line of letters, digits, - and _")
    return token
