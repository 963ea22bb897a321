"""Writing to a store that may be busy or full for a while, without losing what is to be written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from typing import TypeVar

from chainrule.store.errors import NotInStore, StoreError

T = TypeVar("T")
PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)  # seconds between tries
log = logging.getLogger(__name__)


def persist(step: Callable[[], T], closing: Event) -> T:
    """What the step gives, which is tried again where the store fails. closing: when set, there is no further try.

    Raises StoreError where all tries failed, NotInStore at once.
    """
    for pause in PAUSES:
        try:
            return step()
        except NotInStore:
            raise
        except StoreError as error:
            log.warning("the store could not be used and is tried again in %g s: %s", pause, error)
            if closing.wait(pause):
                raise
    return step()
