"""Waiting for verdicts: a page that waits keeps a thread from answering others, so that only a few may at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import current_app

from chainrule.web.site import site

if TYPE_CHECKING:
    from flask import Flask

    from chainrule.classes.records import Job

LONG, SHORT = 4, 6  # requests at once: of programs and instructors, for many seconds; of pages, for one at most


@dataclass(frozen=True)
class Places:
    """Places for those who wait, of one application."""

    long: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(LONG))
    short: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(SHORT))


def install(app: Flask) -> None:
    """Makes the places."""
    app.extensions["chainrule_waits"] = Places()


def places() -> Places:
    """Of the application that runs."""
    found = current_app.extensions["chainrule_waits"]
    assert isinstance(found, Places)
    return found


@contextmanager
def place(among: BoundedSemaphore) -> Iterator[bool]:
    """Whether there is a place, which is held as long as the block runs."""
    free = among.acquire(blocking=False)
    try:
        yield free
    finally:
        if free:
            among.release()


def waited(id: str, seconds: float, *, long: bool = False) -> Job | None:
    """The job when it is done, or after so many seconds; at once where too many wait already. None for no such job."""
    with place(places().long if long else places().short) as free:
        return site().judging.wait(id, seconds if free else 0.0)
