"""What visitors hold to be known again: random, handed out once, and kept by the server as a digest only."""

from __future__ import annotations

import hashlib
from secrets import token_urlsafe

BYTES = 32


def new_secret() -> str:
    """256 random bits, in letters that may stand in an address."""
    return token_urlsafe(BYTES)


def digest(secret: str) -> str:
    """What the server keeps of it. Nobody can guess 256 bits, so no salt and no slow hash is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
