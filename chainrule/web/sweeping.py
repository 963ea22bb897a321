"""What a server does by itself now and then: exams whose time is over are handed in, what is over is removed."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from chainrule.web.site import Site

OVERDUE, OVER = 5.0, 600.0  # seconds between looks
log = logging.getLogger("chainrule.sweeper")


@dataclass(frozen=True)
class Chore:
    """Something to be done every so many seconds."""

    name: str
    every: float
    does: Callable[[Site], object]


class Sweeper:
    """Does the chores in a thread of its own. One that fails is logged, and tried again when its time comes."""

    def __init__(self, site: Site, chores: tuple[Chore, ...] | None = None) -> None:
        self._site, self._chores = site, usual() if chores is None else chores
        self._ended = Event()
        self._threads = [Thread(target=self._do, args=(chore,), name=chore.name, daemon=True) for chore in self._chores]

    def __enter__(self) -> Sweeper:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(5)

    def _do(self, chore: Chore) -> None:
        while not self._ended.wait(chore.every):
            try:
                chore.does(self._site)
            except Exception:
                log.exception("a chore failed", extra={"chore": chore.name})


def usual() -> tuple[Chore, ...]:
    """What every server does."""
    from chainrule.web.exam_ending import hand_in_overdue

    return (Chore("overdue exams", OVERDUE, hand_in_overdue), Chore("what is over", OVER, remove_what_is_over))


def remove_what_is_over(site: Site) -> None:
    """Removes sessions and tokens whose time is over; not a session in use, which ends with its first pause."""
    from chainrule.classes.sessions import remove_over
    from chainrule.store.class_tables import TOKENS

    at = site.clock()
    with site.store.writing() as connection:
        remove_over(connection, at)
        connection.execute(TOKENS.delete().where(TOKENS.c["expires"] <= at))
