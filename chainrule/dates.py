"""Days as they are typed and told."""

from __future__ import annotations

from datetime import date, datetime

from grader.errors import AuthorError


def date_of(text: str) -> date:
    """The day that a text names, as in 2027-01-18. Raises AuthorError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise AuthorError(f"came the day {text!r}, expected year, month and day as in 2027-01-18") from None


def local_now() -> datetime:
    """The present time in this machine's zone."""
    return datetime.now().astimezone()


def days_text(days: int) -> str:
    """`today`, `tomorrow`, `in 12 days`, `3 days ago`."""
    words = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return words.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
