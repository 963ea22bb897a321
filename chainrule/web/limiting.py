"""How often somebody may ask: counted in the server's memory, for each person or address, in a moving window.

One person who uses their own machine is never limited.
"""

from __future__ import annotations

from math import ceil
from threading import Lock
from time import time
from typing import TYPE_CHECKING, Literal, TypeAlias

from flask import current_app
from limits import parse_many

from chainrule.classes.digests import digest
from chainrule.web.refusals import Refused
from chainrule.web.windows import Rate, Windows

if TYPE_CHECKING:
    from chainrule.web.site import Limits, Site

Kind: TypeAlias = Literal["login", "address", "judged", "kept", "pages", "strangers"]
BLOCK = 10_000  # letters of an answer that count as one more
SAYS: dict[Kind, str] = {
    "login": "Too many attempts with this login.",
    "address": "Too many attempts from this address.",
    "judged": "Too many answers in a short time.",
    "kept": "Too many answers, or too long ones, in a short time.",
    "pages": "Too many requests in a short time.",
    "strangers": "Too many requests in a short time.",
}


class Limiting:
    """Counts what was asked. It may be used from several threads."""

    def __init__(self, limits: Limits) -> None:
        self._rates = {kind: _rates(getattr(limits, kind)) for kind in SAYS}
        self._windows = Windows()
        self._one = Lock()

    def check(self, kind: Kind, who: str) -> None:
        """Raises Refused with the seconds to wait where it was too often already."""
        with self._one:
            self._check(kind, _key(who))

    def count(self, kind: Kind, who: str, times: int = 1) -> None:
        """Counts so many times more; raises Refused, and counts nothing, where it was too often already."""
        with self._one:
            self._check(kind, _key(who))
            for _ in range(times):
                self._windows.count((kind, _key(who)), self._rates[kind], time())

    def forget(self, kind: Kind, who: str) -> None:
        """Begins to count anew."""
        with self._one:
            self._windows.forget((kind, _key(who)))

    def _check(self, kind: Kind, key: str) -> None:
        wait = self._windows.wait((kind, key), self._rates[kind], time())
        if wait > 0:
            seconds = max(1, ceil(wait))
            raise Refused(f"{SAYS[kind]} Try again in {_spoken(seconds)}.", 429, after=seconds)


def _rates(text: str) -> tuple[Rate, ...]:
    return tuple(Rate(one.amount, one.get_expiry()) for one in parse_many(text))


def _key(who: str) -> str:
    """What is counted under: of one length, since strangers may type anything as a login."""
    return digest(who)


def _spoken(seconds: int) -> str:
    return f"{seconds} s" if seconds < 100 else f"{ceil(seconds / 60)} minutes"


def count_kept(site: Site, who: str, answer: str) -> None:
    """Counts an answer that is to be kept, a long one several times. Raises Refused.

    Nothing that was kept is ever thrown away: one person must not be able to fill the disk.
    """
    if site.classes:
        limiting().count("kept", who, 1 + len(answer) // BLOCK)


def limiting() -> Limiting:
    """Of the application that runs."""
    found = current_app.extensions["chainrule_limiting"]
    assert isinstance(found, Limiting)
    return found
