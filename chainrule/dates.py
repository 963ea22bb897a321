"""Days as they are typed and told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from grader.errors import AuthorError


def date_of(text: str) -> date:
    """The day that a text names, as in 2027-01-18. Raises AuthorError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise AuthorError(f"came the day {text!r}, expected year, month and day as in 2027-01-18") from None


class LocalZone(tzinfo):
    """This machine's zone, with the offset that each time has: also that of a summer seen from the winter after."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """The offset at that local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, at: datetime | None) -> timedelta | None:
        """Not known apart from the offset."""
        return None

    def tzname(self, at: datetime | None) -> str | None:
        """The zone's name at that local time."""
        return None if at is None else at.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, at: datetime) -> datetime:
        """The local time of a time in UTC."""
        known = at.replace(tzinfo=UTC).astimezone()
        local = known.replace(tzinfo=self, fold=0)
        return local if local.utcoffset() == known.utcoffset() else local.replace(fold=1)  # an hour that comes twice


def local_now() -> datetime:
    """The present time in this machine's zone."""
    return datetime.now(LocalZone())


def days_text(days: int) -> str:
    """`today`, `tomorrow`, `in 12 days`, `3 days ago`."""
    words = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return words.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
