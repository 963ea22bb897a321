"""The server's log: JSON, one line for each thing that happened, or lines for a person who looks at a terminal.

What others log (waitress, Flask, the database) comes out in the same form. No line holds a query, a token or an answer.
"""

from __future__ import annotations

import logging
import sys
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from structlog.typing import Processor

QUIET = {
    "waitress.queue": logging.ERROR,
    "alembic": logging.WARNING,
    "asyncio": logging.CRITICAL,
    "fontTools": logging.WARNING,  # tells every glyph that a page to print takes along
}


def set_up(file: Path | None, *, level: int = logging.INFO) -> None:
    """Sends what is logged to the file, which may be moved away while it is written, or to stderr."""
    handler: logging.Handler = WatchedFileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    handler.setFormatter(_formatter(human=file is None and sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)


def _formatter(*, human: bool) -> logging.Formatter:
    import structlog

    first: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if human else "iso", utc=not human, key="time"),
    ]
    if human:
        last: list[Processor] = [_shorter, structlog.dev.ConsoleRenderer(timestamp_key="time")]
    else:
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=first, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
    )


def _shorter(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The line without what only a machine wants."""
    event.pop("request_id", None)
    return event
