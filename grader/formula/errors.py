"""What is wrong with a typed formula, and where."""

from __future__ import annotations

from typing import Any

from grader.errors import LearnerError
from grader.verdict import Feedback

Span = tuple[int, int]  # first character, one past the last, in the text as typed


class ReadError(LearnerError):
    """A formula cannot be read. `span` marks the place; `feedback` says what is wrong and the remedy."""

    def __init__(self, code: str, text: str, span: Span, **data: Any) -> None:
        start, end = max(0, span[0]), min(len(text), max(span))
        excerpt = _excerpt(text, start, end)
        place = {"text": text, "start": start, "end": end, "excerpt": excerpt}
        super().__init__(Feedback(f"read.{code}", {**place, **data}))
        self.span = (start, end)


class Unreadable(Exception):
    """Raised below the top of the reader, where the text is not at hand; becomes a `ReadError` there."""

    def __init__(self, code: str, span: Span, **data: Any) -> None:
        super().__init__(code)
        self.code, self.span, self.data = code, span, data


def _excerpt(text: str, start: int, end: int) -> str:
    """The marked piece of the text, shortened; control characters made visible."""
    piece = text[start:end] or text[max(0, start - 8) : start]
    shown = piece if len(piece) <= 40 else piece[:37] + "..."
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)
