"""What a learner sets: the exam's day and topics, minutes a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from chainrule.dates import date_of
from chainrule.standing import BEGAN, EXAM, MINUTES, TOPICS, USUAL_MINUTES
from chainrule.store.records import Setting
from chainrule.web.clocks import local_time
from chainrule.web.form_fields import Typed
from chainrule.web.open_bank import open_bank
from grader.errors import AuthorError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from chainrule.web.people import Person
    from chainrule.web.site import Site

LEAST, MOST = 1, 960  # minutes a day
FURTHEST = timedelta(days=3653)


@dataclass(frozen=True)
class OwnSettings:
    """exam: ISO, '' for none. faults: by field, of what was typed."""

    exam: str
    topics: tuple[str, ...]
    minutes: str
    faults: Mapping[str, str] = field(default_factory=dict)


def own_settings(site: Site, person: Person) -> OwnSettings:
    """The settings as they are."""
    topics = site.store.setting(TOPICS, person.id) or ""
    minutes = site.store.setting(MINUTES, person.id) or f"{USUAL_MINUTES:g}"
    return OwnSettings(site.store.setting(EXAM, person.id) or "", tuple(topics.split()), minutes)


def change_settings(site: Site, person: Person, form: Mapping[str, str], topics: Sequence[str]) -> OwnSettings:
    """The settings as typed; kept where there are no faults, each only where it changed."""
    typed = Typed(form)
    today = local_time(site, person).date()
    exam = _exam(typed, today)
    minutes = typed.number("minutes", LEAST, MOST)
    known = open_bank(site).topics()
    if unknown := [topic for topic in topics if topic not in known]:
        typed.faults["topics"] = f"There is no topic {unknown[0][:60]!r}; choose from the list."
    if typed.faults:
        return OwnSettings(typed.raw("exam"), tuple(topics), typed.raw("minutes"), typed.faults)
    before = own_settings(site, person)
    found = OwnSettings(exam, tuple(topic for topic in known if topic in topics), f"{minutes:g}")
    changed = {EXAM: (before.exam, found.exam), MINUTES: (before.minutes, found.minutes)}
    changed[TOPICS] = (" ".join(before.topics), " ".join(found.topics))
    new = [Setting(name, now, person.id) for name, (was, now) in changed.items() if was != now]
    if before.exam != found.exam:
        new.append(Setting(BEGAN, today.isoformat(), person.id))
    site.store.add(*new)
    return found


def _exam(typed: Typed, today: date) -> str:
    text = typed.raw("exam").strip()
    if not text:
        return ""
    try:
        day = date_of(text)
    except AuthorError as error:
        typed.faults["exam"] = f"{str(error)[:1].upper()}{str(error)[1:200]}."
        return ""
    if day < today:
        typed.faults["exam"] = f"{day} is over; choose a day that is still to come, or none."
    if day > today + FURTHEST:
        typed.faults["exam"] = f"{day} is too far away; choose a day within ten years."
    return day.isoformat()
