"""Exceptions of a submission as JSON values: type, message cut short, line of the submission."""

from __future__ import annotations

from types import TracebackType
from typing import Any

MESSAGE_LIMIT = 400
NAME_LIMIT = 80
UNPRINTABLE = "(its message cannot be printed)"


def described(error: BaseException, file: str) -> dict[str, Any]:
    """{"type", "message", "line"}; line is the last one that ran in `file`, None where there is none."""
    return {
        "type": type(error).__name__[:NAME_LIMIT],
        "message": _message(error)[:MESSAGE_LIMIT],
        "line": _line(error, file),
        "missing": error.name if isinstance(error, ModuleNotFoundError) else None,
    }


def exit_status(error: BaseException) -> int | None:
    """The status of an exception that means "end this process", else None."""
    if not isinstance(error, SystemExit):
        return None
    if error.code is None:
        return 0
    return error.code if isinstance(error.code, int) else 1


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)
    except Exception:  # the submission's own __str__ may do anything
        return UNPRINTABLE


def _line(error: BaseException, file: str) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    line = None
    frame: TracebackType | None = error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == file:
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
