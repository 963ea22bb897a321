"""What was typed into a form, read field by field, with a sentence for each field that cannot be used."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import UTC, datetime
from math import isfinite
from zoneinfo import ZoneInfo

LOCAL = "%Y-%m-%dT%H:%M"  # as fields of the type datetime-local have it
MOST_YEARS = range(2000, 2200)


class Typed:
    """A form's fields. faults: name -> what is wrong; it fills while fields are read. Use nothing where any is."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self.faults: dict[str, str] = {}

    def raw(self, name: str) -> str:
        """As it was typed, '' where it was not."""
        return self._form.get(name, "")

    def text(self, name: str, what: str, *, most: int = 200) -> str:
        """A text of one line that is not empty."""
        found = " ".join(self.raw(name).split())
        if not found:
            self.faults[name] = f"Write {what}."
        elif len(found) > most:
            self.faults[name] = f"Came {len(found)} letters; write at most {most}."
        return found

    def number(self, name: str, low: float, high: float, *, empty: float | None = None) -> float:
        """A number between two others. empty: what an empty field stands for; None: a fault."""
        text = self.raw(name).strip().replace(",", ".")
        if not text and empty is not None:
            return empty
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not isfinite(found) or not low <= found <= high:
            self.faults[name] = f"Came {text[:30] or 'nothing'}; write a number from {low:g} to {high:g}."
            return low
        return found

    def whole(self, name: str, low: int, high: int, *, empty: int | None = None) -> int:
        """A whole number between two others."""
        found = self.number(name, low, high, empty=empty)
        if found != int(found):
            self.faults[name] = f"Came {found:g}; write a whole number from {low} to {high}."
        return int(found)

    def choice(self, name: str, allowed: Container[str], what: str) -> str:
        """One of the allowed texts."""
        found = self.raw(name)
        if found not in allowed:
            self.faults[name] = f"Came {found[:60] or 'nothing'!r}; choose {what}."
        return found

    def moment(self, name: str, zone: str, *, before: datetime | None = None) -> datetime:
        """A time of that zone, in UTC. before: the present value, which stays where its text was left as it is."""
        text = self.raw(name).strip()
        if before is not None and text == local_text(before, zone):
            return before
        try:
            return moment_of(text, zone)
        except ValueError as error:
            self.faults[name] = str(error)
            return datetime.now(UTC)


def moment_of(text: str, zone: str) -> datetime:
    """The time of a zone in UTC; the first of two where an hour comes twice.

    Raises ValueError with a sentence where it is none, and for a time that the clocks skip.
    """
    try:
        plain = datetime.fromisoformat(text).replace(second=0, microsecond=0)
    except ValueError:
        plain = datetime.min
    if plain.tzinfo is not None or plain.year not in MOST_YEARS:
        raise ValueError(f"Came {text[:40] or 'nothing'}; write a day and a time, as in 2027-01-18T09:30.")
    there = ZoneInfo(zone)
    found = plain.replace(tzinfo=there).astimezone(UTC)
    if found.astimezone(there).replace(tzinfo=None) != plain:
        raise ValueError(f"The clocks in {zone} skip {text[-5:]} on that day; write a time an hour later.")
    return found


def local_text(at: datetime, zone: str) -> str:
    """The time in that zone, as a field of the type datetime-local takes it."""
    return at.astimezone(ZoneInfo(zone)).strftime(LOCAL)


def told_moment(at: datetime, zone: str) -> str:
    """The time in that zone for people to read: `Mon 18 Jan 2027, 09:30 CET`."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{there:%a} {there.day} {there:%b %Y, %H:%M %Z}"
