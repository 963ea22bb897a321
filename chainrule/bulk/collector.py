"""Python's collector of garbage, kept away from what stays for the whole of a run, such as the bank."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (50_000, 20, 100)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Nothing that is there now is looked through meanwhile, and what comes is more seldom.

    A class makes and drops objects by the million, hardly any of them in circles.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
