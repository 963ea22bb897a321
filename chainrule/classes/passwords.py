"""Passwords: hashed with Argon2id, compared in the same time whether or not there is such a person."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from chainrule.classes.digests import new_secret

AT_ONCE = 4  # passwords that are hashed
MOST_TYPED = 4000  # letters; whatever is longer is nobody's, and finding its one spelling could take minutes


def _recommended() -> PasswordHasher:
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@dataclass(frozen=True)
class Passwords:
    """Hashes and compares. hasher: with the parameters of today; older hashes are read with their own.

    Each hash takes 64 MB while it is made, so that only a few are made at once: strangers must not fill the memory.
    """

    hasher: PasswordHasher = field(default_factory=_recommended)
    few: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE), repr=False, compare=False)

    def hash(self, password: str) -> str:
        """What is kept of the password."""
        with self.few:
            return self.hasher.hash(_same_everywhere(password))

    def matches(self, kept: str, password: str) -> bool:
        """Whether the password is the one that was kept. kept: '' for nobody, which takes as long and is never true."""
        if len(password) > MOST_TYPED:
            kept, password = "", ""
        compared = kept or self._decoy
        try:
            with self.few:
                self.hasher.verify(compared, _same_everywhere(password))
        except (VerificationError, InvalidHashError):
            return False
        return bool(kept)

    def stale(self, kept: str) -> bool:
        """Whether the hash was made with other parameters than those of today."""
        return self.hasher.check_needs_rehash(kept)

    @cached_property
    def _decoy(self) -> str:
        return self.hasher.hash(new_secret())


def _same_everywhere(password: str) -> str:
    """One spelling for what keyboards and systems spell differently, as an accent; nothing is cut off."""
    return unicodedata.normalize("NFKC", password)
