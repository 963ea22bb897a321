"""The log as an instructor sees it: what the people of the own classes did, and the instructor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from chainrule.classes.audit import WORDS, Entry, log_of, name_of
from chainrule.classes.records import Account, Membership
from chainrule.classes.rows import found
from chainrule.web.own import own_classes
from chainrule.web.people import person
from chainrule.web.site import site

SHOWN = 100


@dataclass(frozen=True)
class LogPage:
    """people: (id, name) to choose from. who, what: what was chosen. older: the time to go on from, '' at the end."""

    entries: Sequence[Entry]
    people: Sequence[tuple[str, str]]
    words: Sequence[str]
    who: str
    what: str
    older: str


def log_page(asked: Mapping[str, str]) -> LogPage:
    """What was asked for, of the people whom the instructor may know about."""
    people = _people()
    who, what = asked.get("who", ""), asked.get("what", "")
    who, what = (who if who in people else ""), (what if what in WORDS else "")
    entries = log_of(site().store, people, who=who, what=what, before=_time(asked.get("before", "")), most=SHOWN)
    older = entries[-1].at.isoformat() if len(entries) == SHOWN else ""
    listed = sorted(people.items(), key=lambda one: one[1].casefold())
    return LogPage(entries, listed, sorted(WORDS), who, what, older)


def _people() -> Mapping[str, str]:
    rooms = [room.id for room in own_classes(site(), person())]
    ids = {one.account for one in found(site().store, Membership, classroom=rooms)} | {person().id}
    return {account.id: name_of(account) for account in found(site().store, Account, id=sorted(ids))}


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
