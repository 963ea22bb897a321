"""A live clock in the title of the terminal's window: it moves while the program waits for the keyboard."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def window_title(text: Callable[[], str], *, seconds: float = 1.0) -> Iterator[None]:
    """Shows `text()` as the window's title, anew every second, until the block ends; nothing without a terminal."""
    if not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        yield
        return
    over = threading.Event()

    def show() -> None:
        while not over.wait(seconds):
            _set(text())

    _set(text())
    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        _set("")


def _set(text: str) -> None:
    """The escape sequence that xterm and its like read as a title; it moves no cursor."""
    clean = "".join(letter for letter in text if letter.isprintable())
    os.write(sys.stdout.fileno(), f"\033]2;{clean}\a".encode())
