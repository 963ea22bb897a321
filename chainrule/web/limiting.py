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
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from chainrule.classes.digests import digest
from chainrule.web.refusals import Refused

if TYPE_CHECKING:
    from limits import RateLimitItem

    from chainrule.web.site import Limits

Kind: TypeAlias = Literal["login", "address", "judged", "pages", "strangers"]
SAYS: dict[Kind, str] = {
    "login": "Too many attempts with this login.",
    "address": "Too many attempts from this address.",
    "judged": "Too many answers in a short time.",
    "pages": "Too many requests in a short time.",
    "strangers": "Too many requests in a short time.",
}


class Limiting:
    """Counts what was asked. It may be used from several threads."""

    def __init__(self, limits: Limits) -> None:
        kinds: tuple[Kind, ...] = ("login", "address", "judged", "pages", "strangers")
        self._rates = {kind: parse_many(getattr(limits, kind)) for kind in kinds}
        self._counts = MovingWindowRateLimiter(MemoryStorage())
        self._one = Lock()

    def check(self, kind: Kind, who: str) -> None:
        """Raises Refused with the seconds to wait where it was too often already."""
        with self._one:
            self._check(kind, _key(who))

    def count(self, kind: Kind, who: str) -> None:
        """Counts once more; raises Refused, and counts nothing, where it was too often already."""
        with self._one:
            self._check(kind, _key(who))
            for rate in self._rates[kind]:
                self._counts.hit(rate, kind, _key(who))

    def forget(self, kind: Kind, who: str) -> None:
        """Begins to count anew."""
        with self._one:
            for rate in self._rates[kind]:
                self._counts.clear(rate, kind, _key(who))

    def _check(self, kind: Kind, key: str) -> None:
        for rate in self._rates[kind]:
            if not self._counts.test(rate, kind, key):
                seconds = self._wait(rate, kind, key)
                raise Refused(f"{SAYS[kind]} Try again in {_spoken(seconds)}.", 429, after=seconds)

    def _wait(self, rate: RateLimitItem, kind: Kind, key: str) -> int:
        return max(1, ceil(self._counts.get_window_stats(rate, kind, key).reset_time - time()))


def _key(who: str) -> str:
    """What is counted under: of one length, since strangers may type anything as a login."""
    return digest(who)


def _spoken(seconds: int) -> str:
    return f"{seconds} s" if seconds < 100 else f"{ceil(seconds / 60)} minutes"


def limiting() -> Limiting:
    """Of the application that runs."""
    found = current_app.extensions["chainrule_limiting"]
    assert isinstance(found, Limiting)
    return found
